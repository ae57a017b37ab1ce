import { describe, expect, it } from 'vitest';
import type { ModelRequest, Purpose } from '../../src/models/model.ts';
import { rememberingModels } from '../../src/review/remembered.ts';
import { calling, failing, reply, type Scripted, saying, scriptedModels } from '../agent/scripted-models.ts';
import { modelRequest, user } from '../models/builders.ts';

const review: Purpose = { step: 'review', role: 'orchestrator', story: 'US-1', attempt: 1 };
const request = (fields: Partial<ModelRequest> = {}) => modelRequest({ purpose: review, ...fields });

function remembering(...script: readonly Scripted[]) {
  const texts = new Map<string, string>();
  const reused: Purpose[] = [];
  const models = scriptedModels(...script);
  const store = {
    read: async (key: string) => texts.get(key) ?? null,
    write: async (key: string, text: string) => {
      texts.set(key, text);
    },
  };
  return { models: rememberingModels(models, store, (purpose) => reused.push(purpose)), texts, reused };
}

const submitted = calling('submit_review', { verdict: 'approve' });

describe('one-shot replies', () => {
  it('are paid once: the same question again is answered from the store', async () => {
    const { models, reused } = remembering(submitted);
    const first = await models.ask(request());
    expect(await models.ask(request())).toEqual({ ...first, durationMs: 0 });
    expect(reused).toEqual([review]);
  });

  it.each<[string, Partial<ModelRequest>]>([
    ['another text', { messages: [user('# Review US-1: other')] }],
    ['another model', { model: { ...modelRequest().model, id: 'other' } }],
    ['another step', { purpose: { ...review, step: 'diagnose' } }],
  ])('%s is another question', async (_, fields) => {
    const { models, reused } = remembering(submitted, submitted);
    await models.ask(request());
    await models.ask(request(fields));
    expect(reused).toEqual([]);
  });

  it.each<[string, Partial<ModelRequest>]>([
    ['another attempt', { purpose: { ...review, attempt: 2 } }],
    ['behind notes that were learned meanwhile', { system: [{ text: 'other' }] }],
  ])('the same question by %s is the same question', async (_, fields) => {
    const { models, reused } = remembering(submitted);
    await models.ask(request());
    await models.ask(request(fields));
    expect(reused).toHaveLength(1);
  });

  it.each<[string, Scripted]>([
    ['a failure', failing('overloaded')],
    ['words without a call', saying('fine')],
    ['a reply that was cut off', reply(submitted.content, { stop: 'max_tokens' })],
  ])('%s is not kept', async (_, outcome) => {
    const { models, texts } = remembering(outcome, submitted);
    await models.ask(request());
    expect(texts.size).toBe(0);
    expect(await models.ask(request())).toEqual(submitted);
  });

  it('the work of implementers is never replayed', async () => {
    const { models, texts } = remembering(submitted, submitted);
    const implement = request({ purpose: { ...review, step: 'implement' } });
    await models.ask(implement);
    await models.ask(implement);
    expect(texts.size).toBe(0);
  });

  it.each([
    ['half a file', (text: string) => text.slice(0, -20)],
    ['another version', (text: string) => text.replace('reply/1', 'reply/0')],
    ['a stop that ran no tools', (text: string) => text.replace('"tool_use","usage"', '"max_tokens","usage"')],
    ['an unknown field', (text: string) => text.replace('{', '{"x":1,')],
  ])('%s in the store is no reply', async (_, change) => {
    const { models, texts } = remembering(submitted, submitted);
    await models.ask(request());
    const [[key, text] = ['', '']] = texts;
    expect(change(text)).not.toBe(text);
    texts.set(key, change(text));
    expect(await models.ask(request())).toEqual(submitted);
  });
});
