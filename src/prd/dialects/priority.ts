import type { Node } from 'jsonc-parser';

/** A rank, and whether the file wrote it as a word. */
export interface Rank {
  readonly rank: number | null;
  readonly form: 'number' | 'word' | 'missing' | 'unknown';
}

const words: Readonly<Record<string, number>> = {
  ...ranked(0, 'critical blocker urgent highest immediate'),
  ...ranked(1, 'high must musthave required major'),
  ...ranked(2, 'medium med normal should shouldhave moderate default'),
  ...ranked(3, 'low could couldhave minor nicetohave optional'),
  ...ranked(4, "lowest trivial won't wont won'thave wonthave someday"),
};

/** Reads a priority. Lower runs first; what is not understood runs after everything that is, and never means progress. */
export function readPriority(node: Node | undefined): Rank {
  if (node === undefined || node.type === 'null') return { rank: null, form: 'missing' };
  if (node.type === 'number') return numberRank(Number(node.value));
  return node.type === 'string' ? textRank(String(node.value)) : { rank: null, form: 'unknown' };
}

/** The rank of a word or a number in a text, or null. */
export function readPriorityWord(word: string): number | null {
  return textRank(word).rank;
}

function textRank(written: string): Rank {
  const text = written.trim().toLowerCase();
  const numeric = /^(-?\d{1,15}(?:\.\d{1,15})?)$/.exec(text) ?? /^[p#](\d{1,9})$/.exec(text);
  if (numeric !== null) return { rank: Number(numeric[1]), form: /^p/.test(text) ? 'word' : 'number' };
  const word = text.replace(/[\s_-]/g, '');
  const rank = Object.hasOwn(words, word) ? words[word] : undefined;
  return rank === undefined ? { rank: null, form: text === '' ? 'missing' : 'unknown' } : { rank, form: 'word' };
}

function numberRank(value: number): Rank {
  return Number.isFinite(value) ? { rank: value, form: 'number' } : { rank: null, form: 'unknown' };
}

function ranked(rank: number, list: string): Record<string, number> {
  return Object.fromEntries(list.split(' ').map((word) => [word, rank]));
}
