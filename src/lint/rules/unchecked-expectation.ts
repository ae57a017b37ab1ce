import type { Reading } from '../../prd/prd.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { CriterionView } from '../view.ts';

export const uncheckedExpectation: Rule = {
  id: 'verify/unchecked-expectation',
  summary: 'words after the command that nothing can check',
  reason: 'the exit code decides alone; whoever relies on the words is mistaken',
  bad: { criterion: 'Verify: npm test — the log is short' },
  good: { criterion: 'Verify: npm test — no failures' },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'criterion', find },
};

function find({ criterion }: CriterionView): readonly Spot[] {
  const remark = remarkOf(criterion.reading);
  if (remark === null || remark === '') return nothing;
  const offset = criterion.text.indexOf(remark);
  return [
    {
      confidence: 'high',
      message: `only the exit code is checked; \`${remark}\` is not`,
      hint: 'use `exits N` or `prints "…"`',
      matches: offset < 0 ? [] : [{ offset, length: remark.length }],
    },
  ];
}

function remarkOf(reading: Reading): string | null {
  if (reading.kind === 'command') return reading.command.remark;
  return reading.kind === 'check' ? reading.remark : null;
}
