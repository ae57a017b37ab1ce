import { noteRule } from '../note-rule.ts';
import type { Rule } from '../rule.ts';

export const dialect: Rule = {
  id: 'file/dialect',
  summary: 'alias names, priority words, status words, number ids: one note per file',
  reason: 'everything is read, but one form is easier to share',
  bad: { text: '{ "stories": [{ "id": "US-001", "title": "Cart", "passes": false }] }' },
  good: { text: '{ "userStories": [{ "id": "US-001", "title": "Cart", "passes": false }] }' },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: noteRule('file/dialect', 'nothing to do; `prd migrate` shows the canonical form'),
};
