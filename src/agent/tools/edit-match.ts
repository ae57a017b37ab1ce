import { majorityEnding, withEnding } from '../text-file.ts';
import { shiftBetween } from './indent-shift.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
  /** What the span becomes, with the line ends of its place. */
  readonly text: string;
}

export type Match =
  | { readonly kind: 'found'; readonly spans: readonly Span[]; readonly relaxed: 'blanks' | 'indentation' | null }
  | { readonly kind: 'ambiguous'; readonly at: readonly number[] }
  | { readonly kind: 'none' };

interface Wanted {
  readonly old: string;
  readonly new: string;
  readonly all: boolean;
}

const none: Match = { kind: 'none' };

/**
 * Finds what an edit means, in four stages; the first with exactly one match wins: exact, line ends aside, trailing blanks
 * aside, one uniform shift of the indentation. Never guesses: anything else is `none` or `ambiguous`. `all` takes every
 * match of the first two stages.
 */
export function findMatch(text: string, wanted: Wanted): Match {
  const literal = findLiteral(text, wanted);
  if (literal.kind !== 'none') return literal;
  const plain = withoutLineNumbers(wanted);
  const unnumbered = plain === wanted ? none : findLiteral(text, plain);
  if (unnumbered.kind !== 'none' || wanted.all) return unnumbered;
  const blanks = findLines(text, plain, 'blanks');
  return blanks.kind === 'none' ? findLines(text, plain, 'indentation') : blanks;
}

/** Every place where `part` stands, also places that overlap. None of them splits a CRLF in two. */
export function occurrences(text: string, part: string): readonly number[] {
  const at: number[] = [];
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + 1)) {
    if (!splitsLineEnd(text, index) && !splitsLineEnd(text, index + part.length)) at.push(index);
  }
  return at;
}

/** Line number, from 1, of a position. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function findLiteral(text: string, wanted: Wanted): Match {
  const exact = occurrences(text, wanted.old).map((from) => ({ from, to: from + wanted.old.length }));
  if (exact.length > 0) return chosen(text, exact, wanted);
  if (!text.includes('\r\n') && !wanted.old.includes('\r\n')) return none;
  const flat = flatten(text);
  const old = wanted.old.replaceAll('\r\n', '\n');
  const mapped = occurrences(flat.text, old).map((from) => ({
    from: flat.offset(from),
    to: flat.offset(from + old.length),
  }));
  return mapped.length === 0 ? none : chosen(text, mapped, wanted);
}

function chosen(text: string, places: readonly { from: number; to: number }[], wanted: Wanted): Match {
  if (places.length > 1 && !wanted.all) return { kind: 'ambiguous', at: places.map(({ from }) => from) };
  const apart = places.filter(({ from }, index) => index === 0 || from >= lastEnd(places, index));
  const spans = apart.map(({ from, to }) => ({ from, to, text: withEnding(wanted.new, endingAt(text, from)) }));
  return { kind: 'found', spans, relaxed: null };
}

// Of matches that overlap the first counts, as in any replace-all.
function lastEnd(places: readonly { from: number; to: number }[], index: number): number {
  let end = 0;
  for (const { from, to } of places.slice(0, index)) if (from >= end) end = to;
  return end;
}

/** The text with LF alone, and where each of its characters stands in the original. */
function flatten(text: string): { text: string; offset(index: number): number } {
  const removed = [...text.matchAll(/\r\n/g)].map(({ index }, count) => index - count);
  const offset = (index: number): number => index + removed.filter((at) => at < index).length;
  return { text: text.replaceAll('\r\n', '\n'), offset };
}

interface Line {
  readonly text: string;
  readonly from: number;
  /** After the line end; equal to the end of the text in a last line without one. */
  readonly next: number;
}

function findLines(text: string, wanted: Wanted, relaxed: 'blanks' | 'indentation'): Match {
  const old = wanted.old.replaceAll('\r\n', '\n');
  const endsLine = old.endsWith('\n');
  const oldLines = (endsLine ? old.slice(0, -1) : old).split('\n').map(trimmed);
  if (oldLines.every((line) => line === '')) return none;
  const lines = tableOf(text);
  const spans: Span[] = [];
  for (let first = 0; first + oldLines.length <= lines.length; first++) {
    const window = lines.slice(first, first + oldLines.length);
    const replacement = replacementFor(window, oldLines, wanted.new, relaxed);
    if (replacement !== null) spans.push(spanOf(text, window, replacement, endsLine));
  }
  if (spans.length > 1) return { kind: 'ambiguous', at: spans.map(({ from }) => from) };
  return spans.length === 0 ? none : { kind: 'found', spans, relaxed };
}

function replacementFor(
  window: readonly Line[],
  old: readonly string[],
  replacement: string,
  relaxed: 'blanks' | 'indentation',
): string | null {
  if (relaxed === 'blanks')
    return window.every((line, index) => trimmed(line.text) === old[index]) ? replacement : null;
  const shift = shiftBetween(
    old,
    window.map(({ text }) => trimmed(text)),
  );
  return shift === null ? null : shift(replacement);
}

function spanOf(text: string, window: readonly Line[], replacement: string, endsLine: boolean): Span {
  const [first, last] = [window[0], window.at(-1)];
  const from = first?.from ?? 0;
  const contentEnd = (last?.from ?? 0) + (last?.text.length ?? 0);
  const next = last?.next ?? contentEnd;
  const ended = withEnding(replacement, endingAt(text, from));
  // A last line without a line end stays without one.
  const kept = endsLine && next === contentEnd ? ended.replace(/\r?\n$/, '') : ended;
  return { from, to: endsLine ? next : contentEnd, text: kept };
}

function tableOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const next = end < 0 ? text.length : end + 1;
    lines.push({ text: text.slice(from, next).replace(/\r?\n$/, ''), from, next });
    from = next;
  }
  return lines;
}

function trimmed(line: string): string {
  return line.replace(/[ \t]+$/, '');
}

function splitsLineEnd(text: string, index: number): boolean {
  return text[index - 1] === '\r' && text[index] === '\n';
}

/** The end of the line at a position; in a last line without one, what most lines have. */
function endingAt(text: string, position: number): '\n' | '\r\n' {
  const end = text.indexOf('\n', position);
  if (end < 0) return majorityEnding(text);
  return text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** `read` prints numbers before lines; a model that copies them with consecutive numbers means the text behind them. */
function withoutLineNumbers(wanted: Wanted): Wanted {
  const old = unnumber(wanted.old);
  return old === null ? wanted : { ...wanted, old, new: unnumber(wanted.new) ?? wanted.new };
}

function unnumber(text: string): string | null {
  const endsLine = /\r?\n$/.test(text);
  const lines = (endsLine ? text.replace(/\r?\n$/, '') : text).split('\n');
  const parts = lines.map((line) => /^\s*(\d+)\t(.*)$/s.exec(line));
  const first = Number(parts[0]?.[1]);
  if (!parts.every((part, index) => part !== null && Number(part[1]) === first + index)) return null;
  return parts.map((part) => part?.[2] ?? '').join('\n') + (endsLine ? '\n' : '');
}
