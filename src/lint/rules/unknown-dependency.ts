import { nearest } from '../../prd/nearest.ts';
import type { Rule, Spot } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const unknownDependency: Rule = {
  id: 'file/unknown-dependency',
  summary: '`dependsOn` names a story that is not there',
  reason: 'the story would wait forever',
  bad: { stories: [{ id: 'US-001' }, { id: 'US-002', title: 'Second', dependsOn: ['US-009'] }] },
  good: { stories: [{ id: 'US-001' }, { id: 'US-002', title: 'Second', dependsOn: ['US-001'] }] },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  check: { on: 'document', find },
};

function find({ stories, byId }: WholeView): readonly Spot[] {
  return stories.flatMap(({ story }) =>
    story.dependsOn
      .filter((id) => !byId.has(id))
      .map((id): Spot => {
        const others = [...byId.keys()].filter((known) => known !== story.id);
        const near = nearest(id, others);
        return {
          confidence: 'high',
          message: `\`${story.id}\` depends on unknown \`${id}\``,
          hint: near === null ? 'remove it, or name a story' : `did you mean \`${near}\`?`,
          path: [...story.path, 'dependsOn'],
          about: story,
        };
      }),
  );
}
