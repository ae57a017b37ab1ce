/** A character or comment that a reader does not see. */
export interface Hidden {
  /** As it is shown: `` `U+202E` `` or "HTML comment". */
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** The first hidden thing outside of code spans, or null. */
export function hiddenIn(text: string): Hidden | null {
  let inCode = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 96) inCode = !inCode;
    if (!inCode && code === 60 && text.startsWith('<!--', at))
      return { name: 'HTML comment', offset: at, length: commentEnd(text, at) - at };
    if (isHidden(text, at))
      return { name: `\`U+${code.toString(16).toUpperCase().padStart(4, '0')}\``, offset: at, length: 1 };
  }
  return null;
}

/** The text without anything hidden. */
export function withoutHidden(text: string): string {
  let rest = text;
  let kept = '';
  for (let hidden = hiddenIn(rest); hidden !== null; hidden = hiddenIn(rest)) {
    kept += rest.slice(0, hidden.offset);
    rest = rest.slice(hidden.offset + hidden.length);
  }
  return kept + rest;
}

function commentEnd(text: string, at: number): number {
  const end = text.indexOf('-->', at);
  return end < 0 ? text.length : end + 3;
}

/** Joiners inside emoji and inside scripts that need them are visible in their effect. */
function isHidden(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 32) return code !== 9 && code !== 10 && code !== 13;
  if (code < 127) return false;
  if (code === 0x200c || code === 0x200d) return !joins(text.charCodeAt(at - 1)) || !joins(text.charCodeAt(at + 1));
  if (code < 0xa0 || code === 0x200b || code === 0x200e || code === 0x200f || code === 0xfeff || code === 0xad)
    return true;
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069);
}

function joins(code: number): boolean {
  return code >= 0x590;
}
