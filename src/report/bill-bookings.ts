import { addUsage, noUsage, tokensOf } from '../models/cost.ts';
import type { Usage } from '../models/model.ts';
import type { EventData, JournalRecord } from '../run/events.ts';

export type BilledStep = EventData<'request.settled'>['step'];

/** One request, or all that an external agent reported of an attempt. */
export interface Booking {
  readonly story: string | null;
  readonly attempt: number | null;
  readonly step: BilledStep;
  readonly role: 'orchestrator' | 'delegate';
  readonly model: string;
  /** Model that answered; null when nobody said. */
  readonly served: string | null;
  /** Null when an external agent did not say. */
  readonly requests: number | null;
  /** Null: nobody knows what it used. */
  readonly usage: Usage | null;
  /** USD; null when the price is unknown. */
  readonly costUsd: number | null;
  /** Nobody knows whether it was answered: booked at what it may cost at most. */
  readonly inDoubt: boolean;
}

/** What some bookings come to. */
export interface Sum {
  readonly requests: number | null;
  readonly usage: Usage;
  /** USD of the calls whose price is known; null when there are calls and none has a price. */
  readonly costUsd: number | null;
  /** Calls whose price nobody knows: never counted as $0. */
  readonly unpriced: number;
  /** Calls that used tokens and cost nothing extra: a subscription or a model of one's own. */
  readonly flat: number;
  /** Calls without a known outcome; their reservations are part of `costUsd`. */
  readonly inDoubt: number;
}

/** Every request of a run, in the order it was sent; one that was never answered stands at its reservation. */
export function bookingsOf(records: readonly JournalRecord[]): readonly Booking[] {
  const bookings = new Map<string, Booking>();
  for (const { type, data, seq } of records) {
    if (type === 'request.sent') bookings.set(data.request, unanswered(data));
    if (type === 'request.settled') bookings.set(data.request, settled(data));
    if (type === 'agent.reported') bookings.set(`agent ${seq}`, reported(data));
  }
  return [...bookings.values()];
}

export function sumOf(bookings: readonly Booking[]): Sum {
  const costs = bookings.flatMap(({ costUsd }) => costUsd ?? []);
  const requests = bookings.map((booking) => booking.requests);
  return {
    requests: requests.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0),
    usage: bookings.reduce((all, { usage }) => addUsage(all, usage ?? noUsage), noUsage),
    costUsd: bookings.length > 0 && costs.length === 0 ? null : costs.reduce((all, one) => all + one, 0),
    unpriced: bookings.length - costs.length,
    flat: bookings.filter(isFlat).length,
    inDoubt: bookings.filter(({ inDoubt }) => inDoubt).length,
  };
}

/** Bookings by what `keyOf` says of them, in the order in which each key came first. */
export function grouped<Key>(
  bookings: readonly Booking[],
  keyOf: (booking: Booking) => Key,
): ReadonlyMap<Key, Booking[]> {
  const groups = new Map<Key, Booking[]>();
  for (const booking of bookings) {
    const key = keyOf(booking);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [booking]);
    else group.push(booking);
  }
  return groups;
}

function unanswered({ story, attempt, step, role, model, reservedUsd }: EventData<'request.sent'>): Booking {
  const about = { story, attempt, step, role, model };
  return { ...about, served: null, requests: 1, usage: null, costUsd: reservedUsd, inDoubt: true };
}

function settled({ story, attempt, step, role, model, served, usage, costUsd }: EventData<'request.settled'>): Booking {
  // What was refused before it was processed costs nothing; without usage, any other sum is the reservation.
  const inDoubt = usage === null && costUsd !== 0;
  return { story, attempt, step, role, model, served, requests: 1, usage, costUsd, inDoubt };
}

function reported({ story, attempt, role, model, usage, costUsd, requests }: EventData<'agent.reported'>): Booking {
  return { story, attempt, step: 'implement', role, model, served: null, requests, usage, costUsd, inDoubt: false };
}

function isFlat({ costUsd, usage }: Booking): boolean {
  return costUsd === 0 && usage !== null && tokensOf(usage) > 0;
}
