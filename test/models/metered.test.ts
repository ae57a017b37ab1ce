import { describe, expect, it } from 'vitest';
import { openBudget } from '../../src/models/budget.ts';
import { meteredModels } from '../../src/models/metered.ts';
import type { ModelOutcome, ModelRequest, Models } from '../../src/models/model.ts';
import { withRetry } from '../../src/models/retry.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { entry, failure, modelRequest, reply, usage, user } from './builders.ts';
import { fakeTime } from './fake-time.ts';

function metering(outcomes: readonly ModelOutcome[], limits = {}) {
  const events: RunEvent[] = [];
  const asked: ModelRequest[] = [];
  const budget = openBudget(limits);
  const models: Models = {
    ask: async (request) => {
      asked.push(request);
      return outcomes[asked.length - 1] ?? reply();
    },
  };
  let ids = 0;
  const emit = async (event: RunEvent): Promise<void> => {
    events.push(event);
  };
  const newId = (): string => {
    ids += 1;
    return `r${ids}`;
  };
  return { metered: meteredModels(models, { budget, emit, newId }), events, asked, budget, models };
}

const tag = { story: 'US-1', attempt: 1, step: 'implement', role: 'delegate', model: 'claude-sonnet-5' };

describe('a request', () => {
  it('is booked before it is sent and settled after', async () => {
    const { metered, events } = metering([reply({ stop: 'tool_use', served: 'claude-sonnet-5-b', durationMs: 12 })]);
    await metered.ask(modelRequest({ maxTokens: 2_000 }));
    expect(events).toEqual([
      { type: 'request.sent', data: { request: 'r1', ...tag, reservedUsd: 0.0225, reservedTokens: 3_000 } },
      {
        type: 'request.settled',
        data: {
          request: 'r1',
          ...tag,
          served: 'claude-sonnet-5-b',
          outcome: 'tool_use',
          usage,
          costUsd: 0.00007,
          durationMs: 12,
        },
      },
    ]);
  });

  it('with a 1 h marker is booked at the price of a 1 h write', async () => {
    const { metered, events } = metering([]);
    await metered.ask(modelRequest({ maxTokens: 0, system: [{ text: 'shared', cache: '1h' }] }));
    await metered.ask(modelRequest({ maxTokens: 0, messages: [user({ type: 'text', text: 'a', cache: '5m' })] }));
    const booked = events.flatMap((event) => (event.type === 'request.sent' ? [event.data.reservedUsd] : []));
    expect(booked).toEqual([0.004, 0.0025]);
  });

  it('is sent with the max_tokens that money allows', async () => {
    const { metered, asked } = metering([], { run: { usd: 0.0225, tokens: null } });
    await metered.ask(modelRequest({ maxTokens: 32_000 }));
    expect(asked.map(({ maxTokens }) => maxTokens)).toEqual([2_000]);
  });

  it.each([
    [{ run: { usd: 0.001, tokens: null } }, entry(), 'the money limit of the run is reached'],
    [{ story: { usd: null, tokens: 10 } }, entry(), 'the token limit of the story is reached'],
    [{ run: { usd: 1, tokens: null } }, entry({ price: null }), 'a model without a price needs a token limit'],
  ])('that the budget refuses is neither sent nor written down: %#', async (limits, model, said) => {
    const { metered, asked, events } = metering([], limits);
    expect(await metered.ask(modelRequest({ model }))).toEqual(failure('budget', { said, durationMs: 0 }));
    expect([asked, events]).toEqual([[], []]);
  });

  it('that cannot be written down is not sent', async () => {
    const { models, asked, budget } = metering([]);
    const emit = () => Promise.reject(new Error('disk full'));
    const metered = meteredModels(models, { budget, emit, newId: () => 'r' });
    await expect(metered.ask(modelRequest())).rejects.toThrow('disk full');
    expect(asked).toEqual([]);
    expect(budget.spent('run', modelRequest().purpose)).toEqual({ usd: 0, tokens: 0, unpriced: 0 });
  });

  it('that ended in an error nobody expected stays booked at all it can cost', async () => {
    const { budget } = metering([]);
    const broken: Models = { ask: () => Promise.reject(new Error('a bug')) };
    const metered = meteredModels(broken, { budget, emit: async () => {}, newId: () => 'r' });
    await expect(metered.ask(modelRequest({ maxTokens: 2_000 }))).rejects.toThrow('a bug');
    expect(budget.spent('run', modelRequest().purpose).usd).toBe(0.0225);
  });

  it('that was aborted before it was sent is not sent', async () => {
    const { metered, asked } = metering([]);
    const outcome = await metered.ask(modelRequest(), { signal: AbortSignal.abort() });
    expect([outcome, asked]).toMatchObject([{ failure: 'aborted' }, []]);
  });
});

