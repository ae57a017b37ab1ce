import { readCriterion } from '../prd/criterion.ts';
import type { Criterion, Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Check } from '../verify/check.ts';
import type { Refinement } from './refinement.ts';

type Added = Pick<Refinement, 'extraCriteria' | 'verify'>;

/** The story with what a refinement adds: its own criteria verbatim and first, nothing removed. */
export function refinedStory(story: Story, { extraCriteria, verify }: Added): Story {
  const added = [...extraCriteria, ...verify.map(verifyText)];
  return added.length === 0 ? story : { ...story, criteria: [...story.criteria, ...added.map(toCriterion(story))] };
}

/**
 * The checks that a refinement adds, marked as a model's. Their criteria are those of the refined story; what the story
 * runs anyway is not repeated.
 */
export function modelChecks(story: Story, added: Added): readonly Check[] {
  const own = new Set(storyChecks(story).map(({ id }) => id));
  return storyChecks(refinedStory(story, added))
    .filter(({ id }) => !own.has(id))
    .map((check) => ({ ...check, origin: 'model' }));
}

/** How a command stands among the criteria. */
export function verifyText(command: string): string {
  return `Verify: ${command}`;
}

function toCriterion({ path }: Story): (text: string) => Criterion {
  return (text) => ({ text, path, reading: readCriterion(text, new Map()) });
}
