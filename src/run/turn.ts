import type { StoryRun } from './story-run.ts';

/** What a running story and the scheduler say to each other. */
export interface Turn {
  /** Files that the story changes, beside those that it names. */
  touches(paths: readonly string[]): void;
  /** Leaves its place until it may go on. `told` hears once for whom, if there is anybody. False: nothing starts any more. */
  giveWay(manner: Manner, told: (rivals: readonly string[]) => void): Promise<boolean>;
}

/** `known`: to running stories known to change the same files. `any`: to all that could, also to those still to come. */
export type Manner = 'known' | 'any';

/** A story that was overtaken so often waits for its rivals; one more time, and it waits for all who might be one. */
const patience = 2;
/** Alone on the newest head only somebody outside can overtake it: after so many times in one run the next run goes on. */
const mostRaces = 6;

/** Waits until the story may be tried on the newest head. False: the run starts nothing new any more. */
export async function hasItsTurn(run: StoryRun, lost: number): Promise<boolean> {
  if (lost < patience) return true;
  return run.turn.giveWay(lost === patience ? 'known' : 'any', (rivals) => {
    const data = {
      story: run.planned.story.id,
      for: `${sayRivals(rivals)}, which may change the same files`,
      waitMs: null,
    };
    void run.deps.emit({ type: 'wait', data });
  });
}

export function outrun(races: number): boolean {
  return races >= mostRaces;
}

function sayRivals(rivals: readonly string[]): string {
  const shown = rivals.slice(0, 3).join(', ');
  return rivals.length > 3 ? `${shown} and ${rivals.length - 3} more` : shown;
}
