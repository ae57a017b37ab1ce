import { nothing, type Rule } from '../rule.ts';

export const prose: Rule = {
  id: 'verify/prose',
  summary: '`Verify:` followed by English',
  reason: 'prose is never executed, so the line looks like a proof and is none',
  bad: { story: { acceptanceCriteria: ['Verify: the file exists and is not empty', 'npm test passes'] } },
  good: { criterion: 'Verify: test -s out.csv' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: {
    on: 'criterion',
    find: ({ criterion: { reading } }) =>
      reading.kind === 'prose' && reading.why === 'verify-prose'
        ? [
            {
              confidence: 'high',
              message: 'this `Verify` line is prose, so nothing runs',
              hint: 'name a command, or drop `Verify:`',
            },
          ]
        : nothing,
  },
};
