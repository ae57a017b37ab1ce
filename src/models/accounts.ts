import { costOf, tokensOf } from './cost.ts';
import type { Allowance } from './headroom.ts';
import type { ModelEntry, Purpose, Usage } from './model.ts';

export type BudgetScope = 'run' | 'story' | 'attempt';

/** What was spent. Requests without a known price are counted in `unpriced`, never as $0. */
export interface Spending {
  readonly usd: number;
  readonly tokens: number;
  readonly unpriced: number;
}

export interface Amount {
  /** null: unpriced. */
  readonly usd: number | null;
  readonly tokens: number;
}

/** How a request ended for the books: what it used, that it was never processed, or that nobody knows. */
export type Outcome = Usage | 'unused' | 'unknown';

export interface Accounts {
  hold(purpose: Purpose, amount: Amount): void;
  release(purpose: Purpose, amount: Amount): void;
  book(purpose: Purpose, amount: Amount): void;
  /** Booked and held together. */
  spent(scope: BudgetScope, purpose: Purpose): Spending;
  /** What is left of each scope's limit; `atBest` as if nothing were held. */
  left(purpose: Purpose, limits: BudgetLimits): readonly Left[];
}

export type BudgetLimits = Readonly<Partial<Record<BudgetScope, Allowance>>>;

export interface Left {
  readonly scope: BudgetScope;
  readonly now: Allowance;
  readonly atBest: Allowance;
}

interface Account {
  readonly scope: BudgetScope;
  readonly booked: { usd: number; tokens: number; unpriced: number };
  readonly held: { usd: number; tokens: number };
}

/** One account per run, story and attempt; every amount goes to all the accounts its purpose belongs to. */
export function openAccounts(): Accounts {
  const accounts = new Map<string, Account>();
  const belongingTo = (purpose: Purpose): readonly Account[] =>
    scopeKeys(purpose).map(({ scope, key }) => {
      const account = accounts.get(key) ?? emptyAccount(scope);
      accounts.set(key, account);
      return account;
    });
  return {
    hold: (purpose, amount) => {
      for (const { held } of belongingTo(purpose)) add(held, amount, 1);
    },
    release: (purpose, amount) => {
      for (const { held } of belongingTo(purpose)) add(held, amount, -1);
    },
    book: (purpose, amount) => {
      for (const { booked } of belongingTo(purpose)) enter(booked, amount);
    },
    spent: (scope, purpose) =>
      spentIn(belongingTo(purpose).find((account) => account.scope === scope) ?? emptyAccount(scope)),
    left: (purpose, limits) =>
      belongingTo(purpose).map((account) => leftIn(account, limits[account.scope] ?? unlimited)),
  };
}

/** What the outcome of a request adds to the books; what nobody knows counts as the most it could have been. */
export function amountOf(model: ModelEntry, outcome: Outcome, reserved: Amount): Amount {
  if (outcome === 'unknown') return reserved;
  if (outcome === 'unused') return { usd: 0, tokens: 0 };
  return { usd: costOf(model, outcome), tokens: tokensOf(outcome) };
}

const unlimited: Allowance = { usd: null, tokens: null };

function emptyAccount(scope: BudgetScope): Account {
  return { scope, booked: { usd: 0, tokens: 0, unpriced: 0 }, held: { usd: 0, tokens: 0 } };
}

function scopeKeys({ story, attempt }: Purpose): readonly { scope: BudgetScope; key: string }[] {
  const run = { scope: 'run', key: 'run' } as const;
  if (story === null) return [run];
  const ofStory = { scope: 'story', key: JSON.stringify([story]) } as const;
  if (attempt === null) return [run, ofStory];
  return [run, ofStory, { scope: 'attempt', key: JSON.stringify([story, attempt]) }];
}

function add(sum: { usd: number; tokens: number }, { usd, tokens }: Amount, sign: 1 | -1): void {
  sum.usd += sign * (usd ?? 0);
  sum.tokens += sign * tokens;
}

function enter(booked: Account['booked'], amount: Amount): void {
  add(booked, amount, 1);
  if (amount.usd === null) booked.unpriced += 1;
}

function spentIn({ booked, held }: Account): Spending {
  return { usd: booked.usd + held.usd, tokens: booked.tokens + held.tokens, unpriced: booked.unpriced };
}

function leftIn({ scope, booked, held }: Account, limit: Allowance): Left {
  const minus = (usd: number, tokens: number): Allowance => ({
    usd: limit.usd === null ? null : limit.usd - usd,
    tokens: limit.tokens === null ? null : limit.tokens - tokens,
  });
  return {
    scope,
    now: minus(booked.usd + held.usd, booked.tokens + held.tokens),
    atBest: minus(booked.usd, booked.tokens),
  };
}
