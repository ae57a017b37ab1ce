import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const noModel: Rule = {
  id: 'delegate/no-model',
  summary: 'stories without `implementModel`: said once per file',
  reason: 'what nobody routes goes to the orchestrator, the dearest choice',
  bad: { story: { implementModel: undefined } },
  good: { story: { implementModel: 'delegate' } },
  severity: { delegate: 'off', orchestrator: 'off', unset: 'info' },
  fix: 'hint',
  check: { on: 'document', find },
};

function find({ open }: WholeView): readonly Spot[] {
  const unset = open.filter(({ role }) => role === 'unset').length;
  if (unset === 0) return nothing;
  const which = unset === 1 ? 'one open story has' : `${unset} open stories have`;
  return [
    {
      confidence: 'high',
      message: `${which} no \`implementModel\` and go to the orchestrator`,
      hint: '`prd route` proposes one for each, `prd route --write` fills them in',
    },
  ];
}
