/** A piece of text in backticks. */
export interface CodeSpan {
  readonly code: string;
  /** Offset of the first backtick. */
  readonly start: number;
  /** Offset behind the last backtick. */
  readonly end: number;
}

/** The code spans of a text, left to right. A run of backticks is closed by the next run of the same length; one pass. */
export function codeSpans(text: string): readonly CodeSpan[] {
  if (!text.includes('`')) return [];
  const spans: CodeSpan[] = [];
  let open: { at: number; length: number } | null = null;
  for (const run of text.matchAll(/`{1,1000}/g)) {
    const length = run[0].length;
    if (open === null) open = { at: run.index, length };
    else if (length === open.length) {
      spans.push({ code: text.slice(open.at + length, run.index), start: open.at, end: run.index + length });
      open = null;
    }
  }
  return spans;
}
