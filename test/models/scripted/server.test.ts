import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { noUsage } from '../../../src/models/cost.ts';
import { totalOf } from '../../../src/models/scripted/ledger.ts';
import { runScriptedServer } from '../../../src/models/scripted/run-scripted-server.ts';
import { script } from '../../../src/models/scripted/script.ts';
import {
  type ScriptedServer,
  type ScriptedServerOptions,
  startScriptedServer,
} from '../../../src/models/scripted/server.ts';
import { callingTurn, withServer } from '../builders.ts';

const credentials = { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' };

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object | string;
}

function send(
  server: ScriptedServer,
  { method = 'POST', path: where = '/v1/messages', headers = credentials, body = {} }: Sent = {},
): Promise<Response> {
  const message = {
    model: 'claude-sonnet-5',
    max_tokens: 500,
    messages: [{ role: 'user', content: '# Story US-1: Cart' }],
  };
  const text = typeof body === 'string' ? body : JSON.stringify({ ...message, ...body });
  return fetch(`${server.url}${where}`, { method, headers, ...(method === 'POST' && { body: text }) });
}

async function answerTo(
  sent: Sent,
  options: Partial<ScriptedServerOptions> = {},
): Promise<{ status: number; json: unknown }> {
  return withServer(options, async (server) => {
    const response = await send(server, sent);
    return { status: response.status, json: await response.json() };
  });
}

describe('a message without streaming', () => {
  it('comes whole, with parsed input', async () => {
    const thinking = { ...callingTurn, thinking: 'hm' };
    expect(await answerTo({}, { script: () => thinking })).toEqual({
      status: 200,
      json: {
        id: 'msg_0',
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-5',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 'c2NyaXB0ZWQ=' },
          { type: 'text', text: 'I write the file.' },
          { type: 'tool_use', id: 'toolu_0_0', name: 'write', input: callingTurn.calls[0]?.input },
        ],
        stop_reason: 'tool_use',
        stop_sequence: null,
        usage: {
          input_tokens: 5,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
          output_tokens: 30,
        },
      },
    });
  });

  it('that was cut in the middle of a call holds an empty input', async () => {
    const { json } = await answerTo({ body: { max_tokens: 8 } });
    expect(json).toMatchObject({ stop_reason: 'max_tokens', content: [{}, { type: 'tool_use', input: {} }] });
  });
});

describe('a stream', () => {
  it('breaks tool input anywhere, into several pieces of raw JSON', async () => {
    await withServer({}, async (server) => {
      const text = await (await send(server, { body: { stream: true } })).text();
      const events = text
        .split('\n\n')
        .filter(Boolean)
        .map((event) => event.split('\n'));
      expect(events.map(([name]) => name).filter((name) => !name?.endsWith('_delta'))).toEqual([
        'event: message_start',
        'event: ping',
        'event: content_block_start',
        'event: content_block_stop',
        'event: content_block_start',
        'event: content_block_stop',
        'event: message_stop',
      ]);
      const data = dataOf(text);
      const pieces = data.flatMap(({ delta }) => (delta?.partial_json === undefined ? [] : [delta.partial_json]));
      expect(pieces.length).toBeGreaterThanOrEqual(3);
      expect(pieces.join('')).toBe(JSON.stringify(callingTurn.calls[0]?.input));
      expect(data[0]).toMatchObject({ message: { stop_reason: null, usage: { output_tokens: 1 } } });
    });
  });

  it('sends input that is no JSON as it is', async () => {
    await withServer({ script: () => ({ calls: [{ tool: 'x', input: null, raw: '{"a": oops' }] }) }, async (server) => {
      const stream = await (await send(server, { body: { stream: true } })).text();
      const pieces = dataOf(stream).map(({ delta }) => delta?.partial_json ?? '');
      expect(pieces.join('')).toBe('{"a": oops');
    });
  });

  it('takes its time', async () => {
    await withServer({ latencyMs: { firstToken: 60, perToken: 2 } }, async (server) => {
      const started = performance.now();
      const response = await send(server, { body: { stream: true } });
      expect(performance.now() - started).toBeGreaterThan(55);
      await response.text();
      expect(performance.now() - started).toBeGreaterThan(100);
    });
  });
});

