import { baseVerbs, finiteVerbs, nounVerbs } from '../lexicon/verbs.ts';
import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { splitCriterion } from '../split-criterion.ts';
import { wordSet } from '../text/look.ts';
import { type Part, partsAt } from '../text/part.ts';
import { judgedLength } from '../text/token.ts';
import type { CriterionView } from '../view.ts';

export const compoundCriterion: Rule = {
  id: 'atomic/compound-criterion',
  summary: 'several sentences or several clauses around `;` in one criterion',
  reason: 'half of it can be true, and then the answer is neither yes nor no',
  bad: { criterion: 'Alerts are listed by date; a weekly scan runs on Monday' },
  good: { criterion: 'Shows icon, title and date' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'safe',
  check: { on: 'criterion', find },
};

function find(view: CriterionView): readonly Spot[] {
  const { criterion, passage } = view;
  if (criterion.text.length > judgedLength) return [spot('high', 'this is far too long for one criterion', [])];
  if (criterion.reading.kind !== 'prose' || !/[;.]\s/.test(criterion.text)) return nothing;
  const clauses = partsAt(passage, ';');
  const hasVerb = hasLabel(criterion.text) ? hasSureVerb : hasAnyVerb;
  if (clauses.filter(hasVerb).length > 1) return [clauseSpot(view, clauses)];
  const sentences = partsAt(passage, '.').filter(({ words }) => words.length > 2);
  return sentences.length > 2 ? [spot('medium', `this is ${sentences.length} criteria`, [])] : nothing;
}

/** Clauses that each have a subject say the same on their own; the others only a person can take apart. */
function clauseSpot({ criterion }: CriterionView, clauses: readonly Part[]): Spot {
  const message = `this is ${clauses.length} criteria`;
  const isSafe = !hasLabel(criterion.text) && clauses.every((clause) => hasAnyVerb(clause) && standsAlone(clause));
  if (!isSafe) return spot('medium', message, []);
  const texts = clauses.map(({ text }) => text);
  return spot('high', message, splitCriterion(criterion.path, texts));
}

function spot(confidence: 'high' | 'medium', message: string, edits: readonly Edit[]): Spot {
  return { confidence, message, hint: 'split it', edits };
}

/** "Row: shows the key; …": what stands before the colon belongs to every clause, and the list may name things only. */
function hasLabel(text: string): boolean {
  return text.includes(': ');
}

/** "lists" and "labels" are nouns as often: at the end of a clause they are no verb. */
function hasAnyVerb(part: Part): boolean {
  const { words } = part;
  if (words.length < 2) return false;
  return baseVerbs.has(words[0] ?? '') || hasSureVerb(part) || words.slice(0, -1).some((word) => finiteVerbs.has(word));
}

function hasSureVerb({ words }: Part): boolean {
  return words.some((word) => auxiliaries.has(word) || (finiteVerbs.has(word) && !nounVerbs.has(word.slice(0, -1))));
}

/**
 * Its own subject stands first, so that it says the same alone. "Alerts are …" begins with a noun, "Shows …" does not.
 */
function standsAlone({ words }: Part): boolean {
  const [first = '', second = ''] = words;
  if (finiteVerbs.has(first) && !auxiliaries.has(second)) return false;
  return words.length > 2 && !dependent.has(first) && !auxiliaries.has(first);
}

const auxiliaries = wordSet('is are has have must can cannot should');
const dependent = wordSet(
  'and or but then else otherwise if it they this these its with without on no not only also when which that',
);
