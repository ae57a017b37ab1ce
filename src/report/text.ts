import { stripVTControlCharacters } from 'node:util';

const widestLine = 100;

/**
 * Makes untrusted text safe for one line of a terminal: escape sequences, control characters and invisible formatting
 * (bidi, zero-width, tags) are gone, line breaks and tabs are a space. Joiners that scripts and emoji need stay.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/\p{Cc}|(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Columns to fill: what the terminal says, 80 when it says 0, at most 100. */
export function lineWidth(columns: number): number {
  return Math.min(columns || 80, widestLine);
}

/** Columns a text takes on a terminal; colour takes none. */
export function width(text: string): number {
  const shown = stripVTControlCharacters(text);
  if (isAscii(shown)) return shown.length;
  let columns = 0;
  for (const { segment } of graphemesOf(shown)) columns += graphemeWidth(segment);
  return columns;
}

/** Fills up with spaces; a longer text stays as it is. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Cuts plain text to a width, with an ellipsis where something is missing. */
export function cut(text: string, columns: number, ellipsis = '…'): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let room = columns - width(ellipsis);
  if (room >= 0 && isAscii(text)) return text.slice(0, room).trimEnd() + ellipsis;
  for (const { segment } of graphemesOf(text)) {
    room -= graphemeWidth(segment);
    if (room < 0) break;
    kept += segment;
  }
  return columns < width(ellipsis) ? '' : kept.trimEnd() + ellipsis;
}

/** Breaks text at spaces; a word longer than the line stays whole. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Rows with their columns under each other, two spaces apart; the last column is not padded. */
export function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A name or a command of the user's, in backticks and safe to print. */
export function tick(text: string): string {
  return `\`${cut(printable(text), 160)}\``;
}

/** One column per character. */
function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

let segmenter: Intl.Segmenter | null = null;

/** Made when a text first needs it: it costs a fifth of the start of a short command. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

function graphemeWidth(grapheme: string): number {
  if (wide.test(grapheme) || grapheme.includes('\ufe0f')) return 2;
  return /^[\p{M}\p{Cf}\p{Cc}]+$/u.test(grapheme) ? 0 : 1;
}
