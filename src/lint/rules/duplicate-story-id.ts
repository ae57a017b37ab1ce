import { freeId } from '../free-id.ts';
import type { Rule, Spot } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const duplicateStoryId: Rule = {
  id: 'file/duplicate-story-id',
  summary: 'two stories with one id',
  reason: 'nobody can say which of them passed',
  bad: { stories: [{ id: 'US-002' }, { id: 'US-002', title: 'Second' }] },
  good: { stories: [{ id: 'US-002' }, { id: 'US-002a', title: 'Second' }] },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'unsafe',
  check: { on: 'document', find },
};

/** The later one is renamed: references mean the first. */
function find({ stories, byId }: WholeView): readonly Spot[] {
  const taken = new Set(byId.keys());
  return stories
    .filter(({ story }) => story.hasId && byId.get(story.id) !== story)
    .map(({ story }) => {
      const id = freeId(stories.length + 1, taken);
      const path = [...story.path, 'id'];
      return {
        confidence: 'high',
        message: `two stories share the id \`${story.id}\``,
        hint: `rename one, for example to \`${id}\``,
        path,
        about: story,
        edits: [{ kind: 'set', path, value: id }],
      };
    });
}
