import { describe, expect, it } from 'vitest';
import type { ModelEntry, Price, Usage } from '../../src/models/model.ts';
import {
  assumedAttempt,
  assumedCounts,
  assumedRefine,
  assumedReview,
  attemptUsd,
  extraDelegateTurns,
  oneShotUsd,
  type Rates,
  refinePays,
  reviewPays,
  type SplitFigures,
  savingUsd,
  soloUsd,
  splitFigures,
  splitUsd,
} from '../../src/spec/economics.ts';
import { nothingObserved } from '../../src/spec/observed-tokens.ts';
import { entry } from '../models/builders.ts';

/** Prices per million tokens with the factor of cache reads; writes for five minutes cost a quarter more. */
const rates = (input: number, out: number, read = 0.1): Rates => ({
  in: input,
  out,
  cacheRead: input * read,
  write: input * 1.25,
});

const full = { refine: { fresh: 3_000, output: 2_500 }, review: { fresh: 9_000, output: 1_800 } };
const lean = { refine: assumedRefine, review: assumedReview };

interface Ways {
  readonly steps?: typeof full | null;
  readonly turns?: number;
  readonly extra?: number;
  readonly counts?: Partial<SplitFigures>;
}

/** Refine and review null: the delegate is sent out as it is and relies on the checks. */
function figures(
  strong: Rates,
  fast: Rates,
  { steps = lean, turns = 18, extra, counts = {} }: Ways = {},
): SplitFigures {
  const more = extra ?? extraDelegateTurns;
  const steered =
    steps === null
      ? { refineUsd: 0, reviewUsd: 0, delegateAttempts: 1.2 }
      : {
          refineUsd: oneShotUsd(strong, steps.refine),
          reviewUsd: oneShotUsd(strong, steps.review),
        };
  return {
    ...assumedCounts,
    orchestratorUsd: attemptUsd(strong, { ...assumedAttempt, turns }),
    delegateUsd: attemptUsd(fast, { ...assumedAttempt, turns: turns + more }),
    ...steered,
    ...counts,
  } as SplitFigures;
}

/** How much more (or less) the split costs than the orchestrator alone, in whole percent. */
const percent = (split: SplitFigures): number => Math.round((splitUsd(split) / soloUsd(split) - 1) * 100);

const rarely = { delegateAttempts: 1.15, reviews: 1.15, escalation: 0.05 };
const opus = rates(5, 25);
const cheapReads = rates(4, 20, 0.05);
const haiku = rates(1, 5);
const tiny = rates(0.1, 0.5);
const sonnet = rates(2, 10);
const dear = rates(10, 50, 0.025);

describe('one attempt', () => {
  it('costs what was published for its tokens', () => {
    expect(attemptUsd(opus)).toBeCloseTo(0.669, 3);
  });

  it.each([
    [36, 0.935],
    [24, 0.758],
    [18, 0.669],
    [12, 0.576],
    [9, 0.527],
  ])('the same text in %i turns costs %f', (turns, usd) => {
    const shape = { ...assumedAttempt, turns, output: (450 * 18) / turns, results: (1_600 * 18) / turns };
    expect(attemptUsd(opus, shape)).toBeCloseTo(usd, 3);
  });
});

describe('the split against the orchestrator alone', () => {
  it.each([
    ['10/50 to 0.1/0.5', dear, tiny, 1.087, -51, -66, -87],
    ['4/20 to 0.1/0.5', cheapReads, tiny, 0.486, -51, -65, -85],
    ['5/25 to 1/5', opus, haiku, 0.735, -26, -37, -61],
    ['4/20 to 1/5', cheapReads, haiku, 0.486, -3, -17, -47],
    ['10/50 to 2/10', dear, sonnet, 1.087, -6, -21, -51],
    ['4/20 to 2/10', cheapReads, sonnet, 0.486, 50, 36, -4],
    ['5/25 to 3/15', opus, rates(3, 15), 0.735, 44, 33, -5],
  ])('%s', (_, strong, fast, solo, inFull, inLean, without) => {
    expect(soloUsd(figures(strong, fast))).toBeCloseTo(solo, 3);
    expect([full, lean, null].map((steps) => percent(figures(strong, fast, { steps })))).toEqual([
      inFull,
      inLean,
      without,
    ]);
  });

  it.each<[string, Rates, Rates, Ways, number]>([
    ['5/25 to 1/5, fewer attempts and reviews', opus, haiku, { counts: { delegateAttempts: 1.2, reviews: 1.1 } }, -45],
    ['5/25 to 1/5, half the reviews', opus, haiku, { counts: { delegateAttempts: 1.2, reviews: 0.55 } }, -50],
    ['4/20 to 2/10, few of everything', cheapReads, sonnet, { counts: rarely }, 4],
    ['4/20 to 2/10, at equal turns', cheapReads, sonnet, { counts: rarely, extra: 0 }, -14],
    ['5/25 to 3/15, few of everything', opus, rates(3, 15), { counts: rarely }, 1],
    ['5/25 to 3/15, at equal turns', opus, rates(3, 15), { counts: rarely, extra: 0 }, -17],
  ])('%s', (_, strong, fast, ways, expected) => {
    expect(percent(figures(strong, fast, ways))).toBe(expected);
  });

  const turns = [4, 6, 8, 10, 14, 18, 30];
  it.each<[string, Rates, Rates, typeof full | null, readonly number[]]>([
    ['5/25 to 1/5, lean', opus, haiku, lean, [60, 19, -2, -15, -29, -37, -48]],
    ['5/25 to 1/5, checks alone', opus, haiku, null, [-43, -51, -54, -57, -59, -61, -63]],
    ['4/20 to 0.1/0.5, lean', cheapReads, tiny, lean, [14, -20, -37, -47, -58, -65, -74]],
    ['4/20 to 2/10, lean', cheapReads, sonnet, lean, [165, 109, 81, 64, 46, 36, 25]],
    ['4/20 to 2/10, checks alone', cheapReads, sonnet, null, [38, 19, 10, 4, -1, -4, -6]],
  ])('by the turns a story needs: %s', (_, strong, fast, steps, expected) => {
    const found = turns.map((count) => percent(figures(strong, fast, { steps, turns: count })));
    for (const [at, value] of found.entries())
      expect(Math.abs(value - (expected[at] ?? 0)), `${turns[at]} turns`).toBeLessThanOrEqual(1);
  });

  it.each([
    [0, -78],
    [0.12, -65],
    [0.25, -52],
    [0.4, -36],
    [0.5, -26],
    [0.6, -15],
  ])('by escalation: %f', (escalation, expected) => {
    const counts = { escalation, delegateAttempts: 1.2 + 1.5 * escalation, reviews: 1.1 + escalation };
    const found = percent(figures(cheapReads, tiny, { counts }));
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1);
  });
});

