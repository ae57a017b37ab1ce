import { noteRule } from '../note-rule.ts';
import type { Rule } from '../rule.ts';

export const notStrictJson: Rule = {
  id: 'file/not-strict-json',
  summary: 'comments, trailing commas, a byte-order mark',
  reason: 'the file is read here, but other tools refuse it',
  bad: { text: '{ "userStories": [{ "id": "US-001", "title": "Cart", "acceptanceCriteria": [], "passes": false },] }' },
  good: { text: '{ "userStories": [{ "id": "US-001", "title": "Cart", "acceptanceCriteria": [], "passes": false }] }' },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'safe',
  check: noteRule('file/not-strict-json', 'remove it', [{ kind: 'strict' }]),
};
