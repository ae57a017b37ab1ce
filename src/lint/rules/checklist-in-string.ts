import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { splitCriterion } from '../split-criterion.ts';
import type { CriterionView } from '../view.ts';

export const checklistInString: Rule = {
  id: 'atomic/checklist-in-string',
  summary: 'a Markdown checklist inside one string',
  reason: 'it is read as one criterion, so one answer is given for all items',
  bad: { criterion: '- [ ] Shows the total\n- [ ] Shows the currency' },
  good: { criterion: 'Shows the total' },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'safe',
  check: { on: 'criterion', find },
};

function find({ criterion: { text, path } }: CriterionView): readonly Spot[] {
  if (!text.includes('\n')) return nothing;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const items = lines.flatMap(itemOf);
  if (items.length < 2) return nothing;
  const edits = items.length === lines.length ? splitCriterion(path, items) : [];
  return [{ confidence: 'high', message: `${items.length} checklist items in one string`, hint: 'split it', edits }];
}

function itemOf(line: string): readonly string[] {
  const mark = /^[ \t]{0,20}(?:[-*+]|\d{1,3}[.)])[ \t]{1,4}(?:\[[ xX]?\][ \t]{1,4})?/.exec(line);
  const item = mark === null ? '' : line.slice(mark[0].length).trim();
  return item === '' ? [] : [item];
}
