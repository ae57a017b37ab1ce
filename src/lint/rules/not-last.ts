import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { CriterionView, StoryView } from '../view.ts';

export const notLast: Rule = {
  id: 'verify/not-last',
  summary: 'the proof is not the last criterion',
  reason: 'people look for it at the end, where 53 % of stories have it',
  bad: { story: { acceptanceCriteria: ['npm test passes', "Shows 'Sold out' when the stock is 0"] } },
  good: { story: { acceptanceCriteria: ["Shows 'Sold out' when the stock is 0", 'npm test passes'] } },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'safe',
  check: { on: 'story', find },
};

function find({ criteria }: StoryView): readonly Spot[] {
  const proof = criteria.findLast(({ criterion }) => criterion.reading.kind !== 'prose');
  const last = criteria.at(-1);
  if (proof === undefined || last === undefined || proof === last) return nothing;
  return [
    {
      confidence: 'high',
      message: `the proof is criterion ${proof.index + 1} of ${criteria.length}`,
      hint: 'put the proof last',
      path: proof.criterion.path,
      edits: moved(proof, last),
    },
  ];
}

/** Only strings of one array can change places without changing anything else. */
function moved({ criterion }: CriterionView, last: CriterionView): readonly Edit[] {
  const array = criterion.path.slice(0, -1);
  const end = last.criterion.path;
  const sameArray = end.length === criterion.path.length && array.every((part, at) => part === end[at]);
  if (!sameArray || typeof criterion.path.at(-1) !== 'number') return [];
  return [
    { kind: 'remove', path: criterion.path },
    { kind: 'insert', path: array, index: Number(end.at(-1)) + 1, value: criterion.text },
  ];
}
