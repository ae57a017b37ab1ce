import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openGates } from '../../src/models/gate.ts';
import type { FailureKind, ModelFailure, ModelOutcome, Models } from '../../src/models/model.ts';
import { nextWait, type RetryWait, retryPolicy, withRetry } from '../../src/models/retry.ts';
import { failure, modelRequest, reply, usage } from './builders.ts';
import { type FakeTime, fakeTime, seeded } from './fake-time.ts';

/** Plays outcomes in order, the last one for ever, and notes when it was asked. */
function playing(time: FakeTime, outcomes: readonly ModelOutcome[]) {
  const asked: number[] = [];
  const models: Models = {
    ask: async (_, hooks) => {
      const outcome = outcomes[Math.min(asked.length, outcomes.length - 1)] ?? reply();
      asked.push(time.now());
      if (outcome.kind === 'reply') hooks?.onFirstEvent?.();
      return outcome;
    },
  };
  return { models, asked };
}

describe('the wait before another try', () => {
  const first = { tries: 1, elapsedMs: 0, heard: true };

  it.each<[string, ModelFailure, object, number, number | null]>([
    ['is drawn from 0 to 1 s at first', failure('rate-limit'), {}, 0.999, 999],
    ['may be nothing', failure('overloaded'), {}, 0, 0],
    ['doubles with each try', failure('connection'), { tries: 4 }, 0.5, 4_000],
    ['is at most a minute', failure('stalled'), { tries: 9 }, 1, 60_000],
    ['ends with the tenth try', failure('rate-limit'), { tries: 10 }, 0.5, null],
    ['ends after 15 min', failure('rate-limit'), { elapsedMs: 15 * 60_000 }, 0.5, null],
    ['does not reach past 15 min', failure('rate-limit'), { elapsedMs: 15 * 60_000 - 100, tries: 2 }, 0.5, null],
    ['is never shorter than asked', failure('rate-limit', { retryAfterMs: 20_000 }), {}, 0, 20_000],
    [
      'is a little longer than asked, so that all who were asked come apart',
      failure('rate-limit', { retryAfterMs: 20_000 }),
      {},
      0.9,
      20_900,
    ],
    ['is our own when nothing was asked', failure('rate-limit', { retryAfterMs: 0 }), {}, 0.5, 500],
    ['is our own when that is longer', failure('rate-limit', { retryAfterMs: 1_000 }), { tries: 6 }, 0.5, 16_000],
    ['is obeyed up to 5 min', failure('overloaded', { retryAfterMs: 300_000 }), {}, 0, 300_000],
    ['is reported when longer', failure('rate-limit', { retryAfterMs: 300_001 }), {}, 0, null],
    ['is reported when a day', failure('rate-limit', { retryAfterMs: 86_400_000 }), {}, 0, null],
    ['comes once for an answer that cannot be read', failure('malformed'), {}, 0.5, 500],
    ['comes only once for it', failure('malformed'), { tries: 2 }, 0.5, null],
    ['is patient with an address that has answered', failure('unreachable'), { tries: 9 }, 0.5, 30_000],
    ['is impatient with one that never did', failure('unreachable'), { tries: 3, heard: false }, 0.5, null],
    [
      'is impatient with one that takes long to fail',
      failure('unreachable'),
      { tries: 2, elapsedMs: 8_001, heard: false },
      0.5,
      null,
    ],
  ])('%s', (_, failed, situation, random, expected) => {
    expect(nextWait(failed, { ...first, ...situation }, retryPolicy, random)).toBe(expected);
  });

  it.each<FailureKind>(['credentials', 'spend-limit', 'bad-request', 'context-exceeded', 'budget', 'aborted'])(
    'does not exist for %s',
    (kind) => {
      expect(nextWait(failure(kind), first, retryPolicy, 0.5)).toBeNull();
    },
  );
});

