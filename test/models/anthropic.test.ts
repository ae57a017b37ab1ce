import { getEventListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { anthropicModels } from '../../src/models/anthropic.ts';
import type { Endpoint, ModelOutcome } from '../../src/models/model.ts';
import type { ScriptedServer } from '../../src/models/scripted/server.ts';
import type { Turn } from '../../src/models/scripted/turn.ts';
import {
  askAt,
  assistant,
  callingTurn,
  endpointAt,
  entry,
  modelRequest,
  user,
  withCleanEnvironment,
  withServer,
} from './builders.ts';

withCleanEnvironment();

/** Headers of the one request that was sent. */
function sentHeaders({ requests }: ScriptedServer): Readonly<Record<string, string>> {
  expect(requests).toHaveLength(1);
  return requests[0]?.headers ?? {};
}

function sentBody({ requests }: ScriptedServer, index = 0): Record<string, unknown> {
  return requests[index]?.body as Record<string, unknown>;
}

function asReply(outcome: ModelOutcome) {
  if (outcome.kind !== 'reply') throw new Error(`no reply: ${outcome.failure}: ${outcome.said}`);
  return outcome;
}

/** Answers every request with this text as a stream. */
function answering(text: string): typeof fetch {
  return async () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

describe('a reply', () => {
  it('holds what was said, the raw input of calls, why it stopped, and what it used', async () => {
    await withServer({}, async (server) => {
      const { durationMs, ...rest } = asReply(await askAt(server.url));
      expect(durationMs).toBeGreaterThan(0);
      expect(rest).toEqual({
        kind: 'reply',
        stop: 'tool_use',
        served: 'claude-sonnet-5',
        requestId: 'req_0',
        usage: server.ledger[0]?.usage,
        content: [
          { type: 'text', text: 'I write the file.' },
          { type: 'tool_use', id: 'toolu_0_0', name: 'write', input: JSON.stringify(callingTurn.calls[0]?.input) },
        ],
      });
    });
  });

  it('gives thinking back as it came, turn after turn', async () => {
    const thinking: Turn = { thinking: 'a long thought', say: 'done', calls: [] };
    await withServer({ script: () => thinking }, async (server) => {
      const first = asReply(await askAt(server.url));
      await askAt(server.url, {
        messages: [user('# Story'), { role: 'assistant', content: first.content }, user('go on')],
      });
      expect(sentBody(server, 1).messages).toMatchObject([
        {},
        {
          content: [
            { type: 'thinking', thinking: 'a long thought', signature: 'c2NyaXB0ZWQ=' },
            { type: 'text', text: 'done' },
          ],
        },
        {},
      ]);
    });
  });

  it('reports all four input classes, as the ledger of the server has them', async () => {
    const system = [
      { text: 's'.repeat(20_000), cache: '1h' as const },
      { text: 'w'.repeat(8_000), cache: '5m' as const },
    ];
    await withServer({}, async (server) => {
      const usages = [];
      for (const story of ['US-1', 'US-2'])
        usages.push(asReply(await askAt(server.url, { system, messages: [user(story)] })).usage);
      expect(usages).toMatchObject([
        { write1h: 5_000, write5m: 2_000, cacheRead: 0, fresh: 1 },
        { write1h: 0, write5m: 0, cacheRead: 7_000, fresh: 1 },
      ]);
      expect(server.ledger.map(({ usage }) => usage)).toEqual(usages);
    });
  });

  it('is booked by estimate when the endpoint reports no usage', async () => {
    const events = [
      'event: message_start\ndata: {"type":"message_start","message":{"model":"local"}}\n\n',
      'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    ];
    const outcome = await askAt('http://local', { promptTokensEstimate: 500 }, { fetch: answering(events.join('')) });
    expect(asReply(outcome).usage).toEqual({ fresh: 500, write5m: 0, write1h: 0, cacheRead: 0, output: 1 });
  });

  it('counts when it is whole, even if the line never ends', async () => {
    await withServer({}, async (server) => {
      const whole = await (await fetchMessage(server)).text();
      const endless = async (): Promise<Response> => {
        const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(whole)) });
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      };
      expect(asReply(await askAt('http://endless', {}, { fetch: endless, idleMs: 100 })).stop).toBe('tool_use');
    });
  });
});

