import { width } from './text.ts';

export interface Match {
  readonly offset: number;
  readonly length: number;
}

export interface Excerpt {
  readonly text: string;
  /** `^` under every visible match, spaces elsewhere. */
  readonly marks: string;
}

/** The part of a text around its first match that fits into some columns, on one line, with the matches marked. */
export function excerpt(text: string, matches: readonly Match[], columns: number): Excerpt {
  const flat = oneLine(text);
  const { start, end } = windowAround(flat, matches[0]?.offset ?? 0, columns);
  const before = start > 0 ? '…' : '';
  const shown = before + flat.slice(start, end) + (end < flat.length ? '…' : '');
  const marks = matches
    .filter(({ offset, length }) => length > 0 && offset >= start && offset + length <= end)
    .reduce((line, { offset, length }) => underline(line, flat, start, { offset, length }), '');
  return { text: shown, marks: marks === '' ? '' : ' '.repeat(before.length) + marks };
}

/** Same length in UTF-16 units, so that offsets still hold: what cannot be shown is a space. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}|(?![\u200c\u200d])\p{Cf}/gu, (hidden) => ' '.repeat(hidden.length));
}

function windowAround(text: string, offset: number, columns: number): { start: number; end: number } {
  if (width(text) <= columns) return { start: 0, end: text.length };
  // A third of the line before the match; two columns are for the ellipses.
  const start = wholeCharacter(
    text,
    Math.max(0, Math.min(offset - Math.floor(columns / 3), text.length - columns + 2)),
  );
  let end = Math.min(text.length, start + Math.max(1, columns - 2));
  while (end > start + 1 && width(text.slice(start, end)) > columns - 2) end -= 1;
  return { start, end: wholeCharacter(text, end) };
}

/** Steps back out of the middle of a surrogate pair. */
function wholeCharacter(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}

function underline(line: string, text: string, start: number, { offset, length }: Match): string {
  const from = width(text.slice(start, offset));
  const to = from + Math.max(1, width(text.slice(offset, offset + length)));
  return line.slice(0, from).padEnd(from) + '^'.repeat(to - from) + line.slice(to);
}
