import { brands, fileEndings, unitWords } from '../lexicon/technical.ts';
import { isDigit } from './character.ts';
import type { Token, TokenKind } from './token.ts';

/**
 * Turns one run of text without white space into tokens: a word, a number, a path, a piece of code, or words around a
 * slash.
 */
export function classify(text: string, start: number, end: number, found: Token[]): void {
  const tail = trailingMarks(text, start, end);
  if (tail > start) pushChunk(text, start, tail, found);
  for (let at = tail; at < end; ) {
    const length = at + 3 <= end && text.startsWith('...', at) ? 3 : 1;
    found.push({ kind: 'mark', start: at, end: at + length, lower: length === 3 ? '…' : text.charAt(at) });
    at += length;
  }
}

/** Offset where the closing `.`, `:`, `'` and the like of a chunk begin. */
function trailingMarks(text: string, start: number, end: number): number {
  let tail = end;
  while (tail > start && isTrailing(text.charCodeAt(tail - 1))) tail -= 1;
  return tail;
}

/** `.`, `:`, `'`, `’` and `*`. */
function isTrailing(code: number): boolean {
  return code === 46 || code === 58 || code === 39 || code === 0x2019 || code === 42;
}

function pushChunk(text: string, start: number, end: number, found: Token[]): void {
  const chunk = text.slice(start, end);
  // Nine chunks of ten: no expression is asked about them.
  if (isLowerRun(text, start, end)) {
    found.push({ kind: 'word', start, end, lower: chunk });
    return;
  }
  if (isCapital(text.charCodeAt(start)) && isLowerRun(text, start + 1, end)) {
    found.push({ kind: 'word', start, end, lower: chunk.toLowerCase() });
    return;
  }
  const kind = kindOf(chunk);
  if (kind === 'word') pushWords(text, start, end, found);
  else found.push({ kind, start, end, lower: kind === 'mark' ? chunk : chunk.toLowerCase() });
}

function isLowerRun(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

function kindOf(chunk: string): TokenKind {
  const lower = chunk.toLowerCase();
  if (brands.has(lower)) return 'word';
  if (lower.startsWith('http://') || lower.startsWith('https://') || lower.startsWith('www.')) return 'url';
  if (reference.test(chunk)) return 'ref';
  if (hexColour.test(chunk)) return 'code';
  if (flag.test(chunk)) return 'code';
  if (isNumber(lower)) return 'number';
  if (isPath(chunk, lower)) return 'path';
  if (codeSigns.test(chunk) || camelCase.test(chunk) || dotted.test(chunk) || variant.test(chunk) || scaled(chunk))
    return 'code';
  if (pascalCase.test(chunk)) return 'name';
  return wordLike.test(chunk) ? 'word' : 'mark';
}

/** `200`, `48px`, `≥4.5:1`, `1–5`, `50%`, `<200ms`, `$5`, `3x`. Versions (`v2`) and ordinals (`2nd`) are words. */
function isNumber(lower: string): boolean {
  const digits = numberHead.exec(lower);
  if (digits === null) return false;
  const rest = lower.slice(digits[0].length);
  return rest === '' || rest === '%' || rest === '+' || unitWords.has(rest.replace('-', ''));
}

function isPath(chunk: string, lower: string): boolean {
  const dot = lower.lastIndexOf('.');
  const slash = lower.indexOf('/');
  if (dot > lower.lastIndexOf('/') && fileEndings.has(lower.slice(dot + 1)) && lower.length > dot + 1) return true;
  if (dotFile.test(chunk)) return true;
  if (slash < 0) return false;
  return pathStart.test(chunk) || lower.endsWith('/') || lower.includes('*') || lower.includes('_') || deepPath(lower);
}

/** `a/b/c` is a path, `add/edit` is two words; three short words are an enumeration again. */
function deepPath(lower: string): boolean {
  const parts = lower.split('/');
  return sourceFolders.has(parts[0] as string) || (parts.length > 2 && parts.some((part) => part.includes('-')));
}

/** `grid-cols-2`, `text-sm-2`: a class name with a step. */
function scaled(chunk: string): boolean {
  return (
    chunk.includes('-') &&
    isDigit(chunk.at(-1)) &&
    chunk.charAt(0) === chunk.charAt(0).toLowerCase() &&
    !isDigit(chunk[0])
  );
}

/** Words around slashes: `success/error` are two words with a mark between them. */
function pushWords(text: string, start: number, end: number, found: Token[]): void {
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at < end && text[at] !== '/') continue;
    if (at > from) pushWord(text, from, at, found);
    if (at < end) found.push({ kind: 'mark', start: at, end: at + 1, lower: '/' });
    from = at + 1;
  }
}

function pushWord(text: string, from: number, to: number, found: Token[]): void {
  let start = from;
  let end = to;
  while (start < end && outside.has(text.charAt(start))) start += 1;
  while (end > start && outside.has(text.charAt(end - 1))) end -= 1;
  if (end > start)
    found.push({ kind: 'word', start, end, lower: text.slice(start, end).toLowerCase().replace('’', "'") });
}

const outside: ReadonlySet<string> = new Set(["'", '’', '*', '~', '-', '+', '.', '&', '<', '>']);
const reference = /^(?:[A-Z]{1,8}-){1,3}\d{1,6}[a-z]?$|^#\d{1,7}$/;
const hexColour = /^#[0-9a-fA-F]{3,8}$/;
const flag = /^--?[a-zA-Z][\w-]*(?:=.*)?$/;
const numberHead = /^[<>≤≥~≈±+$€£#-]{0,2}=?\d[\d.,:–x×k-]*/;
const dotFile = /^\.[a-zA-Z][\w.-]+$/;
const pathStart = /^(?:\.{0,2}|~|@[\w-]+)\/[\w[({:*.@-]/;
const codeSigns = /[_=$]|::|[{}<>@]\w|\w[{}<>@]|^@\w|&&/;
const camelCase = /^[a-z][a-z0-9]*[A-Z]/;
const dotted = /^[A-Za-z]\w*\.[A-Za-z]\w/;
const variant = /^[a-z]+:[a-z]/;
const pascalCase = /^[A-Z][a-z0-9]+[A-Z]/;
const wordLike = /[A-Za-z\u00c0-\uffff]/;
const sourceFolders: ReadonlySet<string> = new Set(
  'src app apps lib libs packages components pages test tests docs scripts server client api public assets config internal cmd bin'.split(
    ' ',
  ),
);
