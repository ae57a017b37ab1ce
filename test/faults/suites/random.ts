import { setTimeout as delay } from 'node:timers/promises';
import type { Lab } from '../lab/build.ts';
import { inspect, toTheEnd } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, type World } from '../lab/world.ts';

/** A way to be killed. */
interface Manner {
  readonly name: string;
  readonly parallel: 1 | 2;
  /** How many `prd` are started at once; one of them is killed. */
  readonly started: 1 | 2;
  /** Milliseconds; early kills after the first hit what is putting the last one right. */
  readonly longestMs: number;
  /** Stories whose model only says that it is done. */
  readonly liars: 0 | 1;
}

/** Longer than a run of three stories takes on a quiet machine. */
const whole = 2_000;
/** About as long as it takes to start and to look at what a killed run left. */
const recovery = 900;

const manners: readonly Manner[] = [
  { name: 'two stories at a time', parallel: 2, started: 1, longestMs: whole, liars: 0 },
  { name: 'one story at a time', parallel: 1, started: 1, longestMs: whole, liars: 0 },
  { name: 'while it recovers', parallel: 2, started: 1, longestMs: recovery, liars: 0 },
  { name: 'one prd of two', parallel: 2, started: 2, longestMs: whole, liars: 0 },
  { name: 'with a liar', parallel: 2, started: 1, longestMs: whole, liars: 1 },
];

/** Kills that a world goes through, as far as it does not finish before. */
const killsPerWorld = 5;

/** SIGKILL at random moments. Only those count that hit a `prd` that was still at work. */
export function killAtRandom(lab: Lab, amount: Amount, seed: number): Promise<Tally> {
  const jobs = Array.from({ length: Math.ceil(amount.runs / killsPerWorld) }, (_, index): Job => {
    const own = seed + index;
    const manner = manners[own % manners.length] ?? (manners[0] as Manner);
    const counts = Math.min(killsPerWorld, amount.runs - index * killsPerWorld);
    return {
      name: `seed ${own} (${manner.name})`,
      counts,
      run: () => killedOften(lab, counts, manner, generator(own)),
    };
  });
  return tally('KILL-rand', jobs, amount);
}

async function killedOften(lab: Lab, kills: number, manner: Manner, random: () => number): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (let left = kills; left > 0; ) {
    const all = stories(3, manner.liars);
    const world = await openWorld(lab, { stories: all, answer: twoTurns(all), latencyMs: 20 });
    try {
      findings.push(...(await killedIn(world, left, manner, random)), ...(await toTheEnd(world)));
      left -= world.kills();
    } finally {
      await world.close();
    }
  }
  return findings;
}

/** Kills until it was done so often, or a run came to its end first. */
async function killedIn(
  world: World,
  kills: number,
  manner: Manner,
  random: () => number,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (let round = 1; round <= kills; round += 1) {
    const args = ['run', '--quiet', '--parallel', String(manner.parallel)];
    const running = Array.from({ length: manner.started }, () => world.prd(args));
    const victim = running[Math.floor(random() * running.length)];
    const afterMs = 100 + random() * (round === 1 ? whole : manner.longestMs);
    await Promise.race([delay(afterMs), victim?.ended]);
    victim?.kill();
    await Promise.all(running.map(({ ended }) => ended));
    findings.push(...(await inspect(world, 'killed')));
    if (world.kills() < round) break;
  }
  return findings;
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
