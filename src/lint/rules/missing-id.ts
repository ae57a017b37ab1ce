import { freeId } from '../free-id.ts';
import type { Rule, Spot } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const missingId: Rule = {
  id: 'file/missing-id',
  summary: 'a story without an id',
  reason: 'branches, evidence and dependencies go by the id; a position moves',
  bad: { story: { id: undefined } },
  good: { story: { id: 'US-001' } },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'unsafe',
  check: { on: 'document', find },
};

function find({ stories, byId }: WholeView): readonly Spot[] {
  const taken = new Set(byId.keys());
  return stories
    .filter(({ story }) => !story.hasId)
    .map(({ story }) => {
      const id = freeId(story.index + 1, taken);
      return {
        confidence: 'high',
        message: `story ${story.id} has no id`,
        hint: `add \`"id": "${id}"\``,
        about: story,
        edits: [{ kind: 'set', path: [...story.path, 'id'], value: id }],
      };
    });
}
