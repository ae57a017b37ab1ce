import { judgment } from '../judgment.ts';
import type { Rule } from '../rule.ts';

export const approval: Rule = {
  id: 'judgment/approval',
  summary: "passing hangs on a person's or a model's verdict",
  reason: 'a verdict cannot be repeated by a command',
  bad: { criterion: 'The design lead signs off' },
  good: { criterion: '`npm run lint:design` exits 0' },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'approval',
    pins: 'none',
    message: (words) => `\`${words}\` is someone's verdict`,
    hint: 'use what the reviewer would check',
  }),
};
