import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Lab } from '../lab/build.ts';
import { inspect, toTheEnd } from '../lab/outcome.ts';
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

/** Has no divisor in common with either number of points: few runs are spread over all of a landing. */
const stride = 5;

/** SIGKILL at named moments, one after the other, of one or the other story, then `prd run` until it is done. */
export function killAtPoints(suite: string, lab: Lab, points: readonly CrashPoint[], amount: Amount): Promise<Tally> {
  const jobs = Array.from({ length: amount.runs }, (_, index): Job => {
    const point = points[(index * stride) % points.length] ?? 'run.after-lock';
    // The second visit is deeper in the run: another story, another commit on the branch.
    const round = Math.floor(index / points.length);
    const at = `${point}:${point.startsWith('run.') ? 1 : (round % 2) + 1}`;
    return { name: at, run: () => killedAt(lab, at) };
  });
  return tally(suite, jobs, amount);
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
