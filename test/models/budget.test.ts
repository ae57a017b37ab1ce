import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetLimits } from '../../src/models/accounts.ts';
import { type Booking, needsTokenLimit, openBudget, type Reservation } from '../../src/models/budget.ts';
import { noUsage } from '../../src/models/cost.ts';
import type { BudgetAsk } from '../../src/models/headroom.ts';
import type { Purpose } from '../../src/models/model.ts';
import { entry, purpose } from './builders.ts';

const usd = (value: number) => ({ usd: value, tokens: null });
const tokens = (value: number) => ({ usd: null, tokens: value });

function ask(more: Partial<BudgetAsk> = {}): BudgetAsk {
  return { model: entry(), purpose, promptTokens: 10_000, maxTokens: 4_000, ...more };
}

function reserved(booking: Booking): Reservation {
  if (booking.kind !== 'reserved') throw new Error(`not reserved: ${JSON.stringify(booking)}`);
  return booking.reservation;
}

describe('reserving', () => {
  it('holds what the request may cost at most, against attempt, story and run at once', async () => {
    const budget = openBudget({});
    expect(reserved(await budget.reserve(ask()))).toMatchObject({ usd: 0.065, tokens: 14_000, maxTokens: 4_000 });
    for (const scope of ['run', 'story', 'attempt'] as const) {
      expect(budget.spent(scope, purpose)).toEqual({ usd: 0.065, tokens: 14_000, unpriced: 0 });
    }
    expect(budget.spent('attempt', { ...purpose, attempt: 2 })).toEqual({ usd: 0, tokens: 0, unpriced: 0 });
    expect(budget.spent('story', { ...purpose, story: 'US-2' })).toEqual({ usd: 0, tokens: 0, unpriced: 0 });
  });

  it('counts a request without a story against the run only', async () => {
    const budget = openBudget({ story: usd(0), attempt: usd(0) });
    expect(await budget.reserve(ask({ purpose: { ...purpose, story: null, attempt: null } }))).toMatchObject({
      kind: 'reserved',
    });
  });

  it.each<[string, BudgetLimits, number]>([
    ['money', { run: usd(0.045) }, 2_000],
    ['money of the narrowest scope', { run: usd(1), story: usd(0.05), attempt: usd(0.037) }, 1_200],
    ['tokens', { run: tokens(11_500) }, 1_500],
    ['whichever is scarcer', { run: { usd: 0.045, tokens: 11_100 } }, 1_100],
  ])('lowers max_tokens to what %s allows', async (_, limits, maxTokens) => {
    expect(reserved(await openBudget(limits).reserve(ask())).maxTokens).toBe(maxTokens);
  });

  it.each<[string, BudgetLimits, object]>([
    ['money does not pay for the prompt', { run: usd(0.02) }, { scope: 'run', because: 'usd' }],
    ['money does not pay for the floor', { story: usd(0.0352) }, { scope: 'story', because: 'usd' }],
    ['tokens do not hold the floor', { attempt: tokens(11_000) }, { scope: 'attempt', because: 'tokens' }],
  ])('refuses when %s', async (_, limits, expected) => {
    expect(await openBudget(limits).reserve(ask())).toEqual({ kind: 'refused', ...expected });
  });

  it('never asks for less than twice the usual output of the role', async () => {
    const budget = openBudget({ run: usd(1) }, 100);
    for (let size = 1; size <= 10; size += 1) {
      budget.settle(reserved(await budget.reserve(ask())), { ...noUsage, output: size * 100 });
    }
    const leave = (left: number) =>
      budget.book(purpose, { usd: 1 - left - budget.spent('run', purpose).usd, tokens: 0 });
    // Nine of ten outputs were at most 900 tokens, so the floor is 1,800; the prompt alone costs 0.025.
    leave(0.0431);
    expect(reserved(await budget.reserve(ask())).maxTokens).toBe(1_810);
    const fresh = openBudget({ run: usd(1) }, 100);
    fresh.book(purpose, { usd: 0.9571, tokens: 0 });
    fresh.settle(reserved(await fresh.reserve(ask({ maxTokens: 1_000 }))), { ...noUsage, output: 900 });
    expect(await fresh.reserve(ask())).toEqual({ kind: 'refused', scope: 'run', because: 'usd' });
  });

  it('does not hold a small request to the floor of large ones', async () => {
    const booking = await openBudget({ run: usd(0.03) }).reserve(ask({ maxTokens: 300 }));
    expect(reserved(booking).maxTokens).toBe(300);
  });

  it('reserves a 1 h write at its own price', async () => {
    expect(reserved(await openBudget({}).reserve(ask({ ttl: '1h' }))).usd).toBeCloseTo(0.08, 12);
  });
});

describe('models without a price', () => {
  const unpriced = entry({ price: null });

  it.each<[string, BudgetLimits, boolean]>([
    ['only money is limited', { run: usd(1) }, true],
    ['only money of a story is limited', { story: usd(1) }, true],
    ['tokens are limited too', { run: { usd: 1, tokens: 1_000_000 } }, false],
    ['nothing is limited', {}, false],
  ])('need a token limit when %s: %#', async (_, limits, needed) => {
    expect(needsTokenLimit(unpriced, limits)).toBe(needed);
    const booking = await openBudget(limits).reserve(ask({ model: unpriced }));
    expect(booking).toMatchObject(needed ? { kind: 'refused', because: 'unpriced' } : { kind: 'reserved' });
  });

  it('are counted as unpriced, not as $0', async () => {
    const budget = openBudget({});
    const reservation = reserved(await budget.reserve(ask({ model: unpriced })));
    expect(reservation.usd).toBeNull();
    expect(budget.settle(reservation, { ...noUsage, output: 7 })).toBeNull();
    expect(budget.spent('run', purpose)).toEqual({ usd: 0, tokens: 7, unpriced: 1 });
  });

  it('are known to be free when flat', async () => {
    const budget = openBudget({ run: usd(0) });
    const reservation = reserved(await budget.reserve(ask({ model: entry({ price: 'flat' }) })));
    expect(budget.settle(reservation, { ...noUsage, output: 7 })).toBe(0);
    expect(budget.spent('run', purpose)).toEqual({ usd: 0, tokens: 7, unpriced: 0 });
  });
});

