import { noteRule } from '../note-rule.ts';
import type { Rule } from '../rule.ts';

export const badPriority: Rule = {
  id: 'file/bad-priority',
  summary: 'a priority that is zero, negative or no priority word',
  reason: 'the story runs after all others, or before; equal priorities are fine',
  bad: { story: { priority: 'done' } },
  good: { story: { priority: 'high' } },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: noteRule('file/bad-priority', 'use a number, lower runs first'),
};