describe('the cost of a request that failed', () => {
  const reserved = 0.0225;

  it.each<[string, ModelOutcome, number | null]>([
    ['is what was reported before it broke', failure('connection', { usage }), 0.00007],
    ['is all it can be when the line broke without a word', failure('connection'), reserved],
    ['is all it can be when nobody answered in time', failure('stalled'), reserved],
    ['is all it can be when it was aborted under way', failure('aborted'), reserved],
    ['is all it can be when the answer could not be read', failure('malformed'), reserved],
    ['is nothing when the endpoint refused', failure('rate-limit', { status: 429 }), 0],
    ['is nothing when a gateway answered', failure('overloaded', { status: 502 }), 0],
    ['is nothing when it was overloaded from the start', failure('overloaded'), 0],
    ['is nothing when nobody was reached', failure('unreachable'), 0],
    ['is nothing without a key', failure('credentials'), 0],
  ])('%s', async (_, outcome, costUsd) => {
    const { metered, events, budget } = metering([outcome]);
    expect(await metered.ask(modelRequest({ maxTokens: 2_000 }))).toBe(outcome);
    expect(events[1]).toMatchObject({
      type: 'request.settled',
      data: { outcome: outcome.kind === 'failure' ? outcome.failure : '', costUsd },
    });
    expect(budget.spent('run', modelRequest().purpose).usd).toBe(costUsd);
  });

  it('is unknown without a price, and counted so', async () => {
    const { metered, events, budget } = metering([reply()]);
    await metered.ask(modelRequest({ model: entry({ price: null }) }));
    expect(events).toMatchObject([{ data: { reservedUsd: null } }, { data: { costUsd: null, usage } }]);
    expect(budget.spent('run', modelRequest().purpose).unpriced).toBe(1);
  });
});

it('an unknown stop reason is written down by name', async () => {
  const { metered, events } = metering([reply({ stop: { unknown: 'tomorrow' } })]);
  await metered.ask(modelRequest());
  expect(events[1]).toMatchObject({ data: { outcome: 'unknown stop: tomorrow' } });
});

it('every try of a request that is retried is booked on its own', async () => {
  const time = fakeTime();
  const { metered, events } = metering([failure('overloaded'), failure('overloaded'), reply()]);
  await time.run(withRetry(metered, { time }).ask(modelRequest()));
  expect(events.map(({ type, data }) => `${type} ${'request' in data ? data.request : ''}`)).toEqual([
    'request.sent r1',
    'request.settled r1',
    'request.sent r2',
    'request.settled r2',
    'request.sent r3',
    'request.settled r3',
  ]);
});

it('a run that never ends stops at its limit, without overshoot', async () => {
  const { metered, asked, budget } = metering([], { run: { usd: 0.05, tokens: null } });
  const outcomes: string[] = [];
  for (let calls = 0; calls < 10_000 && outcomes.at(-1) !== 'budget'; calls += 1) {
    const outcome = await metered.ask(modelRequest({ maxTokens: 2_000 }));
    outcomes.push(outcome.kind === 'failure' ? outcome.failure : 'reply');
  }
  expect(outcomes.at(-1)).toBe('budget');
  expect(asked.length).toBeGreaterThan(100);
  expect(budget.spent('run', modelRequest().purpose).usd).toBeLessThanOrEqual(0.05);
});
