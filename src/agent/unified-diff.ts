import { linesOf } from './text-file.ts';

type Change = { readonly kind: 'same' | 'removed' | 'added'; readonly line: string };

const context = 2;
/** Beyond this many changed lines the shortest script is not worth its time: everything between is one hunk. */
const maxEdits = 400;

/** What changed between two texts, by lines, with two lines of context; at most `maxLines` lines. */
export function unifiedDiff(before: string, after: string, maxLines: number): string {
  const changes = diffLines(linesOf(before), linesOf(after));
  const lines = hunksOf(changes).flat();
  if (lines.length <= maxLines) return lines.join('\n');
  return [...lines.slice(0, maxLines), `[${lines.length - maxLines} more lines of this diff]`].join('\n');
}

function diffLines(before: readonly string[], after: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const shortest = Math.min(before.length, after.length) - head;
  while (tail < shortest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const middle = shortestScript(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [...marked('same', before.slice(0, head)), ...middle, ...marked('same', before.slice(before.length - tail))];
}

function marked(kind: Change['kind'], lines: readonly string[]): readonly Change[] {
  return lines.map((line) => ({ kind, line }));
}

/** Myers' greedy search, remembering the furthest point of each diagonal before every further edit. */
function shortestScript(before: readonly string[], after: readonly string[]): readonly Change[] {
  const trace: Map<number, number>[] = [];
  const furthest = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(maxEdits, before.length + after.length); edits++) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const from = previousDiagonal(furthest, diagonal, edits);
      let x = (furthest.get(from) ?? 0) + (from < diagonal ? 1 : 0);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return retrace(before, after, trace);
    }
  }
  return [...marked('removed', before), ...marked('added', after)];
}

function previousDiagonal(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  const [below, above] = [furthest.get(diagonal - 1) ?? -1, furthest.get(diagonal + 1) ?? -1];
  return diagonal === -edits || (diagonal !== edits && below < above) ? diagonal + 1 : diagonal - 1;
}

function retrace(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Change[] {
  const changes: Change[] = [];
  let [x, y] = [before.length, after.length];
  for (const [edits, furthest] of [...trace.entries()].reverse()) {
    const from = previousDiagonal(furthest, x - y, edits);
    const fromX = furthest.get(from) ?? 0;
    for (; x > fromX && y > fromX - from; x--, y--) changes.push({ kind: 'same', line: before[x - 1] ?? '' });
    if (edits === 0) break;
    if (x === fromX) changes.push({ kind: 'added', line: after[--y] ?? '' });
    else changes.push({ kind: 'removed', line: before[--x] ?? '' });
  }
  return changes.reverse();
}

/** Changed lines that are at most two contexts apart share a hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly string[])[] {
  const near = changes.map((_, index) => nearChange(changes, index));
  const hunks: string[][] = [];
  let [oldLine, newLine] = [1, 1];
  for (const [index, { kind, line }] of changes.entries()) {
    if (near[index]) {
      if (!near[index - 1]) hunks.push([`@@ -${oldLine} +${newLine} @@`]);
      hunks.at(-1)?.push(signs[kind] + line);
    }
    if (kind !== 'added') oldLine++;
    if (kind !== 'removed') newLine++;
  }
  return hunks;
}

const signs = { same: ' ', removed: '-', added: '+' } as const;

function nearChange(changes: readonly Change[], index: number): boolean {
  return changes.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same');
}
