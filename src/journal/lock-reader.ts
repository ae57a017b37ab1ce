import type { Clock } from '../host/clock.ts';
import { readHolder } from './lock-file.ts';
import { holderState, type LockHolder, thisHolder } from './lock-holder.ts';

/** Who holds a lock now; null when nobody alive does. Rejects with `lock-unreadable` and `disk`. */
export type LockReader = () => Promise<LockHolder | null>;

/** Looks at a lock without taking it. Writes nothing. */
export function lockReader(file: string, clock: Clock, self = thisHolder(clock)): LockReader {
  return async () => {
    const holder = await readHolder(file);
    return holder === null || holderState(holder, self) === 'dead' ? null : holder;
  };
}
