/** More openings than this are no answer but prose about code. */
const maxTries = 50;

/** The first JSON object that stands in a text, wherever it begins; null when there is none. Linear in practice. */
export function jsonInText(text: string): Readonly<Record<string, unknown>> | null {
  const bounded = text.slice(0, 200_000);
  let from = bounded.indexOf('{');
  for (let tries = 0; from >= 0 && tries < maxTries; tries++) {
    const end = closing(bounded, from);
    const found = end === null ? null : objectIn(bounded.slice(from, end + 1));
    if (found !== null) return found;
    from = bounded.indexOf('{', from + 1);
  }
  return null;
}

/** Position of the brace that closes the one at `from`, strings left aside; null when it stays open. */
function closing(text: string, from: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return at;
  }
  return null;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
