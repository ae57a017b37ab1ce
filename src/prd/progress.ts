import type { Prd } from './prd.ts';

/**
 * Story text from one version of the document, progress from another: `passes` counts as it stands at the tip of the target
 * branch, and a story that the tip does not know has not passed. Null means that the branch does not exist yet: then the
 * document's own claims are all there is.
 */
export function withPassesOf(prd: Prd, tip: Prd | null): Prd {
  if (tip === null) return prd;
  const passing = new Set(tip.stories.filter((story) => story.hasId && story.passes).map((story) => story.id));
  const stories = prd.stories.map((story) => ({ ...story, passes: story.hasId && passing.has(story.id) }));
  return { ...prd, stories };
}
