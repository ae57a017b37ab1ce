import type { Rule } from '../rule.ts';
import { nothing } from '../rule.ts';

export const noCriteria: Rule = {
  id: 'atomic/no-criteria',
  summary: 'a story without criteria, or with empty ones only',
  reason: 'nothing says when it is done; 18 % of real stories are like that',
  bad: { story: { acceptanceCriteria: [] } },
  good: { story: { acceptanceCriteria: ['Shows every line of the cart'] } },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: {
    on: 'story',
    find: ({ criteria }) =>
      criteria.some(({ criterion }) => criterion.text.trim() !== '')
        ? nothing
        : [{ confidence: 'high', message: 'the story has no criteria', hint: 'add what must be true when it is done' }],
  },
};
