import type { PlannedStory } from '../plan/plan.ts';
import { scopesOverlap } from '../plan/waves.ts';
import type { Manner } from './turn.ts';

/** Files that stories are known to change, by id, beside those that they name. */
type Touched = ReadonlyMap<string, readonly string[]>;

/** The orchestrator's stories run alone, since the others build on them; delegates never share a file that is known. */
export function fitsBeside(one: PlannedStory, running: readonly PlannedStory[], touched: Touched): boolean {
  if (isArchitectural(one)) return running.length === 0;
  return running.every((other) => !isArchitectural(other) && !named(one, other, touched));
}

/** Could the two change the same file? `any`: also where nobody knows. */
export function collides(one: PlannedStory, other: PlannedStory, touched: Touched, manner: Manner): boolean {
  const unknown = filesOf(one, touched).length === 0 || other.story.files.length === 0;
  return manner === 'any' && unknown ? true : scopesOverlap(filesOf(one, touched), filesOf(other, touched));
}

export function isArchitectural({ role }: PlannedStory): boolean {
  return role === 'orchestrator';
}

export function lowestPhase(stories: readonly PlannedStory[]): number {
  return Math.min(...stories.map(({ phase }) => phase));
}

/** A scope that a story names holds before anybody has seen it at work; what only work has shown matters to who waits. */
function named(one: PlannedStory, other: PlannedStory, touched: Touched): boolean {
  return scopesOverlap(one.story.files, filesOf(other, touched));
}

function filesOf({ story }: PlannedStory, touched: Touched): readonly string[] {
  return [...story.files, ...(touched.get(story.id) ?? [])];
}
