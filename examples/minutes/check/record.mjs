import { existsSync, readFileSync } from 'node:fs';

export const parts = [1, 2, 3, 4, 5, 6, 7, 8];

/** Lines of a part of the record, from 1, with who speaks and what is said. */
export function recordOf(part) {
  const lines = readFileSync(`record/part-${part}.md`, 'utf8').split('\n');
  return lines.map((text, index) => {
    const [, speaker = null, said = ''] = /^\d\d:\d\d (\w+): (.*)$/.exec(text) ?? [];
    return { line: index + 1, speaker, said };
  });
}

export const people = new Set(parts.flatMap((part) => recordOf(part).flatMap(({ speaker }) => speaker ?? [])));

const deadline = /\b(?:by|before|until) (\d{1,2} (?:March|April))\b/;

/** What somebody promised or was given to do: a sentence with a deadline to come. */
export function promisesIn(part) {
  return recordOf(part).flatMap(({ line, speaker, said }) => {
    const found = deadline.exec(said);
    if (found === null) return [];
    const named = said.startsWith('I will') ? speaker : [...people].find((name) => said.includes(name));
    return [{ part, line, owner: named, said, deadline: found[1] }];
  });
}

/** Rows of `actions/part-N.md` below its head. */
export function rowsOf(part) {
  const file = `actions/part-${part}.md`;
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\| *\d/.test(line));
  return rows.map((row) => {
    const [line, owner, action, due] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { line: Number(line), owner, action, deadline: due };
  });
}

/** Says what is wrong, and fails if anything is. */
export function report(faults, done) {
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(done);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
