/** What one look over the characters of a JSON text says, before anything is parsed. */
export interface Surface {
  /** Offset of the first bracket that is nested too deep, or null. */
  readonly tooDeepAt: number | null;
  readonly hasComments: boolean;
  readonly hasTrailingComma: boolean;
}

/** Deeper documents are refused: no real one has more than ten levels. */
export const deepest = 100;

/** Scans a text in one pass without recursion, so that no nesting can exhaust the stack. */
export function scanSurface(text: string): Surface {
  let depth = 0;
  let hasComments = false;
  let hasTrailingComma = false;
  let afterComma = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 32) continue;
    if (code === slash) {
      const end = commentEnd(text, at);
      hasComments ||= end > at;
      at = end;
      continue;
    }
    if (code === quote) at = stringEnd(text, at);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) return { tooDeepAt: at, hasComments, hasTrailingComma };
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      hasTrailingComma ||= afterComma;
    }
    afterComma = code === comma;
  }
  return { tooDeepAt: null, hasComments, hasTrailingComma };
}

const quote = 34;
const comma = 44;
const slash = 47;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Offset of the closing quote, or of the line end where the string was never closed. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote || code === 10 || code === 13) return at;
  }
  return text.length;
}

/** Offset of the last character of a comment, or the start itself where there is none. */
function commentEnd(text: string, start: number): number {
  const next = text[start + 1];
  if (next === '*') {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? text.length : close + 1;
  }
  if (next !== '/') return start;
  for (let at = start + 2; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}
