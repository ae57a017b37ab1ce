import { readdir } from 'node:fs/promises';
import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Lab } from '../lab/build.ts';
import { inspectWith, openStories, runArgs } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { type Ended, openWorld, said, type World } from '../lab/world.ts';
import { flipFindings } from './flip.ts';

/** A full disk, a read-only one, and no more open files. */
const errnos = ['ENOSPC', 'EROFS', 'EMFILE'] as const;
/** The landing begins here: the work is stored, its checks come next. */
const from: CrashPoint = 'land.after-restore';
const limits = { answersAtMost: null, maxCostUsd: null };

/** In one of these two the PRD lands with the code, in the other it is flipped on disk. */
const places = [
  { name: 'tracked PRD', ignored: false },
  { name: 'ignored PRD', ignored: true },
] as const;
type Place = (typeof places)[number];

/**
 * Each file operation and git command of a landing fails once, with each error. `prd` says so with exit 4, or does without;
 * no file is half written, and the next run lands the story. With `runs` 0 all of them, else so many, spread evenly.
 */
export async function failEach(lab: Lab, amount: Amount): Promise<Tally> {
  const jobs: Job[] = [];
  for (const place of places) {
    const operations = await operationsOf(lab, place);
    for (const errno of errnos) {
      for (const [index, operation] of operations.entries()) {
        const name = `${place.name}: ${errno} at operation ${index + 1} (${operation})`;
        jobs.push({ name, run: () => failedAt(lab, place, errno, index + 1) });
      }
    }
  }
  const step = amount.runs === 0 ? 1 : Math.max(1, Math.floor(jobs.length / amount.runs));
  return tally(
    'FS-nth',
    jobs.filter((_, index) => index % step === Math.floor(step / 2)),
    amount,
  );
}

/** What a landing does, in order, told by one in which nothing fails. */
async function operationsOf(lab: Lab, place: Place): Promise<readonly string[]> {
  return inWorld(lab, place, async (world) => {
    const ended = await world.prd(runArgs, { PRD_FAIL: `none:0@${from}` }).ended;
    if (ended.exit !== 0) throw new Error(said(ended));
    return [...ended.stderr.matchAll(/^PRD_FAIL \d+ (\w+)$/gm)].map(([, operation = '']) => operation);
  });
}

function failedAt(lab: Lab, place: Place, errno: string, nth: number): Promise<readonly Finding[]> {
  return inWorld(lab, place, async (world) => {
    const failed = await world.prd(runArgs, { PRD_FAIL: `${errno}:${nth}@${from}` }).ended;
    const first = [...saidSo(failed), ...(await inspectWith(world, 'killed', limits)), ...(await temporaries(world))];
    const again = await world.prd(runArgs).ended;
    const wrong: Finding[] = again.exit === 0 ? [] : [{ column: 'unrecovered', detail: `then ${said(again)}` }];
    const open = await (place.ignored ? flipFindings(world) : openStories(world));
    return [...first, ...wrong, ...(await inspectWith(world, 'ended', limits)), ...open];
  });
}

/** What is not needed may be done without; everything else ends the run, in words. */
function saidSo(ended: Ended): readonly Finding[] {
  if (ended.exit === 0 || (ended.exit === 4 && /^error: /m.test(ended.stderr))) return [];
  return [{ column: 'unrecovered', detail: said(ended) }];
}

async function temporaries({ repository }: World): Promise<readonly Finding[]> {
  const left = (await readdir(repository.root)).filter((name) => name.endsWith('.tmp'));
  return left.map((name): Finding => ({ column: 'torn files', detail: `left behind: ${name}` }));
}

async function inWorld<T>(lab: Lab, { ignored }: Place, act: (world: World) => Promise<T>): Promise<T> {
  const all = stories(1);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all), ignored });
  try {
    return await act(world);
  } finally {
    await world.close();
  }
}
