import { type ShellWord, shellWords } from '../prd/grammar/shell-words.ts';

/** One program call of a command line, with the operator that stands before and after it. */
export interface Segment {
  /** Program and arguments, without `NAME=value` in front and without the `cd dir &&` before it. */
  readonly words: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
  readonly start: number;
  readonly end: number;
}

/** The calls of a command line in order; empty when it cannot be read. Executes nothing, expands nothing. */
export function segments(run: string): readonly Segment[] {
  const found: Segment[] = [];
  let words: ShellWord[] = [];
  let before: string | null = null;
  for (const word of shellWords(run) ?? []) {
    if (!word.operator) words.push(word);
    else if (word.text !== '(' && word.text !== ')') {
      add(found, words, before, word.text);
      words = [];
      before = word.text;
    }
  }
  add(found, words, before, null);
  return found.filter(({ words: [program] }) => program !== 'cd');
}

/** Whether the words begin like this: `starts(words, 'npm', 'run')`. */
export function starts(words: readonly string[], ...wanted: readonly string[]): boolean {
  return wanted.every((word, at) => words[at] === word);
}

/** The script that `npm run x`, `yarn x`, `pnpm x` and the like call; null when it calls none. */
export function scriptOf(words: readonly string[]): string | null {
  const [program = '', first = '', second = ''] = words;
  if (!runners.has(program)) return null;
  if (first === 'run' || first === 'run-script') return second === '' ? null : second;
  if (lifecycle.has(first)) return first;
  return program === 'npm' || first.startsWith('-') || first === '' || managers.has(first) ? null : first;
}

function add(found: Segment[], words: readonly ShellWord[], before: string | null, after: string | null): void {
  const rest = words.slice(words.findIndex((word) => !isPrefix(word)));
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || isPrefix(first)) return;
  found.push({ words: rest.map(bare), before, after, start: first.start, end: last.end });
}

function isPrefix({ text }: ShellWord): boolean {
  return text === '!' || text === 'env' || /^[A-Za-z_]\w*=/.test(text);
}

/** Quotes around a whole word say nothing about it. */
function bare({ text, quoted }: ShellWord): string {
  const quote = text[0];
  return quoted && (quote === '"' || quote === "'") && text.at(-1) === quote ? text.slice(1, -1) : text;
}

const runners: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);
const lifecycle: ReadonlySet<string> = new Set(['test', 'start', 'stop', 'restart', 't']);

/** Words after a package manager that are its own commands. */
const managers: ReadonlySet<string> = new Set(
  `add install i ci remove rm update upgrade outdated audit list ls why info view publish pack link exec dlx x create init config cache
  dedupe prune version login whoami workspace workspaces build`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
