import type { Rule } from '../rule.ts';
import { nothing } from '../rule.ts';
import { setModel } from '../set-model.ts';

export const overQualified: Rule = {
  id: 'delegate/over-qualified',
  summary: 'the orchestrator holds a story that nothing keeps there',
  reason: 'without a judgment component, a story should not cost the judgment model',
  bad: {
    story: {
      implementModel: 'orchestrator',
      acceptanceCriteria: ["`CartView` shows 'Sold out' when the stock is 0", 'npm test passes'],
    },
  },
  good: {
    story: {
      implementModel: 'delegate',
      acceptanceCriteria: ["`CartView` shows 'Sold out' when the stock is 0", 'npm test passes'],
    },
  },
  severity: { delegate: 'off', orchestrator: 'info', unset: 'off' },
  fix: 'unsafe',
  check: {
    on: 'ready',
    find: (story, { verdict }) =>
      verdict === 'delegate'
        ? [
            {
              confidence: 'high',
              message: 'nothing here needs judgment',
              hint: 'set `implementModel` to `delegate`',
              edits: [setModel(story, 'delegate')],
            },
          ]
        : nothing,
  },
};
