import { evidencePath } from '../land/evidence.ts';
import { storyDigest } from '../prd/digest.ts';
import type { RunDeps, RunRequest } from './deps.ts';
import type { EventData } from './events.ts';

type Landed = EventData<'landing.done'>;

/** The request after recovery: what it planned for stories that have landed since is not to be done any more. */
export function withLanded(request: RunRequest, landed: readonly Landed[]): RunRequest {
  const passing = new Set(landed.filter(({ branch }) => branch === request.branch).map(({ story }) => story));
  if (passing.size === 0) return request;
  const stories = request.plan.stories.map((planned) =>
    passing.has(planned.story.id) && planned.state.kind === 'ready'
      ? { ...planned, state: { kind: 'passes' as const } }
      : planned,
  );
  const told = request.prd.stories.map((story) => (passing.has(story.id) ? { ...story, passes: true } : story));
  return { ...request, plan: { ...request.plan, stories }, prd: { ...request.prd, stories: told } };
}

/**
 * Makes up for flips that a kill left out: a PRD that git ignores is flipped on disk once the code has landed. Only where
 * the story still reads as it did then. Returns the landings that it flipped.
 */
export async function flipLanded(
  { uncommitted, past, prd }: RunRequest,
  landed: readonly Landed[],
  deps: Pick<RunDeps, 'emit' | 'flipOnDisk'>,
): Promise<readonly Landed[]> {
  if (uncommitted !== 'ignored') return [];
  const open = new Map(prd.stories.filter(({ passes }) => !passes).map((story) => [story.id, story]));
  const flips = [...past.loose.flips, ...landed].filter(({ story: id, evidence }) => {
    const story = open.get(id);
    return story !== undefined && evidencePath(id, storyDigest(story)) === evidence;
  });
  for (const { story, commit } of flips) {
    await deps.flipOnDisk(story, true);
    await deps.emit({ type: 'adopted', data: { what: 'flip', story, detail: `${commit.slice(0, 12)} had landed` } });
  }
  return flips;
}
