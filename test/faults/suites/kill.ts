import { setTimeout as delay } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Lab } from '../lab/build.ts';
import { inspect, runArgs, toTheEnd } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said } from '../lab/world.ts';

/** The crash points of a landing, in the order in which a landing meets them. */
export const landingPoints = [
  'land.after-restore',
  'land.after-tree-check',
  'land.after-candidate',
  'land.after-setup',
  'land.after-clone',
  'land.after-checks',
  'land.after-evidence',
  'land.after-commit',
  'land.after-intent',
  'land.before-cas',
  'land.after-cas',
  'land.before-done',
  'land.mid-ff',
  'land.after-ff',
] as const satisfies readonly CrashPoint[];

/** The others: start, plan, attempt, provider, snapshot, clean-up. */
export const otherPoints = [
  'run.after-lock',
  'run.after-start-record',
  'story.after-claim',
  'plan.after-baseline',
  'ws.after-clone',
  'attempt.after-start',
  'plan.after-spec',
  'req.before-send',
  'req.mid-stream',
  'req.before-settle',
  'tool.after-start',
  'tool.before-done',
  'snap.after-tree',
  'snap.after-ref',
  'snap.before-done',
  'attempt.before-end',
  'gc.after-intent',
  'gc.mid-delete',
] as const satisfies readonly CrashPoint[];

/** SIGKILL at a named moment of one or the other story, then `prd run` until it is done. */
export function killAtPoints(lab: Lab, points: readonly CrashPoint[], { runs, until }: Amount): Promise<Tally> {
  const jobs = Array.from({ length: runs }, (_, round) =>
    points.map((point): Job => {
      // The second visit is deeper in the run: another story, another commit on the branch.
      const at = `${point}:${point.startsWith('run.') ? 1 : (round % 2) + 1}`;
      return { name: at, run: () => killedAt(lab, at) };
    }),
  ).flat();
  return tally('KILL-points', jobs, { until });
}

async function killedAt(lab: Lab, at: string): Promise<readonly Finding[]> {
  const world = await openWorld(lab, { stories: stories(2), answer: twoTurns(stories(2)) });
  try {
    const killed = await world.prd(['run', '--quiet'], { PRD_CRASH: at }).ended;
    if (killed.exit !== null) return [{ column: 'unrecovered', detail: `never got there: ${said(killed)}` }];
    return [...(await inspect(world, 'killed')), ...(await toTheEnd(world))];
  } finally {
    await world.close();
  }
}

/** Kills that one world goes through before it may finish. */
const killsPerWorld = 5;

/** SIGKILL at random moments of runs with two stories at a time; some of the models lie. */
export function killAtRandom(lab: Lab, { runs, until }: Amount, seed: number): Promise<Tally> {
  const jobs = Array.from({ length: Math.ceil(runs / killsPerWorld) }, (_, index): Job => {
    const random = generator(seed + index);
    const counts = Math.min(killsPerWorld, runs - index * killsPerWorld);
    return { name: `seed ${seed + index}`, counts, run: () => killedOften(lab, counts, index % 4 === 3 ? 1 : 0, random) };
  });
  return tally('KILL-rand', jobs, { until });
}

/** Longer than a run of three stories takes on a busy machine. */
const longestMs = 3_000;

async function killedOften(lab: Lab, kills: number, liars: number, random: () => number): Promise<readonly Finding[]> {
  const all = stories(3, liars);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all), latencyMs: 20 });
  try {
    const findings: Finding[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const running = world.prd(runArgs);
      await Promise.race([delay(250 + random() * longestMs), running.ended]);
      running.kill();
      await running.ended;
      findings.push(...(await inspect(world, 'killed')));
    }
    return [...findings, ...(await toTheEnd(world))];
  } finally {
    await world.close();
  }
}

/** Repeatable randomness (mulberry32), in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
