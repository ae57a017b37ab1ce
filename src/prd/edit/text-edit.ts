/** Replaces a stretch of text; offsets count UTF-16 units. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** Applies edits in any order; at one place what is added comes first, else edits keep theirs. Null when two of them overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string | null {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset || Math.sign(a.length) - Math.sign(b.length))) {
    if (edit.offset < at) return null;
    parts.push(text.slice(at, edit.offset), edit.content);
    at = edit.offset + edit.length;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
