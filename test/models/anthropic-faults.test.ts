import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { anthropicModels } from '../../src/models/anthropic.ts';
import { openBudget } from '../../src/models/budget.ts';
import { tokensOf } from '../../src/models/cost.ts';
import { meteredModels } from '../../src/models/metered.ts';
import type { ModelFailure, ModelOutcome, ModelRequest } from '../../src/models/model.ts';
import { withRetry } from '../../src/models/retry.ts';
import type { Fault } from '../../src/models/scripted/faults.ts';
import type { ScriptedServerOptions } from '../../src/models/scripted/server.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { askAt, endpointAt, entry, modelRequest, withCleanEnvironment, withServer } from './builders.ts';
import { seeded } from './fake-time.ts';

withCleanEnvironment();

function askWith(
  fault: Fault,
  options: Partial<ScriptedServerOptions> = {},
  request: Partial<ModelRequest> = {},
): Promise<ModelOutcome> {
  return withServer({ faults: [fault], ...options }, (server) =>
    askAt(server.url, request, { idleMs: 150, totalMs: 2_000 }),
  );
}

const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });

describe('an error answer', () => {
  it.each<[string, Fault, Partial<ModelFailure>]>([
    ['400', status(400), { failure: 'bad-request' }],
    ['401', status(401), { failure: 'credentials' }],
    ['402', status(402), { failure: 'spend-limit' }],
    ['403', status(403), { failure: 'credentials' }],
    ['404', status(404), { failure: 'bad-request' }],
    ['408', status(408, { type: 'timeout_error' }), { failure: 'overloaded' }],
    ['409', status(409, { type: 'conflict_error' }), { failure: 'overloaded' }],
    ['413', status(413), { failure: 'context-exceeded' }],
    ['422', status(422), { failure: 'bad-request' }],
    ['429', status(429), { failure: 'rate-limit' }],
    ['500', status(500), { failure: 'overloaded' }],
    ['502', status(502), { failure: 'overloaded' }],
    ['503', status(503), { failure: 'overloaded' }],
    ['504', status(504), { failure: 'overloaded' }],
    ['529', status(529), { failure: 'overloaded' }],
    [
      'a spend limit that arrives as 429',
      status(429, { errorCode: 'enforced_spend_limit_reached' }),
      { failure: 'spend-limit' },
    ],
    ['a growth limit', status(429, { errorCode: 'ramp_limit_exceeded' }), { failure: 'rate-limit' }],
    ['an organization on hold', status(400, { errorCode: 'organization_on_hold' }), { failure: 'credentials' }],
    [
      'a wait in seconds',
      status(429, { headers: { 'retry-after': '20' } }),
      { failure: 'rate-limit', retryAfterMs: 20_000 },
    ],
    [
      'a wait of a day',
      status(429, { headers: { 'retry-after': '86400' } }),
      { failure: 'rate-limit', retryAfterMs: 86_400_000 },
    ],
    [
      'a wait of nonsense',
      status(503, { headers: { 'retry-after': '-1' } }),
      { failure: 'overloaded', retryAfterMs: null },
    ],
    [
      'a wait in the past',
      status(429, { headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }),
      { failure: 'rate-limit', retryAfterMs: 0 },
    ],
  ])('%s is told apart', async (_, fault, expected) => {
    const code = fault.kind === 'status' ? fault.status : 0;
    const failed = { kind: 'failure', status: code, said: `scripted ${code}`, retryAfterMs: null, usage: null };
    expect(await askWith(fault)).toMatchObject({ ...failed, ...expected });
  });

  it('never shows the key, even if the endpoint does', async () => {
    expect(await askWith(status(401, { message: 'no such key: secret-key' }))).toMatchObject({
      said: 'no such key: [key]',
    });
  });

  it('about the length of the prompt ends in bad-request, and is billed nothing', async () => {
    await withServer({ contextLimit: 3 }, async (server) => {
      expect(await askAt(server.url)).toMatchObject({
        failure: 'bad-request',
        said: 'prompt is too long: 6 tokens > 3 maximum',
      });
      expect(server.ledger).toEqual([]);
    });
  });
});

