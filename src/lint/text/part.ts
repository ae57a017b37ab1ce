import type { Passage } from './passage.ts';

/** A piece of a text between signs, with its words in lower case. */
export interface Part {
  readonly text: string;
  readonly words: readonly string[];
}

/** The pieces between `;`, or the sentences, outside of brackets. */
export function partsAt({ tokens, text }: Passage, sign: ';' | '.'): readonly Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let from = 0;
  let words: string[] = [];
  const close = (end: number): void => {
    if (words.length > 0) parts.push({ text: text.slice(from, end).trim(), words });
    words = [];
  };
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'mark') words.push(token.lower);
    else if (token.lower === '(' || token.lower === '[') depth += 1;
    else if (token.lower === ')' || token.lower === ']') depth -= 1;
    else if (token.lower === sign && depth <= 0 && (sign === ';' || beginsUpper(text, tokens[at + 1]?.start))) {
      close(token.start);
      from = token.end;
    }
  }
  close(text.length);
  return parts;
}

function beginsUpper(text: string, at: number | undefined): boolean {
  const char = at === undefined ? '' : text.charAt(at);
  return char === char.toUpperCase() && char !== char.toLowerCase();
}