describe('what the API would refuse is refused', () => {
  it.each<[string, Sent, number, RegExp]>([
    ['no credential', { headers: { 'anthropic-version': 'v' } }, 401, /authentication_error/],
    ['no version', { headers: { 'x-api-key': 'k' } }, 400, /anthropic-version: header is required/],
    ['a body that is no JSON', { body: '{' }, 400, /invalid_request_error/],
    ['no max_tokens', { body: { max_tokens: undefined } }, 400, /max_tokens/],
    ['no messages', { body: { messages: [] } }, 400, /messages/],
    ['a role nobody has', { body: { messages: [{ role: 'system', content: 'a' }] } }, 400, /messages\.0\.role/],
    ['temperature', { body: { temperature: 1 } }, 400, /temperature/],
    ['a model without a name', { body: { model: '' } }, 400, /model/],
    ['another path', { path: '/v1/complete' }, 404, /not_found_error/],
  ])('%s', async (_, sent, status, said) => {
    const answer = await answerTo(sent);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.json)).toMatch(said);
  });

  it('a key that is not on the list', async () => {
    expect((await answerTo({}, { keys: ['other'] })).status).toBe(401);
    expect((await answerTo({}, { keys: ['k'] })).status).toBe(200);
    const bearer = { authorization: 'Bearer k', 'anthropic-version': 'v' };
    expect((await answerTo({ headers: bearer }, { keys: ['k'] })).status).toBe(200);
  });

  it('a prompt over the limit', async () => {
    const { status, json } = await answerTo({}, { contextLimit: 4 });
    expect([status, json]).toMatchObject([400, { error: { message: 'prompt is too long: 5 tokens > 4 maximum' } }]);
  });
});

describe('the books of the server', () => {
  it('hold every request byte for byte, and when it came', async () => {
    await withServer({}, async (server) => {
      await send(server, { body: '{"not": "valid"}' });
      await send(server, { method: 'GET', path: '/v1/models?limit=5' });
      expect(server.requests).toMatchObject([
        { number: 0, method: 'POST', path: '/v1/messages', text: '{"not": "valid"}', body: { not: 'valid' } },
        { number: 1, method: 'GET', path: '/v1/models', text: '', body: null },
      ]);
      expect(server.requests[0]?.headers).toMatchObject(credentials);
      expect(server.requests[1]?.atMs).toBeGreaterThanOrEqual(server.requests[0]?.atMs ?? Infinity);
    });
  });

  it('hold what each answer would have cost, and nothing for refusals', async () => {
    await withServer({}, async (server) => {
      await (await send(server)).text();
      await (await send(server, { headers: {} })).text();
      await (await send(server, { body: { stream: true } })).text();
      const usage = { ...noUsage, fresh: 5, output: 29 };
      expect(server.ledger).toEqual([
        { request: 0, model: 'claude-sonnet-5', usage, costUsd: 0.0003 },
        { request: 2, model: 'claude-sonnet-5', usage, costUsd: 0.0003 },
      ]);
      expect(totalOf(server.ledger)).toEqual({ usage: { ...noUsage, fresh: 10, output: 58 }, costUsd: 0.0006 });
    });
  });

  it('do not know the price of a model nobody lists', async () => {
    await withServer({}, async (server) => {
      await (await send(server, { body: { model: 'somebody' } })).text();
      expect(server.ledger).toMatchObject([{ model: 'somebody', costUsd: null }]);
      expect(totalOf(server.ledger).costUsd).toBeNull();
    });
  });

  it('forget a cached prefix when its time is over', async () => {
    let now = 0;
    await withServer({ now: () => now, minCacheablePrefix: 10 }, async (server) => {
      const system = [{ type: 'text', text: 'x'.repeat(400), cache_control: { type: 'ephemeral' } }];
      for (const moment of [0, 4, 10]) {
        now = moment * 60_000;
        await (await send(server, { body: { system } })).text();
      }
      expect(server.ledger.map(({ usage }) => usage.cacheRead)).toEqual([0, 100, 0]);
    });
  });
});

