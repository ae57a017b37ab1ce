/** A word, number, quoted text or mark of a sentence, with its place. */
export interface Word {
  /** What tables are searched by: the word in lower case, `"` for a quoted text, `0` or `#` for a number. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

// One branch per kind and bounded quotes: time stays linear on any text.
const token =
  /"[^"]{0,300}"|(?<![\p{L}\p{N}])'[^']{1,300}'(?![\p{L}\p{N}])|\u201c[^\u201c\u201d]{0,300}\u201d|\u00ab[^\u00ab\u00bb]{0,300}\u00bb|[\p{L}\p{N}_'\u2019-]+(?:\.\d{1,9})?|[^\s]/gu;

/** Splits a sentence into words and marks; a quoted text is one word. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(token)) {
    words.push({ key: keyOf(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

function keyOf(word: string): string {
  if (word.length > 1 && /^["'\u201c\u00ab]/.test(word) && /["'\u201d\u00bb]$/.test(word)) return '"';
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(word)) return word === '0' ? '0' : '#';
  return word.toLowerCase().replaceAll('\u2019', "'");
}

/** A phrase of a table: alternatives per place, each place optional or not. */
export interface Phrase<T> {
  readonly places: readonly { readonly words: readonly string[]; readonly optional: boolean }[];
  readonly means: T;
}

/** Compiles `exit|exits with? code? #` into a phrase; `#` stands for a number, `"` for a quoted text. */
export function phrase<T>(pattern: string, means: T): Phrase<T> {
  const places = pattern.split(' ').map((place) => {
    const optional = place.endsWith('?');
    return { words: (optional ? place.slice(0, -1) : place).split('|'), optional };
  });
  return { places, means };
}

/** Phrases by the words they can begin with. */
export type PhraseTable<T> = ReadonlyMap<string, readonly Phrase<T>[]>;

/** Longest phrases first, so that `exits 0` never hides `exits 0 errors`. */
export function phraseTable<T>(phrases: readonly Phrase<T>[]): PhraseTable<T> {
  const table = new Map<string, Phrase<T>[]>();
  for (const entry of phrases.toSorted((a, b) => b.places.length - a.places.length)) {
    for (const word of firstWords(entry)) table.set(word, [...(table.get(word) ?? []), entry]);
  }
  return table;
}

function firstWords(entry: Phrase<unknown>): readonly string[] {
  const required = entry.places.findIndex((place) => !place.optional);
  return entry.places.slice(0, required + 1).flatMap((place) => place.words);
}

export interface PhraseMatch<T> {
  readonly means: T;
  /** Index of the first word behind the phrase. */
  readonly next: number;
  /** Number (as written) or quoted text the phrase asked for, or null. */
  readonly value: Word | null;
}

/** The phrase that begins at a word, or null. The longest match wins. */
export function matchPhrase<T>(table: PhraseTable<T>, words: readonly Word[], at: number): PhraseMatch<T> | null {
  let best: PhraseMatch<T> | null = null;
  for (const candidate of table.get(words[at]?.key ?? '') ?? []) {
    const found = follow(candidate, words, at);
    if (found !== null && found.next > (best?.next ?? at)) best = found;
  }
  return best;
}

function follow<T>(candidate: Phrase<T>, words: readonly Word[], start: number): PhraseMatch<T> | null {
  let at = start;
  let value: Word | null = null;
  for (const place of candidate.places) {
    const word = words[at];
    if (word !== undefined && holds(place.words, word)) {
      if (place.words.includes('#') || place.words.includes('"')) value = word;
      at += 1;
    } else if (!place.optional) return null;
  }
  return { means: candidate.means, next: at, value };
}

function holds(options: readonly string[], word: Word): boolean {
  return options.includes(word.key) || (word.key === '0' && options.includes('#'));
}
