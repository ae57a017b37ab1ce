import { baseVerbs, finiteVerbs } from '../lexicon/verbs.ts';
import { clauseAt, type Passage } from './passage.ts';
import type { Token } from './token.ts';

/** The lower-case word at a place, or '' for marks, code and places outside the text. */
export function wordAt(view: Passage, at: number): string {
  const token = view.tokens[at];
  return token?.kind === 'word' ? token.lower : '';
}

/** The sign at a place, or ''. */
export function markAt(view: Passage, at: number): string {
  const token = view.tokens[at];
  return token?.kind === 'mark' ? token.lower : '';
}

/** Nothing but a list sign, "and" or "to" stands before it in its clause. */
export function leads(view: Passage, at: number): boolean {
  for (let i = clauseAt(view, at).from; i < at; i += 1) {
    const { kind, lower } = view.tokens[i] as Token;
    if (kind === 'mark' ? lower === ')' || lower === ':' : !leaders.has(lower)) return false;
  }
  return true;
}

/** Nothing follows in the clause but marks. */
export function closes(view: Passage, at: number): boolean {
  const { to } = clauseAt(view, at);
  for (let i = at; i < to; i += 1) {
    if ((view.tokens[i] as Token).kind !== 'mark') return false;
  }
  return true;
}

/** Some word of a set stands between two places of the text. */
export function hasWord(view: Passage, from: number, to: number, words: ReadonlySet<string>): boolean {
  for (let i = Math.max(0, from); i < to; i += 1) {
    if (words.has(wordAt(view, i))) return true;
  }
  return false;
}

/**
 * The first phrase of one or two words that stands in a text; null when none does. A first word without seconds stands
 * alone.
 */
export function findWords(view: Passage, phrases: ReadonlyMap<string, readonly string[]>): string | null {
  for (let at = 0; at < view.tokens.length; at += 1) {
    const first = wordAt(view, at);
    const seconds = phrases.get(first);
    if (seconds?.length === 0) return first;
    const second = wordAt(view, at + 1);
    if (seconds?.includes(second)) return `${first} ${second}`;
  }
  return null;
}

/** The clause speaks about a program ("scrolls", "is shown"), not to the implementer ("Add", "Update"). */
export function describes(view: Passage, at: number): boolean {
  const { from } = clauseAt(view, at);
  if (baseVerbs.has(wordAt(view, from))) return false;
  for (let i = from; i < at; i += 1) {
    const word = wordAt(view, i);
    if (finiteVerbs.has(word) || auxiliaries.has(word)) return true;
  }
  return false;
}

/** Words of a lexicon line as a set. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}

const leaders: ReadonlySet<string> = new Set(['and', 'then', 'to', 'also', 'please', 'must', 'should']);
const auxiliaries: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were', 'has', 'have', 'can', 'will']);
