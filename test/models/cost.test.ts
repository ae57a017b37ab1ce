import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUsage, costOf, noUsage, promptTokensOf, reserve, tokensOf } from '../../src/models/cost.ts';
import type { Usage } from '../../src/models/model.ts';
import { entry } from './builders.ts';

const million = 1_000_000;
const stepped = entry({
  priceAbove: { promptTokens: 100_000, in: 10, out: 50, cacheRead: 1, write5m: 12.5, write1h: 20 },
});

describe('costOf', () => {
  it.each<[string, Partial<Usage>, number]>([
    ['fresh input', { fresh: million }, 2],
    ['a 5 min write', { write5m: million }, 2.5],
    ['a 1 h write', { write1h: million }, 4],
    ['a cache read', { cacheRead: million }, 0.2],
    ['output', { output: million }, 10],
    ['nothing', {}, 0],
    ['all classes together', { fresh: 1_000, write5m: 2_000, write1h: 3_000, cacheRead: 4_000, output: 500 }, 0.0248],
  ])('prices %s', (_, used, usd) => {
    expect(costOf(entry(), { ...noUsage, ...used })).toBeCloseTo(usd, 12);
  });

  it('is null for an unknown price, never 0', () => {
    expect(costOf(entry({ price: null }), noUsage)).toBeNull();
    expect(reserve(entry({ price: null }), 1, 1)).toBeNull();
  });

  it('is 0 for a flat model', () => {
    expect(costOf(entry({ price: 'flat' }), { ...noUsage, output: million })).toBe(0);
    expect(reserve(entry({ price: 'flat' }), million, million)).toBe(0);
  });

  it.each([
    ['at the step', { fresh: 40_000, cacheRead: 60_000 }, 0.092],
    ['one token above it, the whole request', { fresh: 40_001, cacheRead: 60_000 }, 0.46001],
  ])('re-prices %s', (_, used, usd) => {
    expect(costOf(stepped, { ...noUsage, ...used })).toBeCloseTo(usd, 12);
  });

  it('counts every input class towards the step', () => {
    const spread = { ...noUsage, fresh: 25_001, write5m: 25_000, write1h: 25_000, cacheRead: 25_000 };
    expect(costOf(stepped, spread)).toBeCloseTo((25_001 * 10 + 25_000 * (12.5 + 20 + 1)) / million, 12);
  });
});

describe('reserve', () => {
  it('assumes that the whole prompt is written to the cache and all output is used', () => {
    expect(reserve(entry(), 10_000, 2_000)).toBeCloseTo(0.045, 12);
    expect(reserve(entry(), 10_000, 2_000, '1h')).toBeCloseTo(0.06, 12);
  });

  it('assumes plain input where writing is cheaper', () => {
    const price = { in: 3, out: 0, cacheRead: 0, write5m: 1, write1h: 1, source: 'test', asOf: '2026-01-01' };
    expect(reserve(entry({ price }), million, 0)).toBe(3);
  });

  it('is never less than what a request of that size costs', () => {
    const sizes = fc.record({
      fresh: fc.nat(60_000),
      write5m: fc.nat(60_000),
      write1h: fc.nat(60_000),
      cacheRead: fc.nat(60_000),
      output: fc.nat(30_000),
    });
    fc.assert(
      fc.property(sizes, (used) => {
        const reserved = reserve(stepped, promptTokensOf(used), used.output, '1h') ?? 0;
        expect(reserved + 1e-12).toBeGreaterThanOrEqual(costOf(stepped, used) ?? Infinity);
      }),
    );
  });
});

it('usages add up class by class', () => {
  const one = { fresh: 1, write5m: 2, write1h: 3, cacheRead: 4, output: 5 };
  expect(addUsage(one, one)).toEqual({ fresh: 2, write5m: 4, write1h: 6, cacheRead: 8, output: 10 });
  expect([promptTokensOf(one), tokensOf(one)]).toEqual([10, 15]);
});
