import { noteRule } from '../note-rule.ts';
import type { Rule } from '../rule.ts';

export const statusConflict: Rule = {
  id: 'file/status-conflict',
  summary: '`status` contradicts `passes`, or is no known word',
  reason: '`passes` counts; whoever reads `status` is misled',
  bad: { story: { status: 'partial', passes: true } },
  good: { story: { status: 'done', passes: true } },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: noteRule('file/status-conflict', 'make the two agree'),
};
