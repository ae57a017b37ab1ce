/** What stands between a child and the next one, or the closing bracket. */
export interface Gap {
  /** Offset of the comma, or null. */
  readonly comma: number | null;
  /** Offset behind the comments that stand on the line of the child, or where the child or its comma ends. */
  readonly lineEnd: number;
  /** The last of these comments runs to the end of the line. */
  readonly lineComment: boolean;
}

/** Reads the gap from the end of a child to a limit. Comments are skipped, so that a comma inside one is none. */
export function gapAfter(body: string, start: number, limit: number): Gap {
  let comma: number | null = null;
  let lineEnd = start;
  let lineComment = false;
  let sameLine = true;
  for (let at = start; at < limit; at += 1) {
    const char = body[at];
    if (char === '\n' || char === '\r') sameLine = false;
    else if (char === ',') {
      comma ??= at;
      if (sameLine) lineEnd = at + 1;
    } else if (char === '/') {
      const end = commentEnd(body, at, limit);
      const toLineEnd = body[at + 1] === '/';
      if (sameLine) {
        lineEnd = end;
        lineComment = toLineEnd;
      }
      if (toLineEnd || /[\r\n]/.test(body.slice(at, end))) sameLine = false;
      at = end - 1;
    }
  }
  return { comma, lineEnd, lineComment };
}

function commentEnd(body: string, start: number, limit: number): number {
  if (body[start + 1] === '*') {
    const close = body.indexOf('*/', start + 2);
    return close < 0 ? limit : Math.min(close + 2, limit);
  }
  let at = start;
  while (at < limit && body[at] !== '\n' && body[at] !== '\r') at += 1;
  return at;
}
