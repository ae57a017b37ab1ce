import type { Story } from '../../prd/prd.ts';
import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { type Reference, refsIn } from '../text/mentions.ts';
import type { CriterionView, StoryView } from '../view.ts';
import { waitsFor } from '../waits-for.ts';

export const storyRef: Rule = {
  id: 'context/story-ref',
  summary: 'a criterion leans on another story',
  reason: 'the delegate sees its own story only',
  bad: { stories: [{ id: 'US-003' }, { id: 'US-004', acceptanceCriteria: ['Uses the route from US-003'] }] },
  good: { stories: [{ id: 'US-003' }, { id: 'US-004', acceptanceCriteria: ['Uses the route `/day/:date`'] }] },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'info' },
  fix: 'safe',
  check: { on: 'criterion', find },
};

function find({ passage, of }: CriterionView): readonly Spot[] {
  for (const ref of refsIn(passage)) {
    const other = of.within.byId.get(ref.id);
    if (other !== undefined && other !== of.story) return [spot(ref, of, other)];
  }
  return nothing;
}

function spot(ref: Reference, of: StoryView, other: Story): Spot {
  return {
    confidence: 'high',
    message: `\`${ref.id}\` is not in front of the delegate`,
    hint: 'restate the fact here, and add the story to `dependsOn`',
    matches: [{ offset: ref.start, length: ref.end - ref.start }],
    edits: dependency(of, other),
  };
}

/** Adds the story to `dependsOn`, unless it is there or the two would wait for each other. */
function dependency({ story, within }: StoryView, other: Story): readonly Edit[] {
  if (story.dependsOn.includes(other.id) || waitsFor(other, story, within.byId)) return [];
  return [{ kind: 'set', path: [...story.path, 'dependsOn'], value: [...story.dependsOn, other.id] }];
}
