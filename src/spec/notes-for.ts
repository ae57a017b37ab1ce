import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import { pathTest } from '../verify/globs.ts';
import type { CoachingNote } from './coaching.ts';
import type { Refinement } from './refinement.ts';
import { mentionedPaths } from './spec.ts';

/** More would drown the story. */
const maxNotes = 3;

/**
 * The notes that go with this story alone: narrower than `**`, about files that it will touch, last learned first. General
 * notes head every spec already.
 */
export function notesFor(
  notes: readonly CoachingNote[],
  story: Story,
  refinement: Pick<Refinement, 'files'> | null,
): readonly CoachingNote[] {
  const paths = [
    ...mentionedPaths(story, storyChecks(story)),
    ...(refinement?.files ?? []).map(({ path }) => path),
    ...story.files.map(probe),
  ];
  const inScope = pathTest(story.files);
  const matching = notes.filter(({ scope }) => {
    if (scope === '**') return false;
    return paths.some(pathTest([scope])) || inScope(probe(scope));
  });
  return matching.sort((a, b) => (b.lastHit ?? '').localeCompare(a.lastHit ?? '')).slice(0, maxNotes);
}

/** A path that a glob would match, as far as one can be made up: `src/views/**` has `src/views/x`. */
function probe(glob: string): string {
  return glob.replace(/\*+\/?/g, (stars) => (stars.endsWith('/') ? '' : 'x')).replace(/[?]/g, 'x');
}
