import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { wordAt, wordSet } from '../text/look.ts';
import { clauseAt, type Passage, wordsOf } from '../text/passage.ts';
import type { CriterionView } from '../view.ts';

export const unnamedThing: Rule = {
  id: 'context/unnamed-thing',
  summary: '"the config file", "relevant modules", "the existing service" without a name',
  reason: 'if the delegate must search to know which, the story is not ready',
  bad: { criterion: 'Update the relevant modules' },
  good: { criterion: 'Update src/cart/*.ts' },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'info' },
  fix: 'hint',
  check: { on: 'criterion', find },
};

function find({ passage, criterion }: CriterionView): readonly Spot[] {
  if (criterion.reading.kind !== 'prose') return nothing;
  for (let at = 0; at < passage.tokens.length; at += 1) {
    const to = endOfThing(passage, at);
    if (to > 0 && !isNamed(passage, at)) return [spot(passage, at, to)];
  }
  return nothing;
}

function spot(view: Passage, at: number, to: number): Spot {
  const words = wordsOf(view, at, to);
  const offset = view.tokens[at]?.start ?? 0;
  return {
    confidence: 'medium',
    message: `which \`${words}\`?`,
    hint: 'name the path or the symbol',
    matches: [{ offset, length: words.length }],
  };
}

/** Token after "relevant modules", "existing auth service", "config file"; 0 when nothing of the kind begins here. */
function endOfThing(view: Passage, at: number): number {
  const word = wordAt(view, at);
  if (word === 'config' && wordAt(view, at - 1) === 'the' && wordAt(view, at + 1) === 'file') return at + 2;
  const loose = vague.has(word) || (word === 'existing' && wordAt(view, at - 1) === 'the');
  if (!loose) return 0;
  if (things.has(wordAt(view, at + 1))) return at + 2;
  return vague.has(word) && things.has(wordAt(view, at + 2)) ? at + 3 : 0;
}

/** A path, a symbol or a component in the same clause says which. */
function isNamed(view: Passage, at: number): boolean {
  const { from, to } = clauseAt(view, at);
  return view.tokens
    .slice(from, to)
    .some(({ kind }) => kind === 'path' || kind === 'code' || kind === 'name' || kind === 'quote');
}

const vague = wordSet('relevant appropriate necessary affected corresponding respective');
const things = wordSet(
  `file files module modules component components service services function functions class classes code endpoint endpoints
  script scripts helper helpers config tables store method methods`,
);