it('lists models', async () => {
  const { status, json } = await answerTo({ method: 'GET', path: '/v1/models' });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id: 'claude-opus-5-5' })]),
    has_more: false,
  });
});

it('answers a responder that throws with 500', async () => {
  const broken = () => {
    throw new Error('not my line');
  };
  expect(await answerTo({}, { script: broken })).toMatchObject({
    status: 500,
    json: { error: { message: 'Error: not my line' } },
  });
});

it('plays a script to several conversations at once, and the same turn again after a cut', async () => {
  const turns = (story: string) => ({ implement: [[{ say: `${story} one` }, { say: `${story} two` }]] });
  const played = script.parse({ stories: { A: turns('A'), B: turns('B') } });
  const faults = [{ kind: 'cut', afterBytes: 300, how: 'reset' } as const];
  await withServer({ script: played, faults }, async (server) => {
    const ask = async (story: string, more: object[] = []): Promise<string> => {
      const messages = [{ role: 'user', content: `# Story ${story}: title` }, ...more];
      const response = await send(server, { body: { stream: true, messages } });
      return response.text().then(said, () => 'cut');
    };
    const second = [
      { role: 'assistant', content: 'A one' },
      { role: 'user', content: 'go on' },
    ];
    expect(await ask('A')).toBe('cut');
    expect([await ask('A'), await ask('B'), await ask('A', second)]).toEqual(['A one', 'B one', 'A two']);
  });
});

function dataOf(stream: string) {
  const lines = stream.split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => JSON.parse(line.slice(6)) as { delta?: { partial_json?: string } });
}

/** The text of a stream. */
function said(stream: string): string {
  return [...stream.matchAll(/"text_delta","text":"([^"]*)"/g)].map(([, text]) => text).join('');
}

it('ends at once, even if an answer hangs', async () => {
  const server = await startScriptedServer({ script: () => callingTurn, faults: [{ kind: 'stall', afterBytes: -1 }] });
  const hanging = send(server).catch(() => 'gone');
  while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await server.close();
  expect(await hanging).toBe('gone');
});

describe('as a process of its own', () => {
  it('says where it is and that there is no model, until it is stopped', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'prd-scripted-'));
    const file = path.join(folder, 'script.json');
    await writeFile(file, JSON.stringify({ stories: { 'US-1': { implement: [[{ say: 'hello' }]] } } }));
    const said: string[] = [];
    const stop = new AbortController();
    const say = (line: string): void => {
      said.push(line);
      const url = /ANTHROPIC_BASE_URL=(\S+)/.exec(line)?.[1];
      if (url !== undefined)
        send({ url } as ScriptedServer).then(
          () => stop.abort(),
          () => stop.abort(),
        );
    };
    await runScriptedServer({ file, say, signal: stop.signal });
    await rm(folder, { recursive: true });
    expect(said).toEqual([
      expect.stringMatching(
        /^scripted model at http:\/\/127\.0\.0\.1:\d+: it plays .*script\.json and has no model behind it$/,
      ),
      expect.stringMatching(/^ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+ ANTHROPIC_API_KEY=scripted$/),
      '1 requests answered',
    ]);
  });

  it('does not start without a script', async () => {
    const start = runScriptedServer({ file: '/nowhere/script.json', say: () => {}, signal: AbortSignal.abort() });
    await expect(start).rejects.toMatchObject({ problem: { code: 'bad-config' } });
  });
});
