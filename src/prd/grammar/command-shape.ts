import { englishPrograms, isSubcommand, knownPrograms, standsAlone } from './programs.ts';
import { type ShellWord, shellWords } from './shell-words.ts';

/** `odd`: it would be a command but for characters no shell reads the way they look. */
export type Shape = 'command' | 'odd' | 'no';

export interface ShapeOptions {
  /** Where the text stood: in backticks or in a field of its own, somebody said where the command begins and ends. */
  readonly from: 'span' | 'field' | 'sentence';
  /** Programs, scripts and targets (`make lint`) of the project itself. */
  readonly programs: ReadonlySet<string>;
}

/** Longest text taken for a command; the longest real one has a fifth of it. */
const longest = 2_000;

/** Whether a text looks like a shell command (dialects: "Looks like a command"). Executes nothing, changes nothing. */
export function commandShape(text: string, options: ShapeOptions): Shape {
  if (text === '' || text.length > longest) return 'no';
  const words = shellWords(plainCharacters(text));
  if (words === null) return 'no';
  const rest = afterPrefix(words);
  const first = rest[0];
  if (first === undefined || first.operator || hasStrayBracket(words) || !isCommand(first, rest, options)) return 'no';
  return isOdd(text, words) ? 'odd' : 'command';
}

/** A cheap first look: whether the first word could begin a command at all. */
export function mayBeCommand(text: string, programs: ReadonlySet<string>): boolean {
  const word = /^[^\s&|;]{1,200}/.exec(text)?.[0] ?? '';
  if (knownPrograms.has(word) || englishPrograms.has(word) || programs.has(word)) return true;
  return word === 'cd' || word === 'nice' || word === 'command' || /^[!(.A-Za-z_][\w.-]{0,60}[=/]|^[!(]/.test(word);
}

/** Last program of the last pipeline, and whether the exit code of the whole is turned round by `!`. */
export function finalProgram(command: string): { readonly words: readonly string[]; readonly negated: boolean } {
  const words = shellWords(command) ?? [];
  const cut = words.findLastIndex((word) => word.operator && word.text !== ')' && word.text !== '(');
  const last = words.slice(cut + 1).filter((word) => !word.operator);
  const program = afterPrefix(last).map((word) => word.text);
  const start = words.findLastIndex((word) => word.operator && word.text !== '|') + 1;
  return { words: program, negated: words[start]?.text === '!' };
}

/** Curly quotes and strange spaces are read as their plain twins here, only to see whether a command was meant. */
function plainCharacters(text: string): string {
  return text
    .replace(/[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g, ' ')
    .replace(/[\u2018\u2019\u201c\u201d]/g, '_');
}

function afterPrefix(words: readonly ShellWord[]): readonly ShellWord[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text === '!' || word.text === '(' || /^[A-Za-z_]\w*=/.test(word.text)) at += 1;
    else if (/^(?:time|env|nice|command)$/.test(word.text) && knownPrograms.has(words[at + 1]?.text ?? '')) at += 1;
    else if (word.text === 'cd' && words[at + 1]?.operator === false && words[at + 2]?.text === '&&') at += 3;
    else break;
  }
  return words.slice(at);
}

function isCommand(first: ShellWord, rest: readonly ShellWord[], options: ShapeOptions): boolean {
  const program = first.text;
  if (isProgramPath(program)) return options.from === 'span' || !hasSentence(rest);
  const own = isOwn(program, rest[1]?.text ?? '', options.programs);
  const english = englishPrograms.has(program);
  if (!own && !english && !knownPrograms.has(program)) return false;
  if (isHalf(rest)) return false;
  if (options.from === 'span' && !english) return true;
  if (hasSentence(rest)) return options.from === 'span' && rest.slice(1).some(isEvidence);
  if (own || options.from !== 'sentence') return true;
  if (rest.length === 1) return standsAlone(program);
  return isSubcommand(program, wordText(rest[1])) || (english ? rest.slice(1).some(isEvidence) : isEvidence(rest[1]));
}

function wordText(word: ShellWord | undefined): string {
  return word === undefined || word.operator ? '' : word.text;
}

function isOwn(program: string, second: string, programs: ReadonlySet<string>): boolean {
  return programs.has(program) || programs.has(`${program} ${second}`);
}

/** `npm run` without a script is the beginning of a command, and so is what ends in `--`. */
function isHalf(rest: readonly ShellWord[]): boolean {
  if (rest.at(-1)?.text === '--') return true;
  return (
    rest.length === 2 &&
    rest[1]?.text === 'run' &&
    /^(?:npm|pnpm|yarn|bun|uv|poetry|pipenv|hatch)$/.test(rest[0]?.text ?? '')
  );
}

const programFolders =
  /^(?:\.{1,2}\/|(?:[\w.-]{1,60}\/){0,6}(?:bin|scripts?|\.bin|tools|target\/(?:debug|release))\/)[\w@+.-]/;
const runnable = /(?:^|\/)[\w@+-]{1,80}(?:\.(?:sh|bash|zsh|py|rb|pl|php|js|mjs|cjs|exs|ps1|out|bin))?$/;

/** `./x`, `bin/x`, `vendor/bin/x`, `scripts/x.sh`: a path that is run, not one that is talked about. */
function isProgramPath(word: string): boolean {
  return word.length < 300 && programFolders.test(word) && runnable.test(word);
}

/** `npm test (all pass)`: behind a word, a bracket is punctuation. */
function hasStrayBracket(words: readonly ShellWord[]): boolean {
  return words.some((word, at) => word.text === '(' && word.operator && at > 0 && !isOperatorOrMark(words[at - 1]));
}

function isOperatorOrMark(word: ShellWord | undefined): boolean {
  return word === undefined || word.operator || word.text === '!';
}

/** A word that prose does not have: a flag, a path, a quoted text, an operator that chains commands. */
function isEvidence(word: ShellWord | undefined): boolean {
  if (word === undefined) return false;
  if (word.operator) return word.text === '&&' || word.text === '|' || word.text === '||';
  return word.quoted || /^[-+.$]|[/=:*@_]|[a-z]-[a-z]|\.\w{1,5}$|\d>/.test(word.text);
}

const sentenceWords = set(
  `the a an of is are was were be been and or to that this these those with for in on at by as if when while where who what it its
  they you we i he she not can could should must will would may might has have had does do did done shows show returns return
  prints before until once only also still now then than from into onto via using per each every any sure users user works passes
  pass fails succeeds instead but so there here their your our verify confirm + = \u2192 \u2014 \u2013 \u2026`,
);
/** Words of a sentence that may also be the value of a flag: `-D warnings`, `-k errors`. */
const valueWords = set(
  'no output outputs command commands script scripts result results error errors warning warnings step steps successfully without after',
);

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

function plain(word: ShellWord | undefined): string {
  return word === undefined || word.quoted ? '' : word.text.toLowerCase().replace(/[,.;:]$/, '');
}

/** A comma behind a word, a word of English grammar: no command is written so without quotes. */
function hasSentence(words: readonly ShellWord[]): boolean {
  return words.some((word, at) => {
    if (!word.quoted && word.text.endsWith(',')) return true;
    if (at === 0) return false;
    return sentenceWords.has(plain(word)) || (valueWords.has(plain(word)) && !words[at - 1]?.text.startsWith('-'));
  });
}

/** What no shell reads the way it looks: control and invisible characters, foreign spaces, curly quotes. */
const oddCharacters = /[^\P{Cc}\t]|\p{Cf}|[\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u2018\u2019\u201c\u201d]/u;

function isOdd(text: string, words: readonly ShellWord[]): boolean {
  return oddCharacters.test(text) || words.some((word) => !word.quoted && oddWord.test(word.text));
}

/** A long dash where a flag should begin was two hyphens once; `<name>` and `...` are left for a person to fill in. */
const oddWord = /^[\u2010-\u2015]|<[A-Za-z][\w -]{0,40}>|^\.\.\.$|=\.\.\.$/;