describe('a 200 that is no answer', () => {
  it.each<[Extract<Fault, { kind: 'body' }>['body'], string]>([
    ['html', 'no message in text/html'],
    ['empty', 'no message in text/event-stream'],
    ['json-error', 'no message in application/json'],
    ['gzip-garbage', 'Z_DATA_ERROR: incorrect header check'],
    ['cut-gzip', 'no message in text/event-stream'],
  ])('is malformed: %s', async (body, said) => {
    expect(await askWith({ kind: 'body', body })).toMatchObject({ failure: 'malformed', said, usage: null });
  });

  it('is malformed when it turns to nonsense in the middle, with its usage booked', async () => {
    const noise = 'event: content_block_delta\ndata: {"type": oops\n\n';
    const outcome = await askWith({ kind: 'noise', afterEvents: 3, text: noise });
    expect(outcome).toMatchObject({ failure: 'malformed', usage: { fresh: 6 } });
  });

  it('is malformed when its events contradict each other', async () => {
    const again = 'event: message_start\ndata: {"type":"message_start","message":{}}\n\n';
    const outcome = await askWith({ kind: 'noise', afterEvents: 3, text: again });
    expect(outcome).toMatchObject({ failure: 'malformed', said: 'a second message began before the first ended' });
  });
});

describe('an error in the middle of a stream', () => {
  it.each([
    ['overloaded_error', 'overloaded'],
    ['api_error', 'overloaded'],
    ['rate_limit_error', 'rate-limit'],
    ['authentication_error', 'credentials'],
    ['tomorrow_error', 'connection'],
  ])('is told apart by its type: %s', async (type, failure) => {
    const outcome = await askWith({ kind: 'error-event', afterEvents: 4, type });
    expect(outcome).toMatchObject({ failure, status: null, said: `scripted ${type}`, usage: { fresh: 6 } });
  });

  it('before anything was said leaves no usage', async () => {
    const outcome = await askWith({ kind: 'error-event', afterEvents: 0, type: 'overloaded_error' });
    expect(outcome).toMatchObject({ failure: 'overloaded', usage: null });
  });
});

describe('a stop reason', () => {
  it.each([
    ['max_tokens', 'max_tokens'],
    ['refusal', 'refusal'],
    ['pause_turn', 'pause_turn'],
    ['model_context_window_exceeded', 'context_exceeded'],
    ['stop_sequence', { unknown: 'stop_sequence' }],
    ['tomorrow', { unknown: 'tomorrow' }],
  ])('%s is reported as such, half a call and all', async (stop, expected) => {
    const outcome = await askWith({ kind: 'stop', stop, halfCall: true });
    expect(outcome).toMatchObject({ kind: 'reply', stop: expected, usage: { fresh: 6 } });
    const call = outcome.kind === 'reply' ? outcome.content.find(({ type }) => type === 'tool_use') : undefined;
    expect(() => JSON.parse(call?.type === 'tool_use' ? call.input : '{}')).toThrow();
  });

  it('is max_tokens when the answer needs more than it may have', async () => {
    await withServer({}, async (server) => {
      const outcome = await askAt(server.url, { maxTokens: 12 });
      expect(outcome).toMatchObject({ kind: 'reply', stop: 'max_tokens', usage: { output: 12 } });
    });
  });
});

describe('oddities that are no faults', () => {
  it('an unknown event passes by', async () => {
    const text = 'event: tomorrow\ndata: {"type":"tomorrow"}\n\n';
    expect(await askWith({ kind: 'noise', afterEvents: 5, text })).toMatchObject({ kind: 'reply', stop: 'tool_use' });
  });

  it('another model that answers is named', async () => {
    expect(await askWith({ kind: 'served', model: 'claude-haiku-4-5' })).toMatchObject({ served: 'claude-haiku-4-5' });
  });

  it('calls with the same id come as they are', async () => {
    const twice = {
      calls: [
        { tool: 'a', input: {} },
        { tool: 'b', input: {} },
      ],
    };
    const outcome = await askWith({ kind: 'same-ids' }, { script: () => twice });
    expect(outcome).toMatchObject({ content: [{ id: 'toolu_same' }, { id: 'toolu_same' }] });
  });

  it('an answer without content is a reply', async () => {
    expect(await withServer({ script: () => ({ calls: [] }) }, ({ url }) => askAt(url))).toMatchObject({
      stop: 'end_turn',
      content: [],
    });
  });
});

