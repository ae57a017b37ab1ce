import { effectVerbs } from '../lexicon/verbs.ts';
import { type Passage, pinsAround } from './passage.ts';
import type { TokenKind } from './token.ts';

/**
 * Whether a text names anything that a check could look at: a literal, a number, a path, a case with its result, or a verb
 * with a visible effect. Of the criteria no rule flags one in nine names nothing; a third of the judgment that rules miss is there.
 */
export function namesEvidence(view: Passage): boolean {
  if (view.tokens.some(({ kind, lower }) => literals.has(kind) || (kind === 'word' && effectVerbs.has(lower))))
    return true;
  return view.clauses.some(({ from }) => pinsAround(view, from).length > 0);
}

const literals: ReadonlySet<TokenKind> = new Set(['code', 'path', 'quote', 'number', 'name', 'url']);
