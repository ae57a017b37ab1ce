import { judgment } from '../judgment.ts';
import type { Rule } from '../rule.ts';

export const proseQuality: Rule = {
  id: 'judgment/prose-quality',
  summary: 'how well prose, copy or names do their work',
  reason: 'how well something is said is a judgment',
  bad: { criterion: 'The intro conveys why the project matters' },
  good: { criterion: 'The guide has the headings Install, First run, Limits' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'prose-quality',
    pins: 'full',
    message: (words) => `how well something is said (\`${words}\`) is a judgment`,
    hint: 'require headings, terms, a length or links',
  }),
};