describe('a stream that stalls', () => {
  it.each([
    ['before its headers', -1, null],
    ['before its first byte', 0, null],
    ['in the middle', 800, { fresh: 6 }],
  ])('ends at the idle limit: %s', async (_, afterBytes, usage) => {
    const outcome = await askWith({ kind: 'stall', afterBytes });
    expect(outcome).toMatchObject({ failure: 'stalled', said: 'no byte for 150 ms' });
    if (usage === null) expect(outcome.usage).toBeNull();
    else expect(outcome.usage).toMatchObject(usage);
    expect(outcome.durationMs).toBeGreaterThanOrEqual(145);
  });

  // Wide apart, so that a busy machine does not make silence out of late pings.
  it('goes on for as long as pings arrive', async () => {
    const fault = { kind: 'stall', afterBytes: 800, pingEveryMs: 30, forMs: 700 } as const;
    const outcome = await withServer({ faults: [fault] }, ({ url }) => askAt(url, {}, { idleMs: 400 }));
    expect(outcome).toMatchObject({ kind: 'reply', stop: 'tool_use' });
    expect(outcome.durationMs).toBeGreaterThan(650);
  });

  it('ends at the total limit even if pings arrive', async () => {
    const fault = { kind: 'stall', afterBytes: 800, pingEveryMs: 30 } as const;
    const outcome = await withServer({ faults: [fault] }, ({ url }) => askAt(url, {}, { idleMs: 5_000, totalMs: 300 }));
    expect(outcome).toMatchObject({ failure: 'stalled', said: 'no end after 300 ms' });
  });
});

describe('a stream that is cut', () => {
  /** Forty places in the stream, and how it is cut there; the length of the stream is measured first. */
  async function cuts() {
    const random = seeded(11);
    const bytes = await withServer({}, async ({ url }) => {
      const body = {
        model: 'claude-sonnet-5',
        max_tokens: 999,
        stream: true,
        messages: [{ role: 'user', content: 'a' }],
      };
      const headers = { 'x-api-key': 'k', 'anthropic-version': 'v' };
      const response = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.arrayBuffer()).byteLength;
    });
    const places = [0, bytes - 1, bytes - 2, ...Array.from({ length: 37 }, () => Math.floor(random() * bytes))];
    return places.map((afterBytes, index) => ({
      afterBytes,
      how: index % 3 === 0 ? ('reset' as const) : ('end' as const),
    }));
  }

  it('is never a reply, wherever it is cut, and what was used is booked', async () => {
    const all = await cuts();
    await withServer({ faults: all.map((cut) => ({ kind: 'cut', ...cut })) }, async (server) => {
      for (const [index, { afterBytes, how }] of all.entries()) {
        const outcome = await askAt(server.url);
        const where = `cut ${how} after ${afterBytes} bytes`;
        expect([where, outcome.kind]).toEqual([where, 'failure']);
        expect(['connection', 'malformed']).toContain(outcome.kind === 'failure' ? outcome.failure : '');
        // A reset may swallow bytes that were on their way.
        if (how === 'end' && outcome.usage !== null) {
          const billed = server.ledger.find(({ request }) => request === index);
          expect(tokensOf(outcome.usage)).toBeGreaterThanOrEqual(billed === undefined ? 0 : tokensOf(billed.usage));
        }
      }
      expect(server.requests).toHaveLength(40);
    });
  });

  it('is asked again until it comes whole', async () => {
    const faults = (await cuts()).slice(0, 5).map((cut): Fault => ({ kind: 'cut', ...cut }));
    await withServer({ faults }, async (server) => {
      const policy = { baseMs: 1, malformedTries: 10 };
      const models = withRetry(anthropicModels({ env: { TEST_KEY: 'k' } }), { policy });
      const outcome = await models.ask(modelRequest({ model: entry({ endpoint: endpointAt(server.url) }) }));
      expect(outcome).toMatchObject({ kind: 'reply', stop: 'tool_use' });
      expect(server.requests).toHaveLength(6);
    });
  });
});

