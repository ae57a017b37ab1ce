import { expect, it } from 'vitest';
import { builtInImplementer } from '../../src/agent/loop.ts';
import { anthropicModels } from '../../src/models/anthropic.ts';
import type { ModelReply, Models } from '../../src/models/model.ts';
import type { Script } from '../../src/models/scripted/script.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/models/scripted/server.ts';
import { withCleanEnvironment } from '../models/builders.ts';
import { attemptJob, green, red, testModel, testSpec } from './attempt.ts';

withCleanEnvironment();

const script: Script = {
  stories: {
    'US-1': {
      implement: [
        [
          {
            calls: [
              { tool: 'read', input: { files: ['src/cart.ts', 'README.md'] } },
              { tool: 'search', input: { pattern: 'total' } },
            ],
          },
          {
            say: 'I add it.',
            calls: [{ tool: 'edit', input: { path: 'src/cart.ts', edits: [{ old: '0', new: '1' }] } }],
          },
          { calls: [{ tool: 'finish', input: { status: 'done', summary: 'first try' } }] },
          {
            calls: [
              { tool: 'write', input: { path: 'src/more.ts', content: 'export {};\n' } },
              { tool: 'finish', input: { status: 'done', summary: 'second try' } },
            ],
          },
        ],
      ],
    },
  },
};

interface Body {
  readonly tools: unknown;
  readonly system: unknown;
  readonly messages: readonly { readonly content: readonly object[] }[];
}

/** Plays the story against the server, which speaks the Messages API, through the real client. */
async function playedOverHttp(use: (server: ScriptedServer, models: Models) => Promise<void>): Promise<void> {
  const server = await startScriptedServer({ script, minCacheablePrefix: 0 });
  try {
    await use(server, anthropicModels({ env: { TEST_KEY: 'secret-key' } }));
  } finally {
    await server.close();
  }
}

/** A job whose model is behind the server. */
function jobAt(url: string) {
  const spec = { ...testSpec, brief: `${testSpec.brief}\n\n${'Cart rules apply. '.repeat(300)}` };
  const model = { ...testModel, endpoint: { ...testModel.endpoint, baseUrl: url } };
  const files = { 'src/cart.ts': 'export const total = 0;\n', 'README.md': '# shop\n' };
  return attemptJob({ files, verdicts: [red, green], job: { spec, model } });
}

it('a story is built over HTTP, and every request after the first reads its prefix from the cache', async () => {
  await playedOverHttp(async (server, models) => {
    const replies: ModelReply[] = [];
    const listening: Models = {
      ask: async (request, hooks) => {
        const outcome = await models.ask(request, hooks);
        if (outcome.kind === 'reply') replies.push(outcome);
        return outcome;
      },
    };
    const job = jobAt(server.url);
    const end = await builtInImplementer(listening).attempt(job);
    expect(end).toEqual({ kind: 'finished', green: true, summary: 'second try' });
    expect(job.workspace.bytes('src/cart.ts')).toBe('export const total = 1;\n');
    expect(job.workspace.bytes('src/more.ts')).toBe('export {};\n');
    const [first, ...later] = replies.map(({ usage }) => usage);
    expect(first?.cacheRead).toBe(0);
    expect(later.map(({ cacheRead, fresh }) => cacheRead > 1_500 && fresh < 100)).toEqual([true, true, true]);
  });
});

it('its prefix is the same bytes on the wire, with at most four markers', async () => {
  await playedOverHttp(async (server, models) => {
    await builtInImplementer(models).attempt(jobAt(server.url));
    const bodies = server.requests.map(({ body }) => body as Body);
    expect(new Set(bodies.map(({ tools, system }) => JSON.stringify([tools, system]))).size).toBe(1);
    const markers = server.requests.map(({ text }) => text.match(/"cache_control"/g)?.length ?? 0);
    expect(Math.max(...markers)).toBeLessThanOrEqual(4);
    expect(Math.min(...markers)).toBeGreaterThanOrEqual(2);
    expect(bodies.map(({ messages }) => messages.length)).toEqual([1, 3, 5, 7]);
  });
});