describe('settling', () => {
  it('frees what was not used', async () => {
    const budget = openBudget({ run: usd(1) });
    const reservation = reserved(await budget.reserve(ask()));
    expect(budget.settle(reservation, { ...noUsage, fresh: 10_000, output: 100 })).toBeCloseTo(0.021, 12);
    expect(budget.spent('run', purpose).usd).toBeCloseTo(0.021, 12);
  });

  it('books nothing for a request that was not processed', async () => {
    const budget = openBudget({});
    expect(budget.settle(reserved(await budget.reserve(ask())), 'unused')).toBe(0);
    expect(budget.spent('run', purpose)).toEqual({ usd: 0, tokens: 0, unpriced: 0 });
  });

  it('keeps the reservation of a request whose outcome nobody knows', async () => {
    const budget = openBudget({});
    expect(budget.settle(reserved(await budget.reserve(ask())), 'unknown')).toBe(0.065);
    expect(budget.spent('run', purpose)).toEqual({ usd: 0.065, tokens: 14_000, unpriced: 0 });
  });

  it('twice is harmless', async () => {
    const budget = openBudget({});
    const reservation = reserved(await budget.reserve(ask()));
    const used = { ...noUsage, output: 100 };
    expect([budget.settle(reservation, used), budget.settle(reservation, used)]).toEqual([0.001, 0.001]);
    expect(budget.spent('run', purpose).usd).toBe(0.001);
  });

  it('of another request lets one through that had to wait', async () => {
    const budget = openBudget({ run: usd(0.1) });
    const first = reserved(await budget.reserve(ask()));
    const second = budget.reserve(ask());
    budget.settle(first, { ...noUsage, output: 100 });
    expect(reserved(await second).maxTokens).toBe(4_000);
  });

  it('refuses the one who waited when what came back is not enough', async () => {
    const budget = openBudget({ run: usd(0.07) });
    const first = reserved(await budget.reserve(ask()));
    const second = budget.reserve(ask());
    budget.settle(first, 'unknown');
    expect(await second).toEqual({ kind: 'refused', scope: 'run', because: 'usd' });
  });

  it('is not waited for by one who gave up', async () => {
    const budget = openBudget({ run: usd(0.07) });
    reserved(await budget.reserve(ask()));
    const giveUp = new AbortController();
    const second = budget.reserve(ask(), giveUp.signal);
    giveUp.abort();
    expect(await second).toEqual({ kind: 'aborted' });
  });
});

it('what an earlier run spent counts', async () => {
  const budget = openBudget({ run: usd(1) });
  budget.book(purpose, { usd: 0.99, tokens: 5 });
  expect(await budget.reserve(ask())).toEqual({ kind: 'refused', scope: 'run', because: 'usd' });
});

it('a budget is never overshot, whatever is asked, settled or forgotten', async () => {
  const step = fc.record({
    story: fc.constantFrom('A', 'B', null),
    attempt: fc.constantFrom(1, 2),
    promptTokens: fc.nat(30_000),
    maxTokens: fc.integer({ min: 1, max: 20_000 }),
    ttl: fc.constantFrom('5m', '1h'),
    read: fc.double({ min: 0, max: 1, noNaN: true }),
    output: fc.double({ min: 0, max: 1, noNaN: true }),
    fate: fc.constantFrom('used', 'used', 'unknown', 'crash'),
  });
  const limits = {
    run: { usd: 0.5, tokens: 200_000 },
    story: { usd: 0.3, tokens: 120_000 },
    attempt: { usd: 0.2, tokens: 90_000 },
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const budget = openBudget(limits);
      const giveUp = new AbortController();
      for (const { story, attempt, read, output, fate, ...size } of steps) {
        const belongs: Purpose = { ...purpose, story, attempt: story === null ? null : attempt };
        const booking = await Promise.race([
          budget.reserve(ask({ ...size, purpose: belongs } as BudgetAsk), giveUp.signal),
          null,
        ]);
        if (booking?.kind === 'reserved') {
          const cacheRead = Math.floor(size.promptTokens * read);
          const used = {
            ...noUsage,
            cacheRead,
            [size.ttl === '1h' ? 'write1h' : 'write5m']: size.promptTokens - cacheRead,
            output: Math.floor(booking.reservation.maxTokens * output),
          };
          if (fate !== 'crash') budget.settle(booking.reservation, fate === 'used' ? used : 'unknown');
        }
        for (const scope of ['run', 'story', 'attempt'] as const) {
          const spent = budget.spent(scope, belongs);
          expect(spent.usd).toBeLessThanOrEqual(limits[scope].usd + 1e-9);
          expect(spent.tokens).toBeLessThanOrEqual(limits[scope].tokens);
        }
      }
      giveUp.abort();
    }),
    { numRuns: 150 },
  );
});
