import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lab } from '../lab/build.ts';
import { inspect, openStories, runArgs } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said, type World } from '../lab/world.ts';

/** Two `prd` within 50 ms: one works, the other names it and leaves with 5. A lock that nobody can read is nobody's. */
export function startTwo(lab: Lab, amount: Amount): Promise<Tally> {
  const pairs = Array.from({ length: amount.runs }, (_, index): Job => {
    const apartMs = (index * 17) % 50;
    return { name: `${apartMs} ms apart`, run: () => inWorld(lab, (world) => together(world, apartMs)) };
  });
  const garbage: Job = { name: 'unreadable lock', run: () => inWorld(lab, unreadable) };
  const late: Job = { name: 'planned before the other landed', run: () => inWorld(lab, oneAfterTheOther) };
  return tally('TWO', [garbage, late, ...pairs], amount);
}

async function together(world: World, apartMs: number): Promise<readonly Finding[]> {
  const first = world.prd(runArgs);
  await delay(apartMs);
  const second = world.prd(runArgs);
  const ended = [await first.ended, await second.ended];
  const worked = ended.find(({ exit }) => exit === 0);
  const left = ended.find(({ exit }) => exit === 5);
  const findings = [...(await inspect(world, 'ended')), ...(await openStories(world))];
  if (worked === undefined || left === undefined) {
    findings.push({ column: 'unrecovered', detail: ended.map(said).join(' | ') });
  } else {
    const holder = left === ended[0] ? second.pid : first.pid;
    if (!left.stderr.includes(String(holder)))
      findings.push({ column: 'unrecovered', detail: `no holder: ${said(left)}` });
  }
  return findings;
}

/** What one has planned before it got the lock is old when another has landed meanwhile. */
async function oneAfterTheOther(world: World): Promise<readonly Finding[]> {
  const slow = world.prd(runArgs, { PRD_CRASH: 'run.before-lock:1:SIGSTOP' });
  await slow.halted();
  const quick = await world.prd(runArgs).ended;
  slow.goOn();
  const ended = [quick, await slow.ended];
  const wrong = ended.filter(({ exit }) => exit !== 0);
  const findings = wrong.map((one): Finding => ({ column: 'unrecovered', detail: said(one) }));
  return [...findings, ...(await inspect(world, 'ended')), ...(await openStories(world))];
}

async function unreadable(world: World): Promise<readonly Finding[]> {
  const lock = join(world.repository.root, '.git/prd.lock');
  const text = '{"pid": 12, "sta';
  await writeFile(lock, text);
  const refused = await world.prd(runArgs).ended;
  const now = await readFile(lock, 'utf8').catch(() => null);
  const findings: Finding[] = [];
  if (refused.exit !== 5) findings.push({ column: 'unrecovered', detail: `a lock nobody can read: ${said(refused)}` });
  if (now !== text) findings.push({ column: 'torn files', detail: 'the lock of somebody was taken' });
  return findings;
}

async function inWorld(lab: Lab, act: (world: World) => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  const all = stories(2);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all), latencyMs: 150 });
  try {
    return await act(world);
  } finally {
    await world.close();
  }
}