describe('asking with retries', () => {
  it('goes on until there is an answer', async () => {
    const time = fakeTime();
    const { models, asked } = playing(time, [failure('overloaded'), failure('overloaded'), reply({ served: 'x' })]);
    const outcome = await time.run(withRetry(models, { time }).ask(modelRequest()));
    expect(outcome).toEqual(reply({ served: 'x' }));
    expect(asked).toEqual([0, 500, 1_500]);
  });

  it('gives up after ten tries with the last failure', async () => {
    const time = fakeTime();
    const { models, asked } = playing(time, [failure('connection', { said: 'cut', usage })]);
    expect(await time.run(withRetry(models, { time }).ask(modelRequest()))).toEqual(
      failure('connection', { said: 'cut', usage }),
    );
    expect(asked).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500, 61_500, 91_500, 121_500]);
  });

  it.each<FailureKind>(['credentials', 'spend-limit', 'bad-request', 'context-exceeded', 'budget'])(
    'hears of %s at once',
    async (kind) => {
      const time = fakeTime();
      const { models, asked } = playing(time, [failure(kind)]);
      expect(await time.run(withRetry(models, { time }).ask(modelRequest()))).toEqual(failure(kind));
      expect([asked, time.now()]).toEqual([[0], 0]);
    },
  );

  it.each([0, 0.5, 0.999])('tells a user within 30 s that nobody is at an address (chance %s)', async (random) => {
    const time = fakeTime(() => random);
    const slow: Models = {
      ask: async () => {
        // A connect timeout takes the HTTP client 10 s.
        await time.sleep(10_000);
        return failure('unreachable');
      },
    };
    expect(await time.run(withRetry(slow, { time }).ask(modelRequest()))).toEqual(failure('unreachable'));
    expect(time.now()).toBeLessThan(30_000);
  });

  it('tells it within 4 s when the connection is refused', async () => {
    const time = fakeTime(() => 0.999);
    const { models, asked } = playing(time, [failure('unreachable')]);
    await time.run(withRetry(models, { time }).ask(modelRequest()));
    expect(asked).toHaveLength(3);
    expect(time.now()).toBeLessThan(4_000);
  });

  it('calls an address unreachable where lines only ever broke, and not one where something came back', async () => {
    const time = fakeTime();
    const broken = playing(time, [failure('connection')]);
    expect(await time.run(withRetry(broken.models, { time }).ask(modelRequest()))).toEqual(
      failure('unreachable', { said: 'connection' }),
    );
    expect(broken.asked).toHaveLength(3);
    const refused = playing(time, [failure('overloaded', { status: 500 }), failure('connection')]);
    expect(await time.run(withRetry(refused.models, { time }).ask(modelRequest()))).toEqual(failure('connection'));
    expect(refused.asked).toHaveLength(10);
  });

  it('outlasts a network that goes away for a while after it had worked', async () => {
    const time = fakeTime();
    const down = Array.from({ length: 5 }, () => failure('unreachable'));
    const { models } = playing(time, [reply(), ...down, reply({ served: 'later' })]);
    const retrying = withRetry(models, { time });
    await time.run(retrying.ask(modelRequest()));
    expect(await time.run(retrying.ask(modelRequest()))).toMatchObject({ served: 'later' });
  });

  it('reports a wait that is longer than its patience instead of waiting', async () => {
    const time = fakeTime();
    const { models } = playing(time, [failure('rate-limit', { retryAfterMs: 86_400_000 })]);
    const outcome = await time.run(withRetry(models, { time }).ask(modelRequest()));
    expect(outcome).toMatchObject({ failure: 'rate-limit', retryAfterMs: 86_400_000 });
    expect(time.now()).toBe(0);
  });

  it('says what it waits for', async () => {
    const time = fakeTime();
    const limited = failure('rate-limit', { retryAfterMs: 20_000 });
    const { models } = playing(time, [limited, reply()]);
    const waits: RetryWait[] = [];
    const request = modelRequest();
    await time.run(withRetry(models, { time, onWait: (wait) => waits.push(wait) }).ask(request));
    expect(waits).toEqual([
      { purpose: request.purpose, model: request.model.id, failure: limited, tries: 1, waitMs: 20_500 },
    ]);
  });

  it('stops waiting when it is aborted', async () => {
    const time = fakeTime();
    const { models, asked } = playing(time, [failure('overloaded', { retryAfterMs: 200_000 })]);
    const giveUp = new AbortController();
    const outcome = withRetry(models, { time, onWait: () => giveUp.abort() }).ask(modelRequest(), {
      signal: giveUp.signal,
    });
    expect(await time.run(outcome)).toMatchObject({ kind: 'failure', failure: 'aborted' });
    expect(asked).toEqual([0]);
  });

  it('leaves nothing behind on the signal of the caller', async () => {
    const { signal } = new AbortController();
    const { models } = playing(fakeTime(), [failure('connection'), failure('rate-limit'), reply()]);
    await withRetry(models, { policy: { baseMs: 2 } }).ask(modelRequest(), { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not begin when it is aborted already', async () => {
    const time = fakeTime();
    const { models, asked } = playing(time, [reply()]);
    const outcome = await withRetry(models, { time }).ask(modelRequest(), { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ failure: 'aborted' });
    expect(asked).toEqual([]);
  });

  it('announces the first event once, also when a stream breaks and is asked again', async () => {
    const time = fakeTime();
    let events = 0;
    const models: Models = {
      ask: async (_, hooks) => {
        hooks?.onFirstEvent?.();
        return events === 1 && time.now() === 0 ? failure('connection') : reply();
      },
    };
    await time.run(withRetry(models, { time }).ask(modelRequest(), { onFirstEvent: () => (events += 1) }));
    expect(events).toBe(1);
  });

  it('frees its place when the models below reject', async () => {
    const gates = openGates({ places: 1 });
    const models: Models = { ask: () => Promise.reject(new Error('disk full')) };
    await expect(withRetry(models, { gates }).ask(modelRequest())).rejects.toThrow('disk full');
    expect(gates.gateOf(modelRequest().model).state().running).toBe(0);
  });
});