describe('is a step worth its price?', () => {
  it.each<[string, Rates, Rates, Ways, boolean, boolean]>([
    ['a cheap delegate', cheapReads, tiny, {}, true, true],
    ['a delegate at a fifth', opus, haiku, {}, true, true],
    ['a short story at a fifth: the refine pays, the review after it does not', opus, haiku, { turns: 5 }, true, false],
    ['a delegate at half the price', cheapReads, sonnet, {}, false, false],
    ['a tiny story', opus, haiku, { turns: 2 }, false, false],
  ])('%s', (_, strong, fast, ways, refine, review) => {
    const split = figures(strong, fast, ways);
    expect([refinePays(split), reviewPays(split, refinePays(split))]).toEqual([refine, review]);
  });

  it('what costs nothing is never skipped, whatever the saving', () => {
    const free = { ...figures(cheapReads, sonnet), refineUsd: 0, reviewUsd: 0, orchestratorUsd: 0 };
    expect(savingUsd(free)).toBeLessThan(0);
    expect([refinePays(free), reviewPays(free, true)]).toEqual([true, true]);
  });

  it('a refine that was skipped is not paid for', () => {
    const split = { ...figures(opus, haiku), refineUsd: savingUsd(figures(opus, haiku)) };
    expect([reviewPays(split, true), reviewPays(split, false)]).toEqual([false, true]);
  });
});

describe('the figures of a pair of models', () => {
  const priced = (price: Partial<Price> | 'flat' | null): ModelEntry =>
    entry({
      price:
        price === null || price === 'flat'
          ? price
          : {
              in: 5,
              out: 25,
              cacheRead: 0.5,
              write5m: 6.25,
              write1h: 10,
              source: 'test',
              asOf: '2026-01-01',
              ...price,
            },
    });
  const strong = priced({});
  const fast = priced({ in: 1, out: 5, cacheRead: 0.1, write5m: 1.25, write1h: 2 });
  const usage: Usage = { fresh: 1_000, write5m: 2_000, write1h: 0, cacheRead: 10_000, output: 1_000 };

  it('are the assumed ones until tokens were observed', () => {
    expect(splitFigures({ orchestrator: strong, delegate: fast }, nothingObserved)).toEqual(figures(opus, haiku));
  });

  it('price the same work for both once a role was observed', () => {
    const found = splitFigures({ orchestrator: strong, delegate: fast }, { ...nothingObserved, orchestrator: usage });
    expect((found?.orchestratorUsd ?? 0) / (found?.delegateUsd ?? 1)).toBeCloseTo(5, 6);
  });

  it('take what a refine and a review really used', () => {
    const found = splitFigures(
      { orchestrator: strong, delegate: fast },
      { ...nothingObserved, refine: usage, review: usage },
    );
    expect(found?.refineUsd).toBeCloseTo(0.0475, 6);
    expect(found?.reviewUsd).toBe(found?.refineUsd);
  });

  it('are not known where a price is not', () => {
    expect(splitFigures({ orchestrator: priced(null), delegate: fast }, nothingObserved)).toBeNull();
    expect(splitFigures({ orchestrator: strong, delegate: priced(null) }, nothingObserved)).toBeNull();
  });

  it('count a flat price as nothing', () => {
    const found = splitFigures({ orchestrator: priced('flat'), delegate: priced('flat') }, nothingObserved);
    expect(found === null ? null : [soloUsd(found), splitUsd(found)]).toEqual([0, 0]);
  });
});
