import { type Clause, clauses } from './clause.ts';
import { type Language, languageOf } from './language.ts';
import { lexiconOf } from './lexicons.ts';
import { findPhrases, type Hit } from './phrases.ts';
import { type Pin, pins } from './pin.ts';
import { struckTokens } from './struck.ts';
import { type Terms, termTokens } from './terms.ts';
import { type Token, tokens } from './token.ts';

/** More hits of one rule in one text say nothing new, and would let a hostile text cost quadratic time. */
const mostHits = 16;

/** One criterion or title, read once: every rule looks into the same passage. */
export interface Passage {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
  /** 1 for each token inside a purpose or an example. */
  readonly struck: Uint8Array;
  /** null when a short text betrays no language: it is read as English. */
  readonly language: Language | null;
  /** Phrases of the lexicons by rule, the first sixteen of each; none of them struck. */
  readonly hits: ReadonlyMap<string, readonly Hit[]>;
  /** Pins of the clauses that were asked for so far. */
  readonly pins: Map<Clause, readonly Pin[]>;
}

/**
 * Reads a text. Cost is linear in its length, which is cut at 4,000 UTF-16 units. Words inside a term are never vague.
 */
export function passage(text: string, terms: Terms = []): Passage {
  const read = tokens(text);
  const struck = struckTokens(read);
  const language = languageOf(read);
  const inTerm = terms.length === 0 ? struck : termTokens(read, terms);
  const found = findPhrases(lexiconOf(language), read).filter(
    (hit) => struck[hit.from] !== 1 && inTerm[hit.from] !== 1,
  );
  return { text, tokens: read, clauses: clauses(text, read), struck, language, hits: byRule(found), pins: new Map() };
}

/** The clause a token belongs to. */
export function clauseAt(view: Passage, token: number): Clause {
  let low = 0;
  let high = view.clauses.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (token < (view.clauses[middle] as Clause).to) high = middle;
    else low = middle + 1;
  }
  return view.clauses[low] ?? { from: 0, to: view.tokens.length };
}

/** The pins of the clause a token belongs to. */
export function pinsAround(view: Passage, token: number): readonly Pin[] {
  const clause = clauseAt(view, token);
  const known = view.pins.get(clause);
  if (known !== undefined) return known;
  const found = pins(view.tokens, clause, view.struck);
  view.pins.set(clause, found);
  return found;
}

/** The user's words from token `from` up to, not including, `to`. */
export function wordsOf(view: Passage, from: number, to: number): string {
  const first = view.tokens[from];
  const last = view.tokens[to - 1];
  return first === undefined || last === undefined ? '' : view.text.slice(first.start, last.end);
}

function byRule(found: readonly Hit[]): ReadonlyMap<string, readonly Hit[]> {
  if (found.length === 0) return noHits;
  const rules = new Map<string, Hit[]>();
  for (const hit of found) {
    const known = rules.get(hit.group.rule);
    if (known === undefined) rules.set(hit.group.rule, [hit]);
    else if (known.length < mostHits) known.push(hit);
  }
  return rules;
}

const noHits: ReadonlyMap<string, readonly Hit[]> = new Map();
