import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LockHolder } from '../journal/lock-holder.ts';
import type { LockReader } from '../journal/lock-reader.ts';
import { journalFiles } from './past-runs.ts';

export interface Running {
  readonly holder: LockHolder;
  readonly file: string;
}

export interface Waiting {
  readonly signal: AbortSignal;
  /** Somebody holds the lock and has written nothing yet. Called once. */
  onWait(holder: LockHolder): void;
}

const pollMs = 100;

/**
 * The journal that whoever holds the lock writes: waits for it, as a run takes the lock before it has anything to say.
 * Null when nobody holds the lock, or when `signal` aborts.
 */
export async function runningJournal(runs: string, holderNow: LockReader, wait: Waiting): Promise<Running | null> {
  for (let looks = 0; !wait.signal.aborted; looks += 1) {
    const holder = await holderNow();
    if (holder === null) return null;
    const file = await journalSince(runs, Date.parse(holder.since));
    if (file !== null) return { holder, file };
    if (looks === 0) wait.onWait(holder);
    await delay(pollMs, undefined, { signal: wait.signal }).catch(() => {});
  }
  return null;
}

/** What a run before this one left behind was written before the lock was taken. */
async function journalSince(runs: string, sinceMs: number): Promise<string | null> {
  const latest = (await journalFiles(runs)).at(-1);
  if (latest === undefined) return null;
  return (await stat(latest)).mtimeMs >= sinceMs ? latest : null;
}
