import type { Clock } from '../host/clock.ts';
import { PrdError } from '../problem.ts';
import type { RunLock } from './journal.ts';
import { clearRemains, link, move, readHolder, removeFile, writeDraft } from './lock-file.ts';
import { holderState, type LockHolder, thisHolder } from './lock-holder.ts';

/**
 * Takes the lock for this process. Rejects with `PrdError`: `locked` with the holder when somebody has it, also when
 * they are stopped; `lock-unreadable` when the file holds something else; `disk`. A dead holder's lock is taken over,
 * by exactly one of those who try.
 *
 * Nobody removes the lock of another: between the look and the removal it may have got a new holder. Instead each
 * holder has one possible successor, the process that creates the claim named after the holder's token. The claim,
 * already filled in, is then renamed over the lock.
 */
export async function acquireLock(file: string, clock: Clock, self = thisHolder(clock)): Promise<RunLock> {
  const draft = `${file}.${self.token}`;
  await writeDraft(draft, self);
  try {
    await takeLock(file, draft, self);
  } finally {
    await removeFile(draft);
  }
  await clearRemains(file, (holder) => holderState(holder, self) === 'dead');
  let released: Promise<void> | null = null;
  return {
    release: () => {
      released ??= release(file, self);
      return released;
    },
  };
}

async function takeLock(file: string, draft: string, self: LockHolder): Promise<void> {
  while (!(await link(draft, file))) {
    const holder = await readHolder(file);
    if (holder !== null && (await succeed(file, holder, draft, self))) return;
  }
}

/** True when `self` took over from `dead`; false when the lock changed meanwhile and must be looked at again. */
async function succeed(file: string, dead: LockHolder, draft: string, self: LockHolder): Promise<boolean> {
  let last: LockHolder | null = dead;
  while (last !== null) {
    refuseAlive(file, last, self);
    const claim = `${file}.after-${last.token}`;
    if (await link(draft, claim)) return moveClaim(claim, file, dead);
    // A successor that died before it was done has a successor of its own.
    last = await readHolder(claim);
  }
  return false;
}

// The claim gives the right to replace this one holder. If another has the lock by now, we looked too early.
async function moveClaim(claim: string, file: string, dead: LockHolder): Promise<boolean> {
  if ((await readHolder(file))?.token === dead.token) {
    await move(claim, file);
    return true;
  }
  await removeFile(claim);
  return false;
}

function refuseAlive(file: string, holder: LockHolder, self: LockHolder): void {
  const state = holderState(holder, self);
  if (state === 'dead') return;
  const { pid, since, host } = holder;
  throw new PrdError({ code: 'locked', file, holder: { pid, since, host, state } });
}

async function release(file: string, self: LockHolder): Promise<void> {
  if ((await readHolder(file))?.token === self.token) await removeFile(file);
}
