import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { hasAnchor } from '../text/mentions.ts';
import type { StoryView } from '../view.ts';

const where = { title: 'Show the cart', description: 'People see what they buy' };

export const noAnchor: Rule = {
  id: 'context/no-anchor',
  summary: 'the whole story names no file, symbol, route, component or command',
  reason: 'a delegate that must find the place first works on a guess',
  bad: { story: { ...where, acceptanceCriteria: ['Shows every line of the cart'] } },
  good: { story: { ...where, acceptanceCriteria: ['`CartController` lists every line'] } },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'off' },
  fix: 'hint',
  check: { on: 'story', find },
};

function find(view: StoryView): readonly Spot[] {
  if (view.criteria.length === 0 || view.story.files.length > 0 || isAnchored(view)) return nothing;
  return [
    { confidence: 'medium', message: 'nothing says where the work is', hint: 'add paths to the criteria, or `files`' },
  ];
}

function isAnchored({ title, description, criteria }: StoryView): boolean {
  if (hasAnchor(title) || hasAnchor(description)) return true;
  return criteria.some(({ passage, criterion }) => criterion.reading.kind === 'command' || hasAnchor(passage));
}
