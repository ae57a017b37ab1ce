import { describe, expect, it } from 'vitest';
import type { EventData } from '../../src/run/events.ts';
import { nothingObserved, observedTokens } from '../../src/spec/observed-tokens.ts';

type Settled = EventData<'request.settled'>;

const settled = (fields: Partial<Settled>): Settled => ({
  request: 'r',
  story: 'US-1',
  attempt: 1,
  step: 'implement',
  role: 'delegate',
  model: 'm',
  served: 'm',
  outcome: 'end_turn',
  usage: { fresh: 100, write5m: 10, write1h: 0, cacheRead: 1_000, output: 50 },
  costUsd: 0,
  durationMs: 1,
  ...fields,
});

describe('observedTokens', () => {
  it('says nothing of nothing, and nothing of a single attempt', () => {
    expect(observedTokens([])).toEqual(nothingObserved);
    expect(observedTokens([settled({}), settled({ request: 's' })])).toEqual(nothingObserved);
  });

  it('is the mean of attempts, each the sum of its requests', () => {
    const seen = observedTokens([settled({}), settled({ request: 's' }), settled({ story: 'US-2' })]);
    expect(seen.delegate).toEqual({ fresh: 150, write5m: 15, write1h: 0, cacheRead: 1_500, output: 75 });
    expect(seen.orchestrator).toBeNull();
  });

  it('keeps roles and steps apart', () => {
    const of = (fields: Partial<Settled>): Settled[] => [settled(fields), settled({ ...fields, story: 'US-2' })];
    const seen = observedTokens([
      ...of({ role: 'orchestrator' }),
      ...of({ role: 'orchestrator', step: 'review' }),
      ...of({ role: 'orchestrator', step: 'diagnose' }),
    ]);
    expect(Object.entries(seen).map(([step, usage]) => [step, usage !== null])).toEqual([
      ['orchestrator', true],
      ['delegate', false],
      ['refine', false],
      ['review', true],
    ]);
  });

  it('leaves out what nobody knows: requests without usage, and batches that belong to no story', () => {
    const batch = { step: 'refine', role: 'orchestrator', story: null, attempt: null } as const;
    const seen = observedTokens([settled({}), settled({ story: 'US-2', usage: null }), settled(batch), settled(batch)]);
    expect(seen).toEqual(nothingObserved);
  });
});
