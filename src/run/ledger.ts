import type { Role } from '../plan/plan.ts';
import { type ObservedTokens, observedTokens } from '../spec/observed-tokens.ts';
import type { EventData, RunEvent } from './events.ts';

/** What was spent so far; unknown prices make a sum unknown, never smaller. */
export interface Ledger {
  note(event: RunEvent): void;
  costOf(story: string): number | null;
  /** Who tried a story, asked and served model, and what it cost. */
  attemptsAt(story: string): readonly AttemptBill[];
  total(): Total;
  /** Mean tokens per attempt, refine and review in this run, as far as enough was seen. */
  observed(): ObservedTokens;
}

export interface AttemptBill {
  readonly n: number;
  readonly role: Role;
  readonly asked: string;
  readonly served: string | null;
  readonly costUsd: number | null;
}

export interface Total {
  /** What is known to be spent. Null when nothing at all has a known price. */
  readonly costUsd: number | null;
  readonly unpriced: number;
  readonly requests: number;
}

type Spent = Pick<EventData<'request.settled'>, 'story' | 'attempt' | 'costUsd'> & {
  readonly served: string | null;
  readonly count: number;
};

/** The latest requests say enough about what an attempt takes, and looking at them stays cheap in a long run. */
const maxObserved = 300;

/** Listens to the events of a run and adds them up. */
export function openLedger(): Ledger {
  const bills = new Map<string, readonly AttemptBill[]>();
  const costs = new Map<string, number | null>();
  const observed: EventData<'request.settled'>[] = [];
  let total: Total = { costUsd: null, unpriced: 0, requests: 0 };
  const book = ({ story, attempt, costUsd, served, count }: Spent): void => {
    total = added(total, costUsd, count);
    if (story === null) return;
    costs.set(story, sum(costs.get(story), costUsd));
    const before = bills.get(story) ?? [];
    bills.set(
      story,
      before.map((bill) => (bill.n === attempt ? charged(bill, costUsd, served) : bill)),
    );
  };
  const start = ({ story, attempt, role, model }: EventData<'attempt.started'>): void => {
    const bill: AttemptBill = { n: attempt, role, asked: model, served: null, costUsd: 0 };
    bills.set(story, [...(bills.get(story) ?? []), bill]);
  };
  return {
    note: ({ type, data }) => {
      if (type === 'attempt.started') start(data);
      if (type === 'request.settled') {
        book({ ...data, count: 1 });
        observed.push(data);
        if (observed.length > maxObserved) observed.shift();
      }
      if (type === 'agent.reported') book({ ...data, served: data.model, count: data.requests ?? 0 });
    },
    costOf: (story) => (costs.has(story) ? (costs.get(story) ?? null) : 0),
    attemptsAt: (story) => bills.get(story) ?? [],
    observed: () => observedTokens(observed),
    total: () => ({ ...total, costUsd: total.costUsd ?? (total.unpriced === 0 ? 0 : null) }),
  };
}

function added({ costUsd, unpriced, requests }: Total, cost: number | null, count: number): Total {
  if (cost === null) return { costUsd, unpriced: unpriced + 1, requests: requests + count };
  return { costUsd: (costUsd ?? 0) + cost, unpriced, requests: requests + count };
}

function charged(bill: AttemptBill, costUsd: number | null, served: string | null): AttemptBill {
  return { ...bill, served: served ?? bill.served, costUsd: sum(bill.costUsd, costUsd) };
}

function sum(before: number | null | undefined, costUsd: number | null): number | null {
  return before === null || costUsd === null ? null : (before ?? 0) + costUsd;
}
