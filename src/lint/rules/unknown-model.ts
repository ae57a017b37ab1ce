import { nearest } from '../../prd/nearest.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { setModel } from '../set-model.ts';
import type { StoryView } from '../view.ts';

export const unknownModel: Rule = {
  id: 'delegate/unknown-model',
  summary: '`implementModel` is no role, alias or known model',
  reason: 'the run would stop before it starts',
  bad: { story: { implementModel: 'sonet' } },
  good: { story: { implementModel: 'sonnet' } },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'unsafe',
  check: { on: 'story', find },
};

function find(view: StoryView): readonly Spot[] {
  const model = view.story.implementModel;
  const { models } = view.within;
  if (model === null || models === null || models.includes(model)) return nothing;
  const near = nearest(model, models);
  return [
    {
      confidence: 'high',
      message: `unknown model \`${model}\``,
      hint: near === null ? `one of ${models.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`,
      path: [...view.story.path, 'implementModel'],
      edits: near === null ? [] : [setModel(view.story, near)],
    },
  ];
}
