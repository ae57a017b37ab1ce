import { hasReason } from '../disable.ts';
import type { Rule } from '../rule.ts';
import { nothing } from '../rule.ts';

const disable = [{ rule: 'judgment/pattern-ref', reason: 'the theme is one file, src/theme.ts' }];

export const unusedDisable: Rule = {
  id: 'file/unused-disable',
  summary: 'a disable that silences nothing',
  reason: 'it would silence the next finding, which nobody has looked at',
  bad: { story: { acceptanceCriteria: ['Shows the total'], lint: { disable } } },
  good: { story: { acceptanceCriteria: ['Matches the existing app theme'], lint: { disable } } },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'safe',
  check: {
    on: 'disable',
    find: ({ disable: { rule, path, ...rest }, used, isFixed }) =>
      used || !hasReason({ rule, path, ...rest })
        ? nothing
        : [
            {
              confidence: 'high',
              message: isFixed ? `\`${rule}\` cannot be disabled` : `disable of \`${rule}\` silences nothing`,
              hint: 'delete it',
              edits: [{ kind: 'remove', path }],
            },
          ],
  },
};
