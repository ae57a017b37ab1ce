import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { systemTime } from '../../src/models/time.ts';

it('sleep ends after its time, and leaves nothing on the signal', async () => {
  const { signal } = new AbortController();
  const started = systemTime.now();
  await systemTime.sleep(20, signal);
  expect(systemTime.now() - started).toBeGreaterThan(18);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it.each(['before', 'while'])('sleep ends at once when aborted: %s it sleeps', async (when) => {
  const giveUp = new AbortController();
  if (when === 'before') giveUp.abort();
  const slept = systemTime.sleep(1_000_000, giveUp.signal);
  giveUp.abort();
  expect(await slept).toBeUndefined();
});

it('chance stays in its range', () => {
  const random = systemTime.random();
  expect(random >= 0 && random < 1).toBe(true);
});
