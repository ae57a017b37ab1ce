import { type Token, tokens } from './token.ts';

/** The project's own names as lower-case words: their words are never vague. */
export type Terms = readonly (readonly string[])[];

/** Reads the terms of a configuration. */
export function readTerms(terms: readonly string[]): Terms {
  return terms.map((term) => tokens(term).map(({ lower }) => lower)).filter((words) => words.length > 0);
}

/** Marks with 1 the tokens that are part of a term. */
export function termTokens(read: readonly Token[], terms: Terms): Uint8Array {
  const inside = new Uint8Array(read.length);
  for (const words of terms) {
    for (let at = 0; at + words.length <= read.length; at += 1) {
      if (words.every((word, i) => read[at + i]?.lower === word)) inside.fill(1, at, at + words.length);
    }
  }
  return inside;
}
