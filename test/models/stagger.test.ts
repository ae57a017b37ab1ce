import { describe, expect, it } from 'vitest';
import type { AskHooks, ModelOutcome, ModelRequest, Models } from '../../src/models/model.ts';
import { type StaggerOptions, staggered } from '../../src/models/stagger.ts';
import {
  askAt,
  endpointAt,
  entry,
  failure,
  modelRequest,
  reply,
  usage,
  user,
  withCleanEnvironment,
  withServer,
} from './builders.ts';
import { fakeTime } from './fake-time.ts';

withCleanEnvironment();

const shared = 'what every story of the wave is told\n'.repeat(200);
const sharing = (more: Partial<ModelRequest> = {}): ModelRequest =>
  modelRequest({ system: [{ text: 'who you are' }, { text: shared, cache: '5m' }], ...more });
const written = reply({ usage: { ...usage, write5m: 1_900 } });

/** Models that take a second to begin and three to end, and say at which moment each request was sent. */
function bench(options: StaggerOptions = {}, outcomes: readonly ModelOutcome[] = []) {
  const time = fakeTime();
  const sent: number[] = [];
  const models: Models = {
    ask: async (_, hooks: AskHooks = {}) => {
      const outcome = outcomes[sent.length] ?? written;
      sent.push(time.now());
      await time.sleep(1_000, hooks.signal);
      if (outcome.kind === 'reply') hooks.onFirstEvent?.();
      await time.sleep(2_000, hooks.signal);
      return outcome;
    },
  };
  return { models: staggered(models, { time, ...options }), sent, time };
}

describe('the first request of a prefix', () => {
  it('begins to be answered before its siblings are sent, and they wait for no more', async () => {
    const { models, sent, time } = bench();
    await time.run(Promise.all(Array.from({ length: 4 }, () => models.ask(sharing()))));
    expect(sent).toEqual([0, 1_000, 1_000, 1_000]);
  });

  it('that fails leaves its place to one of its siblings', async () => {
    const { models, sent, time } = bench({}, [failure('bad-request')]);
    await time.run(Promise.all(Array.from({ length: 3 }, () => models.ask(sharing()))));
    expect(sent).toEqual([0, 3_000, 4_000]);
  });

  it('is waited for no longer than is worth it, and said to be waited for when that takes a while', async () => {
    const waits: string[] = [];
    const time = fakeTime();
    const sent: number[] = [];
    const silent: Models = {
      ask: async () => {
        sent.push(time.now());
        await time.sleep(60_000);
        return written;
      },
    };
    const models = staggered(silent, { time, onWait: ({ model, purpose }) => waits.push(`${purpose.story} ${model}`) });
    await time.run(Promise.all([models.ask(sharing()), models.ask(sharing()), models.ask(sharing())]));
    expect(sent).toEqual([0, 10_000, 10_000]);
    expect(waits).toEqual(['US-1 claude-sonnet-5', 'US-1 claude-sonnet-5']);
  });

  it('is not waited for by who is told to stop', async () => {
    const { models, time } = bench();
    const stop = new AbortController();
    const first = models.ask(sharing());
    const second = models.ask(sharing(), { signal: stop.signal }).then(() => time.now());
    stop.abort();
    await time.run(Promise.all([first, second]));
    expect(await second).toBe(0);
  });
});

describe('nobody waits', () => {
  const tools = [{ name: 'read', description: 'reads', inputSchema: {} }] as const;
  it.each<[string, (at: number) => Partial<ModelRequest>]>([
    ['for a prefix that is too short to be cached', () => ({ model: entry({ minCacheablePrefix: 4_096 }) })],
    ['for a prefix without a marker', () => ({ system: [{ text: shared }] })],
    ['for another text', (at) => ({ system: [{ text: `${at}${shared}`, cache: '5m' }] })],
    ['for other tools', (at) => (at === 0 ? {} : { tools: [...tools] })],
    ['for another model', (at) => ({ model: entry({ id: `claude-${at}` }) })],
    ['for another endpoint', (at) => ({ model: entry({ endpoint: endpointAt(`http://${at}`) }) })],
  ])('%s', async (_, more) => {
    const { models, sent, time } = bench();
    await time.run(Promise.all([models.ask(sharing(more(0))), models.ask(sharing(more(1)))]));
    expect(sent).toEqual([0, 0]);
  });

  it('for a prefix that is warm, until its lifetime is over; a read prolongs it', async () => {
    const { models, sent, time } = bench();
    const two = (): Promise<unknown> => time.run(Promise.all([models.ask(sharing()), models.ask(sharing())]));
    await two();
    const pauses = [200_000, 200_000, 300_000];
    const apart: number[] = [];
    for (const pause of pauses) {
      await time.run(time.sleep(pause));
      await two();
      const [before = 0, last = 0] = sent.slice(-2);
      apart.push(last - before);
    }
    expect(apart).toEqual([0, 0, 1_000]);
  });

  it('for a prefix that turned out not to be cached', async () => {
    const { models, sent, time } = bench({}, [reply({ usage })]);
    await time.run(models.ask(sharing()));
    await time.run(time.sleep(600_000));
    await time.run(Promise.all([models.ask(sharing()), models.ask(sharing())]));
    expect(sent[1]).toBe(sent[2]);
  });
});

it('of eight at once exactly one writes the prefix, and the others read it', () =>
  withServer({ latencyMs: 50, minCacheablePrefix: 1_024 }, async (server) => {
    const models = staggered({ ask: (request, hooks) => askAt(server.url, request, {}, hooks) });
    const model = entry({ endpoint: endpointAt(server.url) });
    const stories = Array.from({ length: 8 }, (_, at) => user(`# Story US-${at}: a story`));
    const outcomes = await Promise.all(stories.map((story) => models.ask(sharing({ model, messages: [story] }))));
    const used = outcomes.map((outcome) => outcome.usage);
    expect(server.requests).toHaveLength(8);
    expect(used.filter((one) => (one?.write5m ?? 0) > 0)).toHaveLength(1);
    expect(used.filter((one) => (one?.cacheRead ?? 0) > 0)).toHaveLength(7);
  }));
