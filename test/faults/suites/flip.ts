import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Lab } from '../lab/build.ts';
import { inspectWith, runArgs } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said } from '../lab/world.ts';

export const writePoints = ['write.mid', 'write.before-rename'] as const satisfies readonly CrashPoint[];

/** SIGKILL while a PRD that git does not track is flipped on disk: it is the old one or the new one, whole. */
export function killInFlip(lab: Lab, { runs, until }: Amount): Promise<Tally> {
  const jobs = Array.from({ length: runs }, () =>
    writePoints.map((point): Job => ({ name: point, run: () => killedAt(lab, point) })),
  );
  return tally('KILL-flip', jobs.flat(), { until });
}

async function killedAt(lab: Lab, point: CrashPoint): Promise<readonly Finding[]> {
  const all = stories(2);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all), ignored: true });
  try {
    const killed = await world.prd(runArgs, { PRD_CRASH: `${point}:1` }).ended;
    if (killed.exit !== null) return [{ column: 'unrecovered', detail: `never got there: ${said(killed)}` }];
    return await inspectWith(world, 'killed', { answersAtMost: null, maxCostUsd: null });
  } finally {
    await world.close();
  }
}
