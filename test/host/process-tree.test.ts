import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { groupLives, jobVariable, readProcess, scanForJob } from '../../src/host/process-table.ts';
import { processGroup, processTree, sweepJob } from '../../src/host/process-tree.ts';
import { napper, until } from './shell.ts';

function startNap(job: string | null) {
  const { nap } = napper();
  const env = job === null ? {} : { [jobVariable]: job };
  const child = spawn(nap, ['60'], { stdio: 'ignore', detached: true, env });
  return { child, pid: child.pid ?? 0, gone: once(child, 'exit') };
}

describe('a job is found', () => {
  const id = randomUUID();
  it.each([
    ['by its id', id, true],
    ['as a command of its attempt', `${id}.1234`, true],
    ['inside the job of an outer prd', `outer-1.2/${id}.3`, true],
    ['around the job of an inner prd', `${id}/inner.4`, true],
    ['not by the head of another id', `${id}5`, false],
    ['not by the tail of another id', `x${id}`, false],
    ['not in a process without a mark', null, false],
  ])('%s', async (_, value, found) => {
    const { child, pid, gone } = startNap(value);
    await until(() => readProcess(pid) !== null);
    expect(scanForJob(id).carriers.map((entry) => entry.pid)).toEqual(found ? [pid] : []);
    child.kill('SIGKILL');
    await gone;
  });

  it('only as the value of its variable', async () => {
    const { nap } = napper();
    const child = spawn(nap, ['60'], { env: { [`X${jobVariable}`]: id, A: `${jobVariable}=${id}` } });
    expect(scanForJob(id).carriers).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('a process without an environment', () => {
  // A process that is just replacing its program looks the same for a moment, and it may be one of the job's.
  it.each([
    ['is unclear when it is younger than the job', 0, true],
    ['is nothing to us when it is older', 1, false],
  ])('%s', async (_, younger, unclear) => {
    const { nap } = napper();
    const child = spawn(nap, ['60'], { stdio: 'ignore', env: {} });
    const pid = child.pid ?? 0;
    await until(() => readProcess(pid) !== null);
    const start = Number(readProcess(pid)?.startTicks);
    expect(scanForJob(randomUUID(), start + younger).unclear.includes(pid)).toBe(unclear);
    expect(await sweepJob(randomUUID(), start)).toBe(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('a recycled pid', () => {
  it('is not signalled: the number now belongs to a stranger', async () => {
    const { child, pid, gone } = startNap(null);
    await until(() => readProcess(pid) !== null);
    const before = readProcess(pid)?.startTicks ?? '';
    const stranger = processGroup(pid, `${Number(before) - 1}`);
    stranger.signal('SIGKILL');
    await stranger.end(0);
    expect(readProcess(pid)?.startTicks).toBe(before);
    child.kill('SIGKILL');
    await gone;
  });

  it('of the leader does not matter while members of its group live', async () => {
    const { nap, alive } = napper();
    const leader = spawn('sh', ['-c', `${nap} 60 & exit 0`], { stdio: 'ignore', detached: true });
    const group = processGroup(leader.pid ?? 0);
    await once(leader, 'exit');
    await until(() => alive().length === 1);
    group.signal('SIGKILL');
    await until(() => alive().length === 0);
  });
});

describe('a group', () => {
  it('of zombies does not live', async () => {
    // The shell becomes a program that never asks how its child ended.
    const { nap } = napper();
    const parent = spawn('sh', ['-c', `setsid sh -c 'echo $$' & exec ${nap} 60`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(parent.stdout, 'data');
    const zombie = Number(String(line));
    await until(() => readProcess(zombie) === null);
    expect(groupLives(zombie)).toBe(false);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });

  it('that ends in time is not killed', async () => {
    const { child, pid } = startNap(null);
    const gone = once(child, 'exit');
    await processGroup(pid).end(2_000);
    expect(await gone).toEqual([null, 'SIGTERM']);
  });

  it('that is gone can be ended again', async () => {
    const { pid, gone } = startNap('job-of-a-tree');
    const tree = processTree(pid, 'job-of-a-tree');
    await tree.end(2_000);
    await gone;
    await tree.end(2_000);
    await tree.clear();
    tree.kill();
    expect(groupLives(pid)).toBe(false);
  });
});

describe('the sweep', () => {
  it('counts what it ended, and finds nothing the second time', async () => {
    const job = randomUUID();
    const naps = [startNap(job), startNap(`${job}.1`), startNap(`outer/${job}`)];
    await until(() => scanForJob(job).carriers.length === 3);
    expect([await sweepJob(job), await sweepJob(job)]).toEqual([3, 0]);
    await Promise.all(naps.map(({ gone }) => gone));
  });
});
