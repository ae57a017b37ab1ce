import type { Story } from '../../prd/prd.ts';
import type { Rule, Spot } from '../rule.ts';
import { sameText } from '../same-text.ts';
import type { WholeView } from '../view.ts';

export const duplicateStory: Rule = {
  id: 'atomic/duplicate-story',
  summary: 'the same title and criteria as another story',
  reason: 'the second one finds its work done, or does it twice',
  bad: {
    stories: [
      { id: 'US-002', title: 'Cart screen', acceptanceCriteria: ['Shows the total'] },
      { id: 'US-003', title: 'Cart screen', acceptanceCriteria: ['Shows the total'] },
    ],
  },
  good: {
    stories: [
      { id: 'US-002', title: 'Cart screen', acceptanceCriteria: ['Shows the total'] },
      { id: 'US-003', title: 'Cart screen', acceptanceCriteria: ['Shows the currency'] },
    ],
  },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: { on: 'document', find },
};

function find({ open }: WholeView): readonly Spot[] {
  const byTitle = new Map<string, Story[]>();
  return open.flatMap(({ story }): Spot[] => {
    const title = sameText(story.title);
    const known = byTitle.get(title) ?? [];
    byTitle.set(title, [...known, story].slice(0, mostKept));
    const same = known.find((other) => hasSameCriteria(other, story));
    if (same === undefined) return [];
    return [{ confidence: 'high', message: `same as \`${same.id}\``, hint: 'delete one of them', about: story }];
  });
}

/** Of many stories with one title, later ones are compared with the first few. */
const mostKept = 16;

function hasSameCriteria(a: Story, b: Story): boolean {
  if (a.criteria.length !== b.criteria.length) return false;
  return a.criteria.every(({ text }, index) => sameText(text) === sameText(b.criteria[index]?.text ?? ''));
}