function fetchMessage(server: ScriptedServer): Promise<Response> {
  return fetch(`${server.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' },
    body: JSON.stringify({ model: 'm', max_tokens: 1_000, stream: true, messages: [{ role: 'user', content: 'hi' }] }),
  });
}

describe('the request on the wire', () => {
  it('streams, and says nothing about sampling', async () => {
    await withServer({}, async (server) => {
      await askAt(server.url, { maxTokens: 64_000 });
      expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/messages' });
      expect(sentBody(server)).toEqual({
        model: 'claude-sonnet-5',
        max_tokens: 64_000,
        stream: true,
        messages: [{ role: 'user', content: [{ type: 'text', text: '# Story US-1: a story' }] }],
      });
    });
  });

  it.each<[string, Partial<Endpoint>, object]>([
    ['a bearer token', {}, { authorization: 'Bearer secret-key' }],
    ['x-api-key', { auth: 'x-api-key' }, { 'x-api-key': 'secret-key' }],
  ])('carries the key as %s, and in no other way', async (_, endpoint, expected) => {
    await withServer({}, async (server) => {
      await askAt(server.url, { model: entry({ endpoint: endpointAt(server.url, endpoint) }) });
      const { authorization, 'x-api-key': key } = sentHeaders(server);
      expect({ ...(authorization && { authorization }), ...(key && { 'x-api-key': key }) }).toEqual(expected);
    });
  });

  it.each(['bearer', 'x-api-key'] as const)('carries no key where none is named: %s', async (auth) => {
    await withServer({}, async (server) => {
      const endpoint = endpointAt(server.url, { auth, apiKeyEnv: '' });
      expect(await askAt(server.url, { model: entry({ endpoint }) })).toMatchObject({
        failure: 'credentials',
        status: 401,
      });
      expect(Object.keys(sentHeaders(server)).filter((name) => /auth|key/.test(name))).toEqual([]);
    });
  });

  it.each([
    [null, '2026-10-21'],
    ['2023-06-01', '2023-06-01'],
  ])('names the API version: %s', async (apiVersion, expected) => {
    await withServer({}, async (server) => {
      await askAt(server.url, { model: entry({ endpoint: endpointAt(server.url, { apiVersion }) }) });
      expect(sentHeaders(server)['anthropic-version']).toBe(expected);
    });
  });

  it('goes nowhere without its key', async () => {
    await withServer({}, async (server) => {
      const models = anthropicModels({ env: {} });
      const outcome = await models.ask(modelRequest({ model: entry({ endpoint: endpointAt(server.url) }) }));
      expect(outcome).toMatchObject({ failure: 'credentials', status: null, said: 'TEST_KEY is not set' });
      expect(server.requests).toEqual([]);
    });
  });

  it('carries no key and no address of the process around us', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'key-of-the-developer');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'token-of-the-developer');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1');
    await withServer({}, async (server) => {
      asReply(await askAt(server.url, { model: entry({ endpoint: endpointAt(server.url, { auth: 'x-api-key' }) }) }));
      expect(JSON.stringify(sentHeaders(server))).not.toContain('of-the-developer');
    });
    for (const name of ['API_KEY', 'AUTH_TOKEN', 'BASE_URL']) vi.stubEnv(`ANTHROPIC_${name}`, undefined);
  });

  it('carries no login from a profile file to an endpoint with another kind of key', async () => {
    const folder = path.join(process.env.HOME ?? '', 'anthropic');
    const login = {
      version: '1.0',
      type: 'oauth_token',
      access_token: 'login-of-the-developer',
      expires_at: 4_000_000_000,
    };
    const profile = { version: '1.0', authentication: { type: 'user_oauth' } };
    await mkdir(path.join(folder, 'configs'), { recursive: true });
    await mkdir(path.join(folder, 'credentials'), { recursive: true });
    await writeFile(path.join(folder, 'configs', 'default.json'), JSON.stringify(profile));
    await writeFile(path.join(folder, 'credentials', 'default.json'), JSON.stringify(login), { mode: 0o600 });
    vi.stubEnv('ANTHROPIC_CONFIG_DIR', folder);
    await withServer({}, async (server) => {
      asReply(await askAt(server.url, { model: entry({ endpoint: endpointAt(server.url, { auth: 'x-api-key' }) }) }));
      expect(sentHeaders(server).authorization).toBeUndefined();
    });
    vi.stubEnv('ANTHROPIC_CONFIG_DIR', undefined);
  });

  it('does not follow a redirect, which could carry the key elsewhere', async () => {
    await withServer({}, async (elsewhere) => {
      const headers = { location: `${elsewhere.url}/v1/messages` };
      await withServer({ faults: [{ kind: 'status', status: 307, headers }] }, async (server) => {
        expect(await askAt(server.url)).toMatchObject({ failure: 'bad-request', status: 307 });
      });
      expect(elsewhere.requests).toEqual([]);
    });
  });

  it('is accepted by a strict server as a long conversation with calls and markers', async () => {
    await withServer({}, async (server) => {
      const first = asReply(await askAt(server.url)).content;
      const result = { type: 'tool_result', toolUseId: 'toolu_0_0', content: '', cache: '5m' } as const;
      const messages = [user('# Story US-1: a story'), assistant(...first), user(result)];
      asReply(await askAt(server.url, { messages, system: [{ text: 'all', cache: '1h' }] }));
    });
  });

  it('is equal bytes for an equal request', async () => {
    await withServer({}, async (server) => {
      for (let count = 0; count < 2; count += 1) await askAt(server.url, { system: [{ text: 'same', cache: '1h' }] });
      expect(server.requests[1]?.text).toBe(server.requests[0]?.text);
    });
  });
});

describe('while it waits', () => {
  it('says once when the first event arrived, long before the end', async () => {
    const faults = [{ kind: 'stall', afterBytes: 700, forMs: 60 }] as const;
    await withServer({ faults }, async (server) => {
      const moments: number[] = [];
      await askAt(server.url, {}, {}, { onFirstEvent: () => moments.push(performance.now()) });
      expect(moments).toHaveLength(1);
      expect(performance.now() - (moments[0] ?? Infinity)).toBeGreaterThan(50);
    });
  });

  it('ends when it is aborted, with what was used until then', async () => {
    await withServer({ faults: [{ kind: 'stall', afterBytes: 700 }] }, async (server) => {
      const giveUp = new AbortController();
      const outcome = await askAt(server.url, {}, {}, { signal: giveUp.signal, onFirstEvent: () => giveUp.abort() });
      expect(outcome).toMatchObject({ kind: 'failure', failure: 'aborted', usage: { fresh: 6 } });
    });
  });

  it('leaves nothing behind on the signal of the caller', async () => {
    const { signal } = new AbortController();
    const faults = [null, { kind: 'status', status: 500 }, { kind: 'cut', afterBytes: 500, how: 'reset' }] as const;
    await withServer({ faults }, async (server) => {
      for (let count = 0; count < 3; count += 1) await askAt(server.url, {}, {}, { signal });
    });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not begin when it was aborted before', async () => {
    await withServer({}, async (server) => {
      expect(await askAt(server.url, {}, {}, { signal: AbortSignal.abort() })).toMatchObject({
        failure: 'aborted',
        usage: null,
      });
      expect(server.requests).toEqual([]);
    });
  });

  it('writes nothing to stdout, whatever the SDK wants to log', async () => {
    const out = vi.spyOn(process.stdout, 'write');
    const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      await withServer({}, (server) =>
        askAt(server.url, {}, { env: { TEST_KEY: 'secret-key', ANTHROPIC_LOG: 'debug' } }),
      );
      const logged = err.mock.calls.join('\n');
      expect(out.mock.calls).toEqual([]);
      expect(logged).toContain('/v1/messages');
      expect(logged).not.toContain('secret-key');
      err.mockClear();
      const faults = [{ kind: 'noise', afterEvents: 3, text: 'event: x\ndata: {oops\n\n' } as const];
      await withServer({ faults }, (server) => askAt(server.url));
      expect(err.mock.calls).toEqual([]);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
