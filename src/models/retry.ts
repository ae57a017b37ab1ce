import { type Gates, openGates, type PassEnd } from './gate.ts';
import type { AskHooks, ModelFailure, ModelOutcome, ModelRequest, Models, Purpose } from './model.ts';
import { systemTime, type Time } from './time.ts';

/** All times in ms. */
export interface RetryPolicy {
  /** A wait is drawn from 0 up to this, doubled for each try before. */
  readonly baseMs: number;
  readonly capMs: number;
  readonly tries: number;
  /** From the first failure on. */
  readonly totalMs: number;
  /** A longer wait asked for by the endpoint is reported instead of waited for. */
  readonly obeyMs: number;
  /** Tries at an answer that cannot be read. */
  readonly malformedTries: number;
  /** Patience with an address where nobody has ever answered: a person is waiting to hear of a typing error. */
  readonly dead: { readonly tries: number; readonly totalMs: number };
}

export const retryPolicy: RetryPolicy = {
  baseMs: 1_000,
  capMs: 60_000,
  tries: 10,
  totalMs: 15 * 60_000,
  obeyMs: 5 * 60_000,
  malformedTries: 2,
  // A connect timeout takes 10 s: after the second one a user has waited 20.
  dead: { tries: 3, totalMs: 8_000 },
};

/** A pause before another try, for those who want to tell the user. */
export interface RetryWait {
  readonly purpose: Purpose;
  readonly model: string;
  readonly failure: ModelFailure;
  readonly tries: number;
  readonly waitMs: number;
}

export interface RetryOptions {
  readonly policy?: Partial<RetryPolicy>;
  readonly gates?: Gates;
  readonly time?: Time;
  readonly onWait?: (wait: RetryWait) => void;
}

/**
 * Asks again where that can help. The last failure comes back when it cannot: its `retryAfterMs` is set when the endpoint
 * asks for more patience than the policy has, and the caller then says until when it waits.
 */
export function withRetry(models: Models, options: RetryOptions = {}): Models {
  const shared: Shared = {
    models,
    policy: { ...retryPolicy, ...options.policy },
    gates: options.gates ?? openGates(options.time === undefined ? {} : { time: options.time }),
    time: options.time ?? systemTime,
    onWait: options.onWait ?? (() => {}),
  };
  return { ask: (request, hooks) => askUntilDone(shared, request, firstOnly(hooks ?? {})) };
}

interface Shared {
  readonly models: Models;
  readonly policy: RetryPolicy;
  readonly gates: Gates;
  readonly time: Time;
  readonly onWait: (wait: RetryWait) => void;
}

async function askUntilDone(shared: Shared, request: ModelRequest, hooks: AskHooks): Promise<ModelOutcome> {
  const { gates, time, policy } = shared;
  const gate = gates.gateOf(request.model);
  let firstFailure: number | null = null;
  for (let tries = 1; ; tries += 1) {
    const pass = await gate.enter(hooks.signal);
    if (pass === null) return aborted;
    const outcome = await shared.models.ask(request, hooks).catch((error: unknown) => {
      pass.leave({ kind: 'failed', heard: false });
      throw error;
    });
    firstFailure ??= time.now();
    const situation = { tries, elapsedMs: time.now() - firstFailure, heard: gate.state().heard || wasHeard(outcome) };
    const waitMs = outcome.kind === 'reply' ? null : nextWait(outcome, situation, policy, time.random());
    pass.leave(passEnd(outcome, waitMs));
    if (outcome.kind === 'reply') return outcome;
    if (waitMs === null) return lastWord(outcome, situation);
    shared.onWait({ purpose: request.purpose, model: request.model.id, failure: outcome, tries, waitMs });
    await time.sleep(waitMs, hooks.signal);
    if (hooks.signal?.aborted) return aborted;
  }
}

export interface RetrySituation {
  readonly tries: number;
  /** Since the first failure. */
  readonly elapsedMs: number;
  /** Something has come back from this address, now or before. */
  readonly heard: boolean;
}

/** Milliseconds until the next try, or null when there is none. `random` is in [0, 1). */
export function nextWait(
  failure: ModelFailure,
  situation: RetrySituation,
  policy: RetryPolicy,
  random: number,
): number | null {
  const patience = patienceWith(failure, situation, policy);
  if (patience === null || situation.tries >= patience.tries) return null;
  const asked = failure.retryAfterMs ?? 0;
  if (asked > policy.obeyMs) return null;
  const backoff = random * Math.min(policy.capMs, policy.baseMs * 2 ** (situation.tries - 1));
  // Never earlier than asked, and a little apart from the others who were asked the same.
  const wait = Math.max(backoff, asked + random * Math.min(policy.baseMs, asked / 10));
  return situation.elapsedMs + wait > patience.totalMs ? null : wait;
}

function patienceWith(failure: ModelFailure, { heard }: RetrySituation, policy: RetryPolicy) {
  switch (failure.failure) {
    case 'rate-limit':
    case 'overloaded':
    case 'stalled':
      return policy;
    case 'connection':
    case 'unreachable':
      return heard ? policy : policy.dead;
    case 'malformed':
      return { tries: policy.malformedTries, totalMs: policy.totalMs };
    case 'credentials':
    case 'spend-limit':
    case 'bad-request':
    case 'context-exceeded':
    case 'budget':
    case 'aborted':
      return null;
    default:
      return failure.failure satisfies never;
  }
}

/** Lines that only ever broke are no line at all: the next story would fail too. */
function lastWord(failure: ModelFailure, { heard }: RetrySituation): ModelFailure {
  return failure.failure === 'connection' && !heard ? { ...failure, failure: 'unreachable' } : failure;
}

function passEnd(outcome: ModelOutcome, waitMs: number | null): PassEnd {
  if (outcome.kind === 'reply') return { kind: 'answered' };
  if (outcome.failure === 'rate-limit') {
    const asked = outcome.retryAfterMs !== null && outcome.retryAfterMs > 0;
    return { kind: 'limited', askedMs: asked ? (waitMs ?? 0) : 0, backoffMs: waitMs ?? 0 };
  }
  return outcome.failure === 'overloaded'
    ? { kind: 'limited', askedMs: 0, backoffMs: 0 }
    : { kind: 'failed', heard: wasHeard(outcome) };
}

function wasHeard(outcome: ModelOutcome): boolean {
  return (
    outcome.kind === 'reply' || outcome.status !== null || outcome.usage !== null || outcome.failure === 'malformed'
  );
}

const aborted: ModelOutcome = {
  kind: 'failure',
  failure: 'aborted',
  status: null,
  said: 'aborted',
  retryAfterMs: null,
  usage: null,
  durationMs: 0,
};

/** Several tries are still one answer to whoever waits for its first byte. */
function firstOnly(hooks: AskHooks): AskHooks {
  let told = false;
  const onFirstEvent = (): void => {
    if (!told) hooks.onFirstEvent?.();
    told = true;
  };
  return { ...hooks, onFirstEvent };
}
