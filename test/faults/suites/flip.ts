import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Lab } from '../lab/build.ts';
import { inspectWith, runArgs } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said, type World } from '../lab/world.ts';

interface Moment {
  readonly point: CrashPoint;
  readonly visit: number;
}

const moments: readonly Moment[] = [
  { point: 'land.after-intent', visit: 1 },
  { point: 'land.before-done', visit: 1 },
  // The vault's two lists are written with the same care before.
  { point: 'write.mid', visit: 3 },
  { point: 'write.before-rename', visit: 3 },
];

const limits = { answersAtMost: null, maxCostUsd: null };

/** SIGKILL while a PRD that git does not track is flipped on disk: it is the old one or the new one, whole. */
export function killInFlip(lab: Lab, amount: Amount): Promise<Tally> {
  const all = Array.from({ length: amount.runs }, () => moments).flat();
  const jobs = all
    .slice(0, amount.runs)
    .map((moment): Job => ({ name: moment.point, run: () => killedAt(lab, moment) }));
  return tally('KILL-flip', jobs, amount);
}

async function killedAt(lab: Lab, { point, visit }: Moment): Promise<readonly Finding[]> {
  const all = stories(2);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all), ignored: true });
  try {
    const killed = await world.prd(runArgs, { PRD_CRASH: `${point}:${visit}` }).ended;
    if (killed.exit !== null) return [{ column: 'unrecovered', detail: `never got there: ${said(killed)}` }];
    const torn = await inspectWith(world, 'killed', limits);
    if (torn.length > 0) return torn;
    if (point.startsWith('write.') && !(await isHalfWritten(world)))
      return [{ column: 'unrecovered', detail: `killed before the flip: ${said(killed)}` }];
    const ended = await world.prd(runArgs).ended;
    const wrong: Finding[] = ended.exit === 0 ? [] : [{ column: 'unrecovered', detail: said(ended) }];
    return [...wrong, ...(await flipFindings(world)), ...(await inspectWith(world, 'ended', limits))];
  } finally {
    await world.close();
  }
}

/** The new text stands beside the PRD. */
async function isHalfWritten({ repository }: World): Promise<boolean> {
  return (await readdir(repository.root)).some((name) => /^\.prd-.*\.tmp$/.test(name));
}

/** Every story stands on the branch once and says so on disk. */
export async function flipFindings({ repository, stories: all, start }: World): Promise<readonly Finding[]> {
  const text = await readFile(join(repository.root, 'PRD.json'), 'utf8');
  const prd = JSON.parse(text) as { userStories: { passes: boolean }[] };
  const subjects = (await repository.git('log', '--format=%s', `${start}..main`)).split('\n');
  const findings: Finding[] = [];
  if (!prd.userStories.every(({ passes }) => passes))
    findings.push({ column: 'unrecovered', detail: 'a flip is missing' });
  if (subjects.length !== all.length) findings.push({ column: 'double landings', detail: subjects.join(', ') });
  return findings;
}
