import { describe, expect, it } from 'vitest';
import { builtInImplementer } from '../../src/agent/loop.ts';
import { anthropicModels } from '../../src/models/anthropic.ts';
import type { ModelReply, Models } from '../../src/models/model.ts';
import type { Script } from '../../src/models/scripted/script.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/models/scripted/server.ts';
import { reviewCandidate } from '../../src/review/ask.ts';
import { orchestratorAt } from '../../src/review/consult.ts';
import { diagnose } from '../../src/review/diagnose.ts';
import type { Orchestrator } from '../../src/spec/orchestrator.ts';
import { refineStories } from '../../src/spec/refine.ts';
import { attemptJob, green, testModel, testSpec } from '../agent/attempt.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { withCleanEnvironment } from '../models/builders.ts';
import { aPrd } from '../spec/a-prd.ts';
import { memoryVault } from '../spec/memory-vault.ts';
import { wireRefinement } from '../spec/wire-refinement.ts';
import { judgedCheck } from './judged.ts';

withCleanEnvironment();

/** What every request of the wave shares: long enough to be cached. */
const shared = `## Conventions\n${'Write small functions. '.repeat(200)}`;
const story = aStory('US-1', {
  title: 'Cart view',
  criteria: [proseCriterion('`total` is 1'), commandCriterion('npm test')],
});
const vault = memoryVault({
  head: { 'src/cart.ts': 'export const total = 0;\n' },
  built: { 'src/cart.ts': 'export const total = 1;\n' },
});
const evidence = { path: 'src/cart.ts', line: 1, quote: 'export const total = 1;' };
const wrong = { ...evidence, quote: 'export const total = 100;' };
const met = (n: number, quote: object = evidence) => ({ n, status: 'met', evidence: quote });
const answer = { verdict: 'approve', remarks: [], coaching: null };
const script: Script = {
  stories: {
    'US-1': {
      refine: [
        [
          {
            calls: [
              { tool: 'submit_refinement', input: { stories: [wireRefinement('US-1', { steps: ['Set it.'] })] } },
            ],
          },
        ],
      ],
      review: [
        [
          { calls: [{ tool: 'read', input: { files: ['src/cart.ts'] } }] },
          { calls: [{ tool: 'submit_review', input: { ...answer, criteria: [met(1, wrong), met(2)] } }] },
          { calls: [{ tool: 'submit_review', input: { ...answer, criteria: [met(1), met(2)] } }] },
        ],
      ],
      diagnose: [[{ calls: [{ tool: 'submit_review', input: { ...answer, verdict: 'escalate', criteria: [] } }] }]],
      implement: [[{ calls: [{ tool: 'finish', input: { status: 'done', summary: 'took over' } }] }]],
    },
  },
};

async function overHttp(
  use: (server: ScriptedServer, models: Models, replies: readonly ModelReply[]) => Promise<void>,
): Promise<void> {
  const server = await startScriptedServer({ script, minCacheablePrefix: 0 });
  const inner = anthropicModels({ env: { TEST_KEY: 'secret-key' } });
  const replies: ModelReply[] = [];
  const models: Models = {
    ask: async (request, hooks) => {
      const outcome = await inner.ask(request, hooks);
      if (outcome.kind === 'reply') replies.push(outcome);
      return outcome;
    },
  };
  try {
    await use(server, models, replies);
  } finally {
    await server.close();
  }
}

const modelAt = (url: string) => ({ ...testModel, endpoint: { ...testModel.endpoint, baseUrl: url } });
const orchestrator = (models: Models, url: string): Orchestrator =>
  orchestratorAt({ models, model: modelAt(url), shared, signal: new AbortController().signal });

const refine = (who: Orchestrator) =>
  refineStories({ stories: [{ story, reasons: [] }], prd: aPrd([story]), commit: 'head', judge: () => [] }, who, vault);
const review = (who: Orchestrator) =>
  reviewCandidate(
    {
      story,
      attempt: 1,
      outOfScope: [],
      checks: [judgedCheck('guard', { criteria: [1] })],
      policy: { flags: [], dropped: [], isTest: () => false, changesTests: false },
      from: 'head',
      to: 'built',
      claim: '',
      condition: true,
      earlier: null,
    },
    who,
    vault,
  );

describe('over HTTP', () => {
  it('a story is refined', async () => {
    await overHttp(async ({ url }, models) => {
      expect(await refine(orchestrator(models, url))).toMatchObject({
        stories: [{ kind: 'refined', refinement: { steps: ['Set it.'] } }],
      });
    });
  });

  it('a candidate is reviewed: it reads on, is asked about an invented quote, and puts it right', async () => {
    await overHttp(async ({ url, requests }, models) => {
      expect(await review(orchestrator(models, url))).toMatchObject({ verdict: { kind: 'approved' }, said: 'approve' });
      expect(requests).toHaveLength(3);
    });
  });

  it('refine, review, diagnose and implement share one prefix, byte for byte, and read it from the cache', async () => {
    await overHttp(async ({ url, requests }, models, replies) => {
      const who = orchestrator(models, url);
      await refine(who);
      await review(who);
      expect(
        await diagnose({ story, attempt: 1, base: 'head', snapshot: null, failure: 'red' }, who, vault),
      ).toMatchObject({ kind: 'take-over' });
      const spec = { ...testSpec, shared };
      const job = attemptJob({ verdicts: [green], job: { role: 'orchestrator', model: modelAt(url), spec } });
      expect(await builtInImplementer(models).attempt(job)).toMatchObject({ kind: 'finished' });
      const prefixes = requests.map(({ body }) => JSON.stringify([Object(body).tools, Object(body).system]));
      expect([prefixes.length, new Set(prefixes).size]).toEqual([6, 1]);
      const [first, ...later] = replies.map(({ usage }) => usage.cacheRead);
      expect([first, later.every((read) => read > 1_500)]).toEqual([0, true]);
    });
  });
});
