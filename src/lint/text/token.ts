import { classOf, digit, edge, letter, opener, sign, space } from './character.ts';
import { classify } from './chunk.ts';

/**
 * `name` is a PascalCase component or class, `ref` the number of a thing (`US-012`, `#4`), `mark` a punctuation sign.
 * The other kinds say what their text is.
 */
export type TokenKind = 'word' | 'number' | 'code' | 'name' | 'quote' | 'path' | 'url' | 'ref' | 'mark';

/** A piece of a text. `lower` is what lexicons are compared with; offsets are UTF-16 units of the whole text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly lower: string;
}

/** A criterion is judged up to this many UTF-16 units; the longest of 47,922 real ones has 1,280. */
export const judgedLength = 4_000;

/** Calls such as `name(…)` are no longer than this. */
const longestCall = 240;

/** Cuts a text into tokens in one pass. White space is dropped, line breaks are marks. */
export function tokens(text: string): readonly Token[] {
  const scan: Scan = { text, end: Math.min(text.length, judgedLength), found: [], closers: null };
  let at = 0;
  while (at < scan.end) at = scanOne(scan, at);
  return scan.found;
}

interface Scan {
  readonly text: string;
  readonly end: number;
  readonly found: Token[];
  /**
   * For a closing sign, where its next one stands as far as looked: unclosed quotes must not make the scanner
   * quadratic.
   */
  closers: Map<string, number> | null;
}

/** Appends at most a few tokens and returns where the next one may start: always further than `at`. */
function scanOne(scan: Scan, at: number): number {
  const { text, found } = scan;
  const bits = classOf(text.charCodeAt(at));
  if ((bits & space) !== 0) return at + 1;
  const stop = (bits & opener) === 0 ? 0 : spanEnd(scan, at);
  if (stop > 0) {
    found.push({ kind: text[at] === '`' ? 'code' : 'quote', start: at, end: stop, lower: '' });
    return stop;
  }
  const length = arrowLength(text, at);
  if (length > 0) {
    found.push({ kind: 'mark', start: at, end: at + length, lower: '→' });
    return at + length;
  }
  if ((bits & sign) === 0) return scanChunk(scan, at);
  const char = text.charAt(at);
  found.push({ kind: 'mark', start: at, end: at + 1, lower: sameSigns.get(char) ?? char });
  return at + 1;
}

/** Offset after the closing sign, or 0 when the sign at `at` opens nothing. A span does not cross a line. */
function spanEnd(scan: Scan, at: number): number {
  const { text } = scan;
  const close = closing.get(text.charAt(at)) ?? '';
  if (isApostrophe(close) && (isLetter(text, at - 1) || (classOf(text.charCodeAt(at + 1)) & space) !== 0)) return 0;
  scan.closers ??= new Map();
  let next = scan.closers.get(close) ?? 0;
  if (next <= at) {
    next = nextCloser(scan, at + 1, close);
    scan.closers.set(close, next);
  }
  return next < scan.end && text[next] === close ? next + 1 : 0;
}

/** The next closing sign or line break from `at` on, or the end. */
function nextCloser({ text, end }: Scan, at: number, close: string): number {
  for (let i = at; i < end; i += 1) {
    if (text[i] === '\n' || (text[i] === close && !(isApostrophe(close) && isLetter(text, i + 1)))) return i;
  }
  return end;
}

function isApostrophe(char: string): boolean {
  return char === "'" || char === '’';
}

function isLetter(text: string, at: number): boolean {
  return at >= 0 && at < text.length && (classOf(text.charCodeAt(at)) & letter) !== 0;
}

function arrowLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x2192 || code === 0x21d2 || code === 0x279c) return 1;
  return isHyphen(code) && text.charCodeAt(at + 1) === 62 ? 2 : 0;
}

/** `-` and `=` begin an ASCII arrow. */
function isHyphen(code: number): boolean {
  return code === 45 || code === 61;
}

/** A chunk runs to the next white space or sign; `name(…)` without a space is one piece of code. */
function scanChunk({ text, end, found }: Scan, at: number): number {
  let stop = at + 1;
  let open = text[at] === '[' ? 1 : 0;
  while (stop < end && !endsChunk(text, stop, open)) {
    const code = text.charCodeAt(stop);
    if (code === 91) open += 1;
    else if (code === 93) open -= 1;
    stop += 1;
  }
  const call = text.charCodeAt(stop) === 40 ? callEnd(text, stop, end) : 0;
  if (call > 0) found.push({ kind: 'code', start: at, end: call, lower: '' });
  else classify(text, at, stop, found);
  return Math.max(stop, call);
}

/** `[id]` inside a path belongs to it; an en dash between digits is a range. */
function endsChunk(text: string, at: number, open: number): boolean {
  const code = text.charCodeAt(at);
  const bits = classOf(code);
  if ((bits & letter) !== 0) return false;
  if ((bits & (space | edge)) === 0) return isHyphen(code) && text.charCodeAt(at + 1) === 62;
  if (code === 91) return text[at - 1] !== '/';
  if (code === 93) return open === 0;
  if (code === 0x2013) return (classOf(text.charCodeAt(at - 1)) & classOf(text.charCodeAt(at + 1)) & digit) === 0;
  return true;
}

/** `file(s)` is a word. */
function callEnd(text: string, stop: number, end: number): number {
  if (!isLetter(text, stop - 1) || text.startsWith('(s)', stop) || text.startsWith('(es)', stop)) return 0;
  const limit = Math.min(end, stop + longestCall);
  for (let i = stop, depth = 0; i < limit; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 40) depth += 1;
    else if (code === 41) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return 0;
}

const closing: ReadonlyMap<string, string> = new Map([
  ['`', '`'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['「', '」'],
]);

/** Full-width and typographic signs, read as the plain ones. */
const sameSigns: ReadonlyMap<string, string> = new Map([
  ['–', '—'],
  ['，', ','],
  ['、', ','],
  ['；', ';'],
  ['。', '.'],
  ['：', ':'],
  ['（', '('],
  ['）', ')'],
  ['！', '!'],
  ['？', '?'],
]);
