import type { PlannedStory } from '../plan/plan.ts';
import { decideSpec } from './decide-spec.ts';
import type { SharedRun } from './story-run.ts';

/** Refines stories while others are built, so that nobody waits for it later. */
export interface RefineAhead {
  start(upcoming: readonly PlannedStory[]): void;
  /** Resolves when nothing is asked for this story any more. */
  settled(story: string): Promise<void>;
  allSettled(): Promise<void>;
}

/**
 * What is refined ahead is found as an overlay when the story starts, and asked for again if a file it names has changed by
 * then. Failures stay silent: the story asks again itself, and reports them.
 */
export function openRefineAhead(shared: () => SharedRun): RefineAhead {
  const begun = new Map<string, Promise<void>>();
  const refine = async (planned: PlannedStory): Promise<void> => {
    const run = shared();
    const [base, prompt] = [await run.target.head(), await run.prompts(planned)];
    await decideSpec({ ...run, planned, base, prompt });
  };
  return {
    start: (upcoming) => {
      for (const planned of upcoming) {
        const { id } = planned.story;
        if (!begun.has(id))
          begun.set(
            id,
            refine(planned).catch(() => {}),
          );
      }
    },
    settled: async (story) => begun.get(story),
    allSettled: async () => void (await Promise.all(begun.values())),
  };
}
