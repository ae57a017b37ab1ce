import { type Outcome, outcomes } from './expectation-phrases.ts';
import { matchPhrase, type PhraseMatch, type Word } from './words.ts';

/** That a check succeeds, in words: where the words end, and a tail that stands in front of them. */
export interface Predicate {
  /** Index of the first word behind the predicate. */
  readonly next: number;
  /** Indices of a tail inside: "for the cart" of "tests for the cart pass". */
  readonly tail?: { readonly start: number; readonly end: number };
}

/** "pass", "are green", "still pass without errors", "check" after types. Null when nothing is claimed. */
export function readPredicate(words: readonly Word[], from: number): Predicate | null {
  let at = from;
  while (modals.has(words[at]?.key ?? '')) at += 1;
  const previous = words[from - 1]?.key;
  if ((previous === 'types' || previous === 'type') && /^checks?$/.test(words[at]?.key ?? '')) return { next: at + 1 };
  const found = matchPhrase(outcomes, words, at);
  if (isExitZero(found)) return { next: behindRepetition(words, found.next) };
  return tailBeforePredicate(words, at);
}

const modals: ReadonlySet<string> = new Set(
  'still must should shall will all now also both continue continues to'.split(' '),
);

function isExitZero(found: PhraseMatch<Outcome> | null): found is PhraseMatch<Outcome> {
  return found?.means.kind === 'exit' && found.means.code === 0;
}

/** Index behind a second half that says the same again: "passes with no errors", "is green without errors". */
export function behindRepetition(words: readonly Word[], at: number): number {
  const again = matchPhrase(outcomes, words, at);
  return isExitZero(again) ? again.next : at;
}

/** "tests for the cart pass", "tests run with 'opa test' successfully". Only a short tail, so that no sentence is swallowed. */
function tailBeforePredicate(words: readonly Word[], from: number): Predicate | null {
  const at = /^runs?$/.test(words[from]?.key ?? '') ? from + 1 : from;
  if (!['for', 'in', 'of', 'with', 'via', 'using'].includes(words[at]?.key ?? '')) return null;
  for (let end = at + 2; end < Math.min(words.length, at + 8); end += 1) {
    const found = matchPhrase(outcomes, words, end);
    if (isExitZero(found)) return { next: behindRepetition(words, found.next), tail: { start: at, end } };
  }
  return null;
}
