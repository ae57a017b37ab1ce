import { addUsage, noUsage } from '../models/cost.ts';
import type { Usage } from '../models/model.ts';
import type { EventData } from '../run/events.ts';

/** Mean tokens of what was seen so far: per attempt of a role, per refine and review of a story. Null: too little seen. */
export interface ObservedTokens {
  readonly orchestrator: Usage | null;
  readonly delegate: Usage | null;
  readonly refine: Usage | null;
  readonly review: Usage | null;
}

type Settled = EventData<'request.settled'>;

/** One attempt may be an outlier; two already say more than an assumption. */
const fewest = 2;

/** Adds up settled requests. Requests without usage are left out: what they used is not known. */
export function observedTokens(settled: readonly Settled[]): ObservedTokens {
  const of = (wanted: (one: Settled) => boolean): Usage | null => mean(settled.filter(wanted));
  return {
    orchestrator: of(({ step, role }) => step === 'implement' && role === 'orchestrator'),
    delegate: of(({ step, role }) => step === 'implement' && role === 'delegate'),
    // A batch is booked on no story: its price is not that of one.
    refine: of(({ step, story }) => step === 'refine' && story !== null),
    review: of(({ step }) => step === 'review'),
  };
}

export const nothingObserved: ObservedTokens = { orchestrator: null, delegate: null, refine: null, review: null };

function mean(requests: readonly Settled[]): Usage | null {
  const sums = new Map<string, Usage>();
  for (const { story, attempt, usage } of requests) {
    const key = JSON.stringify([story, attempt]);
    if (usage !== null) sums.set(key, addUsage(sums.get(key) ?? noUsage, usage));
  }
  if (sums.size < fewest) return null;
  return scaled([...sums.values()].reduce(addUsage, noUsage), 1 / sums.size);
}

function scaled({ fresh, write5m, write1h, cacheRead, output }: Usage, by: number): Usage {
  const whole = (tokens: number): number => Math.round(tokens * by);
  return {
    fresh: whole(fresh),
    write5m: whole(write5m),
    write1h: whole(write1h),
    cacheRead: whole(cacheRead),
    output: whole(output),
  };
}