describe('eight workers', () => {
  it('that are limited at once come back apart, and never more of them than the gate allows', async () => {
    const time = fakeTime(seeded(7));
    const opensAt = 30_000;
    const starts: number[] = [];
    let running = 0;
    let mostAfterwards = 0;
    const models: Models = {
      ask: async () => {
        starts.push(time.now());
        running += 1;
        if (time.now() >= opensAt) mostAfterwards = Math.max(mostAfterwards, running);
        await time.sleep(200);
        running -= 1;
        return time.now() < opensAt ? failure('rate-limit', { retryAfterMs: 5_000 }) : reply();
      },
    };
    const retrying = withRetry(models, { time, gates: openGates({ places: 8, time }) });
    const outcomes = await time.run(Promise.all(Array.from({ length: 8 }, () => retrying.ask(modelRequest()))));
    expect(outcomes.every(({ kind }) => kind === 'reply')).toBe(true);
    const later = starts.slice(8);
    const together = later.map((moment) => later.filter((other) => other === moment).length);
    expect(Math.max(...together)).toBeLessThanOrEqual(4);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(5_000);
    expect(mostAfterwards).toBeLessThanOrEqual(4);
  });

  it('slow down together: one limit keeps the others from trying in vain', async () => {
    const time = fakeTime(seeded(3));
    let limits = 0;
    const models: Models = {
      ask: async () => {
        if (time.now() < 20_000) limits += 1;
        return time.now() < 20_000 ? failure('rate-limit', { retryAfterMs: 20_000 - time.now() }) : reply();
      },
    };
    const retrying = withRetry(models, { time, gates: openGates({ places: 2, time }) });
    await time.run(Promise.all(Array.from({ length: 8 }, () => retrying.ask(modelRequest()))));
    expect(limits).toBeLessThanOrEqual(2);
  });
});
