import type { Story } from '../../prd/prd.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';

export const orderAgainstDependency: Rule = {
  id: 'file/order-against-dependency',
  summary: 'a story ranks before one that it needs',
  reason: '`dependsOn` wins, so the priorities do not say what will happen',
  bad: {
    stories: [
      { id: 'US-002', priority: 2, dependsOn: ['US-005'] },
      { id: 'US-005', title: 'Second', priority: 5 },
    ],
  },
  good: {
    stories: [
      { id: 'US-002', priority: 2 },
      { id: 'US-005', title: 'Second', priority: 5, dependsOn: ['US-002'] },
    ],
  },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'document', find: ({ open, byId }) => open.flatMap(({ story }) => ofStory(story, byId)) },
};

function ofStory(story: Story, byId: ReadonlyMap<string, Story>): readonly Spot[] {
  const rank = story.priority;
  const later = story.dependsOn.find((id) => {
    const needed = byId.get(id);
    return needed !== undefined && rank !== null && (needed.priority ?? Number.POSITIVE_INFINITY) > rank;
  });
  if (later === undefined) return nothing;
  const message = `\`${story.id}\` comes before \`${later}\`, which it needs`;
  return [
    { confidence: 'high', message, hint: 'give it a later priority', path: [...story.path, 'priority'], about: story },
  ];
}
