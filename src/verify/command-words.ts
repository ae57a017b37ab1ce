/** One program that a shell line starts, as far as reading the line can tell. */
export interface Started {
  /** Base name without wrappers: `npx --no-install vitest run` starts `vitest`. */
  readonly program: string;
  /** The program as written: `./scripts/check.sh`. */
  readonly word: string;
  readonly args: readonly string[];
  /** Folder the program starts in, relative to the check's own: what `cd` said before it. */
  readonly folder: string;
  /** Its standard output goes to a pipe or a file, so that a report may be hidden from us. */
  readonly hidden: boolean;
}

/** The programs a shell line starts, in order. A reading, not a parser: quotes are honoured, substitutions are not. */
export function programsOf(command: string): readonly Started[] {
  const started: Started[] = [];
  let folder = '.';
  for (const segment of segments(command)) {
    const words = withoutWrappers(withoutRedirects(segment.words));
    const [first, ...args] = words;
    if (first === undefined) continue;
    if (first === 'cd') folder = joined(folder, args[0] ?? '.');
    else started.push({ program: baseName(first), word: first, args, folder, hidden: segment.hidden });
  }
  return started;
}

/** The words of a shell line with quotes removed; operators are words of their own. */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  const token = /[^\S\n]+|(\d?>{1,2}(?:&\d)?|&&|\|\||[|;&()<\n])|((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'|;&()<>])+)/gu;
  for (const [, operator, word] of command.matchAll(token)) {
    if (operator !== undefined) words.push(operator);
    else if (word !== undefined) words.push(unquoted(word));
  }
  return words;
}

interface Segment {
  readonly words: readonly string[];
  readonly hidden: boolean;
}

const separators = new Set(['&&', '||', ';', '&', '|', '(', ')', '\n', '{', '}', '!']);

function segments(command: string): readonly Segment[] {
  const found: Segment[] = [];
  let words: string[] = [];
  for (const word of [...shellWords(command), ';']) {
    if (!separators.has(word)) words.push(word);
    else if (words.length > 0) {
      found.push({ words, hidden: word === '|' || words.some((each) => /^1?>{1,2}$/.test(each)) });
      words = [];
    }
  }
  return found;
}

function withoutRedirects(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, at) => !/^\d?>{1,2}(&\d)?$|^<$/.test(word) && !/^\d?>{1,2}$|^<$/.test(words[at - 1] ?? ''),
  );
}

/** Words in front of the program that matters, and the verb they need before they start a program. */
const wrappers: readonly { readonly word: RegExp; readonly verb: RegExp | null }[] = [
  { word: /^[A-Za-z_]\w*=\S*$/, verb: null },
  { word: /^(npx|bunx|pnpx|time|env|command|exec|cross-env|dotenv|xvfb-run|sudo|nice)$/, verb: null },
  { word: /^(pnpm|yarn|bun)$/, verb: /^(exec|dlx|x)$/ },
  { word: /^npm$/, verb: /^(exec|x)$/ },
  { word: /^(uv|poetry|pdm|hatch|pipenv|rye)$/, verb: /^run$/ },
  { word: /^bundle$/, verb: /^exec$/ },
];

/** Programs that package managers start without a verb; any other word after them is a script. */
const bareProgram = /^(vitest|jest|mocha|tsc|eslint)$/;

function withoutWrappers(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  const wrapper = wrappers.find(({ word }) => word.test(first ?? ''));
  if (wrapper === undefined) return withoutInterpreter(words);
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const next = rest[at];
  if (next === undefined) return words;
  if (wrapper.verb === null) return withoutWrappers(rest.slice(at));
  if (wrapper.verb.test(next))
    return withoutWrappers(rest.slice(at + 1).filter((word, index) => index > 0 || word !== '--'));
  return bareProgram.test(next) ? withoutWrappers(rest.slice(at)) : words;
}

/** `python -m pytest` and `node node_modules/.bin/vitest` start the program that they name. */
function withoutInterpreter(words: readonly string[]): readonly string[] {
  const [first = '', second = '', third] = words;
  if (/^(python|python\d(\.\d+)?|py)$/.test(baseName(first)) && second === '-m' && third) return words.slice(2);
  if (baseName(first) === 'node' && /(^|\/)node_modules\//.test(second)) return [binName(second), ...words.slice(2)];
  return words;
}

function binName(path: string): string {
  return baseName(path).replace(/\.[cm]?js$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function joined(folder: string, next: string): string {
  if (next.startsWith('/')) return next;
  return folder === '.' ? next : `${folder}/${next}`;
}

function unquoted(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_all, double, single, escaped) =>
    double === undefined ? (single ?? escaped) : double.replace(/\\(["\\$`])/g, '$1'),
  );
}
