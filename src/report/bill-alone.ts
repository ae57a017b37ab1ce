import { costOf } from '../models/cost.ts';
import type { ModelEntry } from '../models/model.ts';
import type { JournalRecord } from '../run/events.ts';
import { type Booking, sumOf } from './bill-bookings.ts';

/**
 * What the orchestrator alone would have paid for the stories that landed: two estimates, never more than that. Null is
 * unknown: nothing was delegated, nothing landed, or a price or a count is missing.
 */
export interface Alone {
  readonly delegated: number;
  /** Delegated stories that the orchestrator took over. */
  readonly escalated: number;
  /** Stories that landed and whose tokens are known: what is compared. */
  readonly compared: number;
  /** USD that they cost, all steps and attempts. */
  readonly splitUsd: number | null;
  /** USD: tokens of the attempts that landed at the orchestrator's prices, without refine, review and diagnosis. */
  readonly sameTokensUsd: number | null;
  /** USD: as many stories at the mean of those it built itself. */
  readonly ownTokensUsd: number | null;
  readonly ownStories: number;
  /** Share of `sameTokensUsd` that was saved; negative when the split cost more. */
  readonly savedShare: number | null;
  /** What to do about a split that cost more. */
  readonly advice: Advice | null;
}

export type Advice = 'escalations' | 'overhead' | 'delegate-price';

/** One story of its own may be an outlier. */
const fewestOwn = 2;
/** From about here on a delegate costs more than it saves, at any usual price. */
const highEscalation = 0.45;

/** A smaller share is no difference. */
export const noticeable = 0.005;

/** Compares what landed with the orchestrator alone; `orchestrator` null: nobody knows its prices. */
export function aloneOf(
  records: readonly JournalRecord[],
  bookings: readonly Booking[],
  orchestrator: ModelEntry | null,
): Alone {
  const stories = storiesOf(records);
  const landed = [...stories.landed].map(([story, attempt]) => ({ story, work: workOf(story, attempt, bookings) }));
  const compared = landed.filter(({ work }) => work.length > 0);
  const names = new Set(compared.map(({ story }) => story));
  const { delegated, escalated } = stories;
  const counts = { delegated: delegated.size, escalated: escalated.size, compared: compared.length };
  const own = compared.filter(({ story }) => !delegated.has(story));
  const split = bookings.filter(({ story }) => story === null || names.has(story));
  const splitUsd = compared.length === 0 ? null : known(split);
  const sameTokensUsd = priced(
    compared.flatMap(({ work }) => work),
    orchestrator,
  );
  const ownUsd = own.length < fewestOwn ? null : priced(bookings.filter(isOwn(own)), orchestrator);
  const ownTokensUsd = ownUsd === null ? null : (ownUsd / own.length) * compared.length;
  const figures = { ...counts, splitUsd, sameTokensUsd, ownTokensUsd, ownStories: own.length };
  const savedShare = delegated.size === 0 ? null : shareSaved(splitUsd, sameTokensUsd);
  const advice = savedShare === null || savedShare > -noticeable ? null : adviceFor(figures, split);
  return { ...figures, savedShare, advice };
}

interface Stories {
  readonly delegated: ReadonlySet<string>;
  readonly escalated: ReadonlySet<string>;
  /** The attempt that landed, by story. */
  readonly landed: ReadonlyMap<string, number>;
}

function storiesOf(records: readonly JournalRecord[]): Stories {
  const delegated = new Set<string>();
  const escalated = new Set<string>();
  const landed = new Map<string, number>();
  for (const { type, data } of records) {
    if (type === 'story.started' && data.role === 'delegate') delegated.add(data.story);
    if (type === 'attempt.started' && data.role === 'orchestrator' && delegated.has(data.story))
      escalated.add(data.story);
    if (type === 'landing.done') landed.set(data.story, data.attempt);
  }
  return { delegated, escalated, landed };
}

/** Where a refinement's exact edits were all the work, its refine was the attempt. Empty: it was done in another run. */
function workOf(story: string, attempt: number, bookings: readonly Booking[]): readonly Booking[] {
  const own = bookings.filter((booking) => booking.story === story && !booking.inDoubt);
  const implement = own.filter((booking) => booking.step === 'implement' && booking.attempt === attempt);
  return implement.length > 0 ? implement : own.filter(({ step }) => step === 'refine');
}

function isOwn(own: readonly { readonly story: string }[]): (booking: Booking) => boolean {
  const names = new Set(own.map(({ story }) => story));
  return ({ story, step, inDoubt }) => story !== null && names.has(story) && step === 'implement' && !inDoubt;
}

/** USD at the orchestrator's prices, request by request, because a long prompt may have a price of its own. */
function priced(work: readonly Booking[], orchestrator: ModelEntry | null): number | null {
  if (work.length === 0 || orchestrator === null) return null;
  const costs = work.map(({ usage, costUsd }) => {
    // Refused before it was processed: nothing was used.
    if (usage === null) return costUsd === 0 ? 0 : null;
    return costOf(orchestrator, usage);
  });
  return costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

function known(bookings: readonly Booking[]): number | null {
  const { costUsd, unpriced } = sumOf(bookings);
  return unpriced === 0 ? costUsd : null;
}

function shareSaved(splitUsd: number | null, aloneUsd: number | null): number | null {
  return splitUsd === null || aloneUsd === null || aloneUsd === 0 ? null : 1 - splitUsd / aloneUsd;
}

function adviceFor(
  { delegated, escalated, splitUsd, sameTokensUsd }: Pick<Alone, 'delegated' | 'escalated'> & Partial<Alone>,
  split: readonly Booking[],
): Advice {
  if (escalated / delegated >= highEscalation) return 'escalations';
  const around = known(split.filter(({ step }) => step === 'refine' || step === 'review')) ?? 0;
  return (splitUsd ?? 0) - around < (sameTokensUsd ?? 0) ? 'overhead' : 'delegate-price';
}
