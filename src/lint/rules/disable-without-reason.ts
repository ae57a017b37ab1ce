import { hasReason } from '../disable.ts';
import type { Rule } from '../rule.ts';
import { nothing } from '../rule.ts';

const criterion = 'Matches the existing app theme';

export const disableWithoutReason: Rule = {
  id: 'file/disable-without-reason',
  summary: 'a disable without a reason of at least ten characters: it has no effect',
  reason: 'whoever comes next must be able to judge whether it still holds',
  bad: {
    story: { acceptanceCriteria: [criterion], lint: { disable: [{ rule: 'judgment/pattern-ref', reason: '' }] } },
  },
  good: {
    story: {
      acceptanceCriteria: [criterion],
      lint: { disable: [{ rule: 'judgment/pattern-ref', reason: 'the theme is one file, src/theme.ts' }] },
    },
  },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  fixed: true,
  check: {
    on: 'disable',
    find: ({ disable }) =>
      hasReason(disable)
        ? nothing
        : [
            {
              confidence: 'high',
              message: `disable of \`${disable.rule}\` has no reason`,
              hint: 'say why in at least ten characters',
            },
          ],
  },
};
