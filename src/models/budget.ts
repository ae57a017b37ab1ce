import { broken } from '../host/crash-point.ts';
import {
  type Amount,
  amountOf,
  type BudgetLimits,
  type BudgetScope,
  type Left,
  type Outcome,
  openAccounts,
  type Spending,
} from './accounts.ts';
import { reserve } from './cost.ts';
import { type BudgetAsk, type Headroom, headroom, type Shortage } from './headroom.ts';
import type { ModelEntry, Purpose } from './model.ts';

export interface Reservation {
  readonly model: ModelEntry;
  readonly purpose: Purpose;
  /** What the request may cost at most; null when the model has no known price. */
  readonly usd: number | null;
  readonly tokens: number;
  /** What is left of the wanted `max_tokens`. */
  readonly maxTokens: number;
}

export type Booking =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  | { readonly kind: 'refused'; readonly scope: BudgetScope; readonly because: Shortage }
  | { readonly kind: 'aborted' };

export interface Budget {
  /**
   * Holds what the request may cost at most, in every scope it belongs to, before it is sent. Lowers `max_tokens` to what
   * fits, never below the floor. Waits while requests under way hold what is missing; refuses when even their return
   * would not be enough. A reservation that is never settled (crash) stays booked.
   */
  reserve(ask: BudgetAsk, signal?: AbortSignal): Promise<Booking>;
  /** Books what was used and frees the rest. Returns the USD booked, null if unpriced. Harmless when called twice. */
  settle(reservation: Reservation, outcome: Outcome): number | null;
  /** Counts what an earlier run or an external agent has spent. */
  book(purpose: Purpose, spent: Amount): void;
  /** Settled and reserved together. */
  spent(scope: BudgetScope, purpose: Purpose): Spending;
}

/** Output tokens that a call must be able to buy before anything is known about its role. */
export const smallestOutput = 1_024;

/**
 * Money and tokens of one run. All workers share it; a booking is one step that no other can interleave. `smallestFloor`
 * is the least output worth asking for before anything is known about a role.
 */
export function openBudget(limits: BudgetLimits, smallestFloor = smallestOutput): Budget {
  const accounts = openAccounts();
  const open = new Set<Reservation>();
  const outputs = outputSizes(smallestFloor);
  const settlement = bell();
  const hold = (ask: BudgetAsk, maxTokens: number): Reservation => {
    const reservation = reservationFor(ask, maxTokens);
    accounts.hold(ask.purpose, reservation);
    open.add(reservation);
    return reservation;
  };
  return {
    reserve: async (ask, signal) => {
      for (;;) {
        if (signal?.aborted) return { kind: 'aborted' };
        const floor = Math.min(ask.maxTokens, outputs.floor(ask.purpose.role));
        if (__PRD_TEST__ && broken('no-reservation'))
          return { kind: 'reserved', reservation: hold(ask, ask.maxTokens) };
        const answer = decide(ask, accounts.left(ask.purpose, limits), floor, needsTokenLimit(ask.model, limits));
        if (answer.kind === 'fits') return { kind: 'reserved', reservation: hold(ask, answer.maxTokens) };
        if (answer.kind === 'refused') return answer;
        await settlement.next(signal);
      }
    },
    settle: (reservation, outcome) => {
      const amount = amountOf(reservation.model, outcome, reservation);
      if (!open.delete(reservation)) return amount.usd;
      accounts.release(reservation.purpose, reservation);
      if (outcome !== 'unused') accounts.book(reservation.purpose, amount);
      if (typeof outcome === 'object') outputs.note(reservation.purpose.role, outcome.output);
      settlement.ring();
      return amount.usd;
    },
    book: (purpose, spent) => accounts.book(purpose, spent),
    spent: (scope, purpose) => accounts.spent(scope, purpose),
  };
}

/** True when a money limit cannot be kept for this model, because nobody knows its price and no token limit is set. */
export function needsTokenLimit(model: ModelEntry, limits: BudgetLimits): boolean {
  const set = Object.values(limits);
  return model.price === null && set.some(({ usd }) => usd !== null) && !set.some(({ tokens }) => tokens !== null);
}

type Decision = (Headroom & { kind: 'fits' }) | Exclude<Booking, { kind: 'reserved' | 'aborted' }> | { kind: 'wait' };

function decide(ask: BudgetAsk, left: readonly Left[], floor: number, unpriced: boolean): Decision {
  if (unpriced) return { kind: 'refused', scope: 'run', because: 'unpriced' };
  let maxTokens = ask.maxTokens;
  let wait = false;
  for (const { scope, now, atBest } of left) {
    const found = headroom(ask, now, floor);
    if (found.kind === 'fits') maxTokens = Math.min(maxTokens, found.maxTokens);
    else if (headroom(ask, atBest, floor).kind === 'short') return { kind: 'refused', scope, because: found.of };
    else wait = true;
  }
  return wait ? { kind: 'wait' } : { kind: 'fits', maxTokens };
}

function reservationFor({ model, purpose, promptTokens, ttl }: BudgetAsk, maxTokens: number): Reservation {
  return {
    model,
    purpose,
    usd: reserve(model, promptTokens, maxTokens, ttl),
    tokens: promptTokens + maxTokens,
    maxTokens,
  };
}

/** A cut answer is worth nothing, so output is never squeezed below twice what this role usually writes (p90). */
function outputSizes(smallest: number) {
  const sizes = new Map<string, number[]>();
  return {
    note: (role: string, output: number): void => {
      sizes.set(
        role,
        [...(sizes.get(role) ?? []), output].sort((a, b) => a - b),
      );
    },
    floor: (role: string): number => {
      const seen = sizes.get(role) ?? [];
      return Math.max(smallest, 2 * (seen[Math.ceil(seen.length * 0.9) - 1] ?? 0));
    },
  };
}

/** Wakes everybody who waits for the next settlement. */
function bell() {
  const waiting = new Set<() => void>();
  const next = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  const ring = (): void => {
    for (const wake of [...waiting]) wake();
  };
  return { next, ring };
}
