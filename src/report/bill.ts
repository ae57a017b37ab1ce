import type { ModelEntry } from '../models/model.ts';
import type { JournalRecord } from '../run/events.ts';
import { type Alone, aloneOf } from './bill-alone.ts';
import { type BilledStep, type Booking, bookingsOf, grouped, type Sum, sumOf } from './bill-bookings.ts';

/** What a run used and cost, by everything one may want to know it by. Sums of all `by` lists are the same. */
export interface Bill {
  readonly total: Sum;
  readonly byModel: readonly (Sum & Pick<Booking, 'role' | 'model'>)[];
  readonly byStep: readonly (Sum & { readonly step: BilledStep })[];
  readonly byStory: readonly StoryBill[];
  /** Input tokens read from the cache, as a share of all input; null without any input. */
  readonly cacheHitShare: number | null;
  /** USD, part of the total: what the calls without a known outcome may cost at most; null when one is unpriced. */
  readonly inDoubtUsd: number | null;
  /** Calls that another model answered than the one that was asked. */
  readonly swaps: readonly Swap[];
  readonly alone: Alone;
}

export interface StoryBill extends Sum {
  /** Null: asked for several stories at once. */
  readonly story: string | null;
  readonly steps: readonly (Sum & { readonly step: BilledStep })[];
}

export interface Swap {
  readonly asked: string;
  readonly served: string;
  readonly requests: number;
}

/** What the bill must know of models: the entry of the orchestrator, whose prices the comparison takes. */
export interface PriceList {
  entry(name: string): ModelEntry | null;
}

const stepOrder: readonly BilledStep[] = ['refine', 'implement', 'review', 'diagnose', 'lint'];

/** The bill of a run from its records, live or read from a journal. */
export function billOf(records: readonly JournalRecord[], prices: PriceList): Bill {
  const bookings = bookingsOf(records);
  const doubtful = bookings.filter(({ inDoubt }) => inDoubt);
  return {
    total: sumOf(bookings),
    byModel: byModel(bookings),
    byStep: byStep(bookings),
    byStory: [...grouped(bookings, ({ story }) => story)].map(([story, own]) => ({
      story,
      ...sumOf(own),
      steps: byStep(own),
    })),
    cacheHitShare: cacheHitShare(sumOf(bookings)),
    inDoubtUsd: doubtful.some(({ costUsd }) => costUsd === null) ? null : sumOf(doubtful).costUsd,
    swaps: swapsIn(bookings),
    alone: aloneOf(records, bookings, prices.entry('orchestrator')),
  };
}

/** The part of some input that came from the cache, and all of it, in tokens. */
export function inputOf({ usage: { fresh, write5m, write1h, cacheRead } }: Pick<Sum, 'usage'>) {
  return { cached: cacheRead, all: fresh + write5m + write1h + cacheRead };
}

function byModel(bookings: readonly Booking[]): Bill['byModel'] {
  const groups = grouped(bookings, ({ role, model }) => JSON.stringify([role, model]));
  const lines = [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ role: first.role, model: first.model, ...sumOf(own) }];
  });
  // The orchestrator decides first.
  return lines.sort((a, b) => b.role.localeCompare(a.role) || a.model.localeCompare(b.model));
}

function byStep(bookings: readonly Booking[]): Bill['byStep'] {
  const groups = grouped(bookings, ({ step }) => step);
  return stepOrder.flatMap((step) => {
    const own = groups.get(step);
    return own === undefined ? [] : [{ step, ...sumOf(own) }];
  });
}

function cacheHitShare(total: Sum): number | null {
  const { cached, all } = inputOf(total);
  return all === 0 ? null : cached / all;
}

function swapsIn(bookings: readonly Booking[]): readonly Swap[] {
  const swapped = bookings.filter(({ model, served }) => served !== null && !isSame(model, served));
  const groups = grouped(swapped, ({ model, served }) => JSON.stringify([model, served]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first?.served ? [{ asked: first.model, served: first.served, requests: own.length }] : [];
  });
}

/** Providers answer for `model-4` as `model-4-20261001`: the same model, by its date. */
function isSame(asked: string, served: string): boolean {
  return asked === served || (served.startsWith(`${asked}-`) && /^-(?:\d{8}|latest)$/.test(served.slice(asked.length)));
}