describe('an address where nobody is', () => {
  it('is unreachable when the connection is refused', async () => {
    expect(await askAt(await closedPort())).toMatchObject({
      failure: 'unreachable',
      said: expect.stringMatching(/^connect ECONNREFUSED/),
    });
  });

  it('is unreachable when it is no address', async () => {
    expect(await askAt('http://')).toMatchObject({ failure: 'unreachable' });
  });

  it('is unreachable after three tries when the HTTP client does not even try', async () => {
    const models = withRetry(bookedModels([]), { policy: { baseMs: 1 } });
    const outcome = await models.ask(modelRequest({ model: entry({ endpoint: endpointAt('http://127.0.0.1:9') }) }));
    expect(outcome).toMatchObject({ failure: 'unreachable', said: 'bad port' });
  });

  it('is reported after three quick tries', async () => {
    const events: RunEvent[] = [];
    const models = withRetry(bookedModels(events), { policy: { baseMs: 1 } });
    const outcome = await models.ask(modelRequest({ model: entry({ endpoint: endpointAt(await closedPort()) }) }));
    expect(outcome).toMatchObject({ failure: 'unreachable' });
    expect(events.map(({ type }) => type)).toEqual(
      Array.from({ length: 3 }, () => ['request.sent', 'request.settled']).flat(),
    );
  });
});

describe('through booking and retries', () => {
  it('two overloaded streams and an answer are three requests in the journal, each with what it used', async () => {
    const faults: Fault[] = [
      { kind: 'error-event', afterEvents: 4, type: 'overloaded_error' },
      { kind: 'error-event', afterEvents: 6, type: 'overloaded_error' },
    ];
    await withServer({ faults }, async (server) => {
      const events: RunEvent[] = [];
      const models = withRetry(bookedModels(events), { policy: { baseMs: 1 } });
      expect(await models.ask(modelRequest({ model: entry({ endpoint: endpointAt(server.url) }) }))).toMatchObject({
        kind: 'reply',
      });
      const settled = events.flatMap((event) => (event.type === 'request.settled' ? [event.data] : []));
      expect(settled).toMatchObject([
        { outcome: 'overloaded', usage: { fresh: 6 } },
        { outcome: 'overloaded', usage: { fresh: 6 } },
        { outcome: 'tool_use', usage: server.ledger[2]?.usage, costUsd: server.ledger[2]?.costUsd },
      ]);
    });
  });

  it('a refused key is known in less than two seconds, after one request', async () => {
    await withServer({ keys: ['another'] }, async (server) => {
      const started = performance.now();
      const outcome = await withRetry(bookedModels([])).ask(
        modelRequest({ model: entry({ endpoint: endpointAt(server.url) }) }),
      );
      expect(outcome).toMatchObject({ failure: 'credentials', status: 401, said: 'invalid credentials' });
      expect(server.requests).toHaveLength(1);
      expect(performance.now() - started).toBeLessThan(2_000);
    });
  });

  it('one whose sibling was sent first reads the prefix that the sibling wrote', async () => {
    await withServer({ latencyMs: { firstToken: 20, perToken: 1 } }, async (server) => {
      const models = bookedModels([]);
      const request = modelRequest({
        model: entry({ endpoint: endpointAt(server.url) }),
        system: [{ text: 's'.repeat(40_000), cache: '5m' }],
      });
      const started: { first?: Promise<ModelOutcome> } = {};
      await new Promise<void>((resolve) => {
        started.first = models.ask(request, { onFirstEvent: resolve });
      });
      const [first, second] = await Promise.all([started.first, models.ask(request)]);
      expect([first?.usage?.cacheRead, second.usage?.cacheRead]).toEqual([0, 10_000]);
    });
  });
});

function bookedModels(events: RunEvent[]) {
  const emit = async (event: RunEvent): Promise<void> => {
    events.push(event);
  };
  const options = { budget: openBudget({}), emit, newId: () => `r${events.length}` };
  return meteredModels(anthropicModels({ env: { TEST_KEY: 'secret-key' } }), options);
}

/** An address on this machine where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
