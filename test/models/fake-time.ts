import type { Time } from '../../src/models/time.ts';

export interface FakeTime extends Time {
  /** Lets virtual time pass until the promise settles. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** The moments at which somebody slept, and for how long. */
  readonly sleeps: readonly number[];
}

/** Virtual time: sleeping costs nothing, and moments come in order. */
export function fakeTime(random: () => number = () => 0.5): FakeTime {
  const alarms: { at: number; wake: () => void }[] = [];
  const sleeps: number[] = [];
  let now = 0;
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      sleeps.push(ms);
      alarms.push({ at: now + ms, wake: resolve });
      signal?.addEventListener('abort', () => resolve());
    });
  const run = async <T>(promise: Promise<T>): Promise<T> => {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    promise.then(mark, mark);
    while (!settled) {
      // All that is ready runs before the clock moves on.
      await new Promise((resolve) => setImmediate(resolve));
      const next = alarms.sort((a, b) => a.at - b.at).shift();
      if (settled || next === undefined) continue;
      now = Math.max(now, next.at);
      next.wake();
    }
    return promise;
  };
  return { now: () => now, random, sleep, run, sleeps };
}

/** Numbers in [0, 1) that look random and are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
