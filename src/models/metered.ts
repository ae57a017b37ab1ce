import { crashPoint } from '../host/crash-point.ts';
import type { EmitEvent, EventData } from '../run/events.ts';
import type { Outcome } from './accounts.ts';
import type { Booking, Budget, Reservation } from './budget.ts';
import type { AskHooks, CacheTtl, ModelFailure, ModelOutcome, ModelRequest, Models } from './model.ts';

export interface MeteringOptions {
  readonly budget: Budget;
  readonly emit: EmitEvent;
  /** A new id for each request that is sent. */
  readonly newId: () => string;
}

/**
 * Books every HTTP try: what it may cost at most before it is sent, what it did cost after. Refused by the budget, nothing
 * is sent. Rejects only when an event could not be stored: a request nobody wrote down must not be sent.
 */
export function meteredModels(models: Models, options: MeteringOptions): Models {
  return { ask: (request, hooks) => askMetered(models, options, request, hooks ?? {}) };
}

async function askMetered(
  models: Models,
  options: MeteringOptions,
  request: ModelRequest,
  hooks: AskHooks,
): Promise<ModelOutcome> {
  const booking = await options.budget.reserve(askOf(request), hooks.signal);
  if (booking.kind !== 'reserved') return notSent(booking);
  const { reservation } = booking;
  const tag = tagOf(request, options.newId());
  const sent = { ...tag, reservedUsd: reservation.usd, reservedTokens: reservation.tokens };
  try {
    await options.emit({ type: 'request.sent', data: sent });
  } catch (error) {
    options.budget.settle(reservation, 'unused');
    throw error;
  }
  crashPoint('req.before-send');
  const outcome = await models.ask({ ...request, maxTokens: reservation.maxTokens }, hooks).catch((error: unknown) => {
    options.budget.settle(reservation, 'unknown');
    throw error;
  });
  crashPoint('req.before-settle');
  await options.emit({ type: 'request.settled', data: settle(outcome, tag, reservation, options.budget) });
  return outcome;
}

function askOf({ model, purpose, promptTokensEstimate, maxTokens, system, messages }: ModelRequest) {
  const blocks = [...system, ...messages.flatMap(({ content }) => content)];
  const ttl: CacheTtl = blocks.some((block) => 'cache' in block && block.cache === '1h') ? '1h' : '5m';
  return { model, purpose, promptTokens: promptTokensEstimate, maxTokens, ttl };
}

function notSent(booking: Exclude<Booking, { kind: 'reserved' }>): ModelFailure {
  const nothing = { kind: 'failure', status: null, retryAfterMs: null, usage: null, durationMs: 0 } as const;
  if (booking.kind === 'aborted') return { ...nothing, failure: 'aborted', said: 'aborted' };
  const said = {
    usd: `the money limit of the ${booking.scope} is reached`,
    tokens: `the token limit of the ${booking.scope} is reached`,
    unpriced: 'a model without a price needs a token limit',
  };
  return { ...nothing, failure: 'budget', said: said[booking.because] };
}

type Tag = Pick<EventData<'request.sent'>, 'request' | 'story' | 'attempt' | 'step' | 'role' | 'model'>;

function tagOf({ purpose, model }: ModelRequest, request: string): Tag {
  const { story, attempt, step, role } = purpose;
  return { request, story, attempt, step, role, model: model.id };
}

function settle(
  outcome: ModelOutcome,
  tag: Tag,
  reservation: Reservation,
  budget: Budget,
): EventData<'request.settled'> {
  const costUsd = budget.settle(reservation, spentOn(outcome));
  const { usage, durationMs } = outcome;
  const served = outcome.kind === 'reply' ? outcome.served : null;
  return { ...tag, served, outcome: nameOf(outcome), usage, costUsd, durationMs };
}

/** An endpoint that refused, or was never reached, bills nothing. A broken line leaves us guessing: the most it can be. */
function spentOn(outcome: ModelOutcome): Outcome {
  if (outcome.usage !== null) return outcome.usage;
  if (outcome.kind === 'reply' || outcome.status !== null) return 'unused';
  const inDoubt = ['connection', 'stalled', 'malformed', 'aborted'].includes(outcome.failure);
  return inDoubt ? 'unknown' : 'unused';
}

function nameOf(outcome: ModelOutcome): string {
  if (outcome.kind === 'failure') return outcome.failure;
  return typeof outcome.stop === 'string' ? outcome.stop : `unknown stop: ${outcome.stop.unknown}`;
}
