import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { crashPoint } from '../host/crash-point.ts';
import { errnoOf, onDisk } from '../host/file-operations.ts';
import { readProcess } from '../host/process-table.ts';
import { PrdError } from '../problem.ts';
import { exists } from './exists.ts';
import { copyIndex } from './index-file.ts';

/** git commands of the user hold the lock for moments; a longer holder is not waited for. */
const tries = 20;
const pauseMs = 50;

/**
 * Changes the index of a checkout as git does: takes `index.lock`, lets `act` work on a copy, and renames the copy over
 * the index when `act` says yes. Returns false, with the index as it was, when `act` says no, somebody else holds the
 * lock, or there is no index. Our lock names its holder, so that after a crash it can be told from a lock of git.
 */
export async function changeIndex(gitDir: string, act: (indexFile: string) => Promise<boolean>): Promise<boolean> {
  return onDisk('lock', join(gitDir, 'index.lock'), async () => {
    if (!(await exists(join(gitDir, 'index'))) || !(await takeLock(gitDir))) return false;
    const copy = join(gitDir, `prd-index-${randomUUID()}`);
    try {
      await copyIndex(join(gitDir, 'index'), copy);
      const isDone = await act(copy);
      crashPoint('land.mid-ff');
      if (isDone) await rename(copy, join(gitDir, 'index'));
      return isDone;
    } finally {
      await rm(copy, { force: true });
      await rm(join(gitDir, 'index.lock'), { force: true });
    }
  });
}

/** Removes the lock and the copies of a `prd` that died. Rejects with `locked` when it lives. Leaves locks of git alone. */
export async function removeDeadLock(gitDir: string): Promise<void> {
  const file = join(gitDir, 'index.lock');
  const [, pid, ticks] = /^prd (\d+) (\w+)\n$/.exec(await readFile(file, 'latin1').catch(() => '')) ?? [];
  if (pid === undefined) return;
  const holder = readProcess(Number(pid));
  if (holder !== null && holder.startTicks === ticks) throw await lockedBy(file, Number(pid), holder.state);
  await onDisk('remove', file, async () => {
    for (const name of await readdir(gitDir)) if (name.startsWith('prd-index-')) await rm(join(gitDir, name));
    await rm(file, { force: true });
  });
}

async function takeLock(gitDir: string): Promise<boolean> {
  for (let left = tries; left > 0; left -= 1) {
    try {
      const handle = await open(join(gitDir, 'index.lock'), 'wx');
      await handle.writeFile(`prd ${process.pid} ${readProcess(process.pid)?.startTicks ?? 'unknown'}\n`);
      await handle.close();
      return true;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      if (left > 1) await delay(pauseMs);
    }
  }
  return false;
}

async function lockedBy(file: string, pid: number, state: string): Promise<PrdError> {
  const since = (await stat(file).catch(() => null))?.mtime.toISOString() ?? 'unknown';
  const holder = { pid, since, host: hostname(), state: state === 'T' ? ('stopped' as const) : ('running' as const) };
  return new PrdError({ code: 'locked', file, holder });
}
