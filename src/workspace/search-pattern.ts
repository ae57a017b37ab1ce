/** What is looked for, in the dialect of JavaScript whatever program helps to look. */
export interface Pattern {
  readonly source: string;
  readonly flags: '' | 'i';
  /** Set when the text was no regular expression and is searched as it stands. */
  readonly note: string | null;
}

/** Reads a query's pattern. A leading `(?i)` is understood; what does not compile becomes literal, with a note. */
export function compilePattern(text: string, literal: boolean): Pattern {
  if (literal) return { source: escapeText(text), flags: '', note: null };
  const [, rest = null] = /^\(\?i\)(.*)$/s.exec(text) ?? [];
  const [source, flags] = rest === null ? ([text, ''] as const) : ([rest, 'i'] as const);
  try {
    new RegExp(source, flags);
    return { source, flags, note: null };
  } catch {
    return { source: escapeText(text), flags: '', note: 'not a regular expression: searched as plain text' };
  }
}

/**
 * Texts of which each match contains at least one, or null when there are none to rely on. Programs look for these
 * instead of the pattern: engines disagree about dialects, CRLF, BOM and alphabets, but not about plain text.
 */
export function requiredTexts({ source, flags }: Pattern): readonly string[] | null {
  // Escapes that stand for other characters than they show.
  if (/\\[\dxuckpPnrftv]|\p{Surrogate}|[\u{10000}-\u{10ffff}]/u.test(source)) return null;
  const texts = alternatives(source).map((runs) =>
    runs.reduce((best, run) => (run.length > best.length ? run : best), ''),
  );
  const usable = (text: string): boolean => text.length >= 2 && (flags === '' || isAscii(text));
  return texts.every(usable) ? texts : null;
}

// One part of a pattern: an escape, a class, a quantifier, or a character.
const part = /\\.|\[(?:\\.|[^\]\\])*\]|(?:[*+?]|\{\d+(?:,\d*)?\})\??|./gs;

/** For each alternative, the runs of plain characters that any match contains. Groups may be optional: they are skipped. */
function alternatives(source: string): readonly (readonly string[])[] {
  const all: string[][] = [['']];
  let depth = 0;
  for (const [token] of source.matchAll(part)) {
    const runs = all.at(-1) ?? [];
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (depth === 0 && token === '|') all.push(['']);
    else if (depth === 0) readPart(runs, token);
    if (token === '(' || token === ')') runs.push('');
  }
  return all;
}

const optional = /^(?:[*?]|\{\d)/;
const boundary = /^(?:\+|\[.|[.^$]$|\\[a-zA-Z]$)/;

function readPart(runs: string[], token: string): void {
  const run = runs.pop() ?? '';
  if (optional.test(token)) runs.push(run.slice(0, -1), '');
  else if (boundary.test(token)) runs.push(run, '');
  else runs.push(run + (token.length === 2 ? token.slice(1) : token));
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
