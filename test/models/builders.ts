import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { type AnthropicOptions, anthropicModels } from '../../src/models/anthropic.ts';
import type {
  AskHooks,
  Block,
  Endpoint,
  Message,
  ModelEntry,
  ModelFailure,
  ModelOutcome,
  ModelReply,
  ModelRequest,
  Purpose,
  Usage,
} from '../../src/models/model.ts';
import {
  type ScriptedServer,
  type ScriptedServerOptions,
  startScriptedServer,
} from '../../src/models/scripted/server.ts';
import type { Turn } from '../../src/models/scripted/turn.ts';

export const purpose: Purpose = { step: 'implement', role: 'delegate', story: 'US-1', attempt: 1 };

export const usage: Usage = { fresh: 10, write5m: 0, write1h: 0, cacheRead: 0, output: 5 };

export function endpointAt(baseUrl: string, more: Partial<Endpoint> = {}): Endpoint {
  return { baseUrl, apiKeyEnv: 'TEST_KEY', auth: 'bearer', apiVersion: null, ...more };
}

export function entry(more: Partial<ModelEntry> = {}): ModelEntry {
  return {
    id: 'claude-sonnet-5',
    price: { in: 2, out: 10, cacheRead: 0.2, write5m: 2.5, write1h: 4, source: 'test', asOf: '2026-01-01' },
    contextLimit: 200_000,
    turnCap: 40,
    minCacheablePrefix: 1_024,
    endpoint: endpointAt('http://127.0.0.1:9'),
    ...more,
  };
}

export function user(...content: readonly (string | Block)[]): Message {
  return {
    role: 'user',
    content: content.map((block) => (typeof block === 'string' ? { type: 'text', text: block } : block)),
  };
}

export function assistant(...content: readonly (string | Block)[]): Message {
  return { ...user(...content), role: 'assistant' };
}

export function modelRequest(more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: entry(),
    purpose,
    system: [],
    tools: [],
    messages: [user('# Story US-1: a story')],
    maxTokens: 16_000,
    promptTokensEstimate: 1_000,
    ...more,
  };
}

export function reply(more: Partial<ModelReply> = {}): ModelReply {
  return {
    kind: 'reply',
    content: [],
    stop: 'end_turn',
    usage,
    served: 'claude-sonnet-5',
    requestId: null,
    durationMs: 1,
    ...more,
  };
}

export function failure(kind: ModelFailure['failure'], more: Partial<ModelFailure> = {}): ModelFailure {
  return {
    kind: 'failure',
    failure: kind,
    status: null,
    said: kind,
    retryAfterMs: null,
    usage: null,
    durationMs: 1,
    ...more,
  };
}

/** The answer most tests get: some words and one call. */
export const callingTurn: Turn = {
  say: 'I write the file.',
  calls: [
    {
      tool: 'write',
      input: { path: 'src/cart.ts', content: 'export const total = (a: number) => a; // "quoted" é 🛒\n' },
    },
  ],
};

export async function withServer<T>(
  options: Partial<ScriptedServerOptions>,
  use: (server: ScriptedServer) => Promise<T>,
): Promise<T> {
  const server = await startScriptedServer({ script: () => callingTurn, ...options });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

export function askAt(
  url: string,
  request: Partial<ModelRequest> = {},
  options: Partial<AnthropicOptions> = {},
  hooks: AskHooks = {},
): Promise<ModelOutcome> {
  const models = anthropicModels({ env: { TEST_KEY: 'secret-key' }, ...options });
  return models.ask(modelRequest({ model: entry({ endpoint: endpointAt(url) }), ...request }), hooks);
}

/** No login and no setting of the developer reaches the test. */
export function withCleanEnvironment(): void {
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'prd-home-'));
    for (const name of Object.keys(process.env).filter((key) => key.startsWith('ANTHROPIC_')))
      vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', home);
    vi.stubEnv('XDG_CONFIG_HOME', path.join(home, '.config'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });
}
