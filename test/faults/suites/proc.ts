import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCommands } from '../../../src/host/command.ts';
import { brokenHere } from '../lab/broken-here.ts';
import type { Lab } from '../lab/build.ts';
import { type Amount, type Finding, type Tally, tally } from '../lab/tally.ts';

/** Children that keep pipes, leave their group or ignore the end. All end by themselves soon, whatever we do. */
const children: readonly string[] = [
  'sleep 6 & sleep 6',
  'sleep 6 & exit 0',
  'setsid sleep 6 & exit 0',
  "trap '' TERM; sleep 6 & wait",
];
const timeoutMs = 400;
/** Grace and sweep come after the timeout. */
const settleMs = 3_500;

/** A command is over when it is over, and nothing of it is left. */
export function endChildren(lab: Lab, amount: Amount): Promise<Tally> {
  const all = Array.from({ length: amount.runs }, () => children).flat();
  const jobs = all.slice(0, amount.runs).map((script) => ({ name: script, run: () => endOne(script) }));
  return brokenHere(lab, () => tally('PROC', jobs, amount));
}

async function endOne(script: string): Promise<readonly Finding[]> {
  const mark = `lab-${randomUUID()}`;
  const cwd = await mkdtemp(join(tmpdir(), 'prd-lab-'));
  const env = { PATH: process.env.PATH ?? '', LAB_MARK: mark };
  const started = performance.now();
  await openCommands({ tempDir: cwd }).run({ file: 'sh', args: ['-c', script], cwd, env, timeoutMs });
  const took = performance.now() - started;
  const alive = await carriersOf(mark);
  for (const pid of alive) process.kill(pid, 'SIGKILL');
  await rm(cwd, { recursive: true, force: true });
  const late = took > settleMs ? [`settled after ${Math.round(took)} ms`] : [];
  const left = alive.length > 0 ? [`${alive.length} processes left`] : [];
  return [...late, ...left].map((detail): Finding => ({ column: 'unrecovered', detail }));
}

async function carriersOf(mark: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    const environ = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (environ.includes(mark)) found.push(Number(name));
  }
  return found;
}
