import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { prefixTtl, systemBlocks } from '../../src/agent/prompts/system.ts';
import { toolSchemas } from '../../src/agent/prompts/tool-schemas.ts';
import type { Message, ModelRequest } from '../../src/models/model.ts';
import { orchestratorAt } from '../../src/review/consult.ts';
import type { Consulted, Question, Reading } from '../../src/spec/orchestrator.ts';
import { testModel } from '../agent/attempt.ts';
import { call, calling, failing, reply, type Scripted, saying, scriptedModels } from '../agent/scripted-models.ts';

const schema = z.object({ word: z.string() });
type Word = z.infer<typeof schema>;
const question: Question<Word> = {
  purpose: { step: 'review', role: 'orchestrator', story: 'US-1', attempt: 2 },
  tool: 'submit_review',
  text: '# Review US-1: x',
  schema,
  maxTokens: 100,
  effort: 'low',
  reading: null,
  followUp: null,
};
const submit = (word: unknown) => calling('submit_review', { word });

async function ask(
  script: readonly Scripted[],
  fields: Partial<Question<Word>> = {},
): Promise<{ consulted: Consulted<Word>; requests: readonly ModelRequest[] }> {
  const models = scriptedModels(...script);
  const desk = { models, model: testModel, shared: 'SHARED', signal: new AbortController().signal };
  const consulted = await orchestratorAt(desk).consult({ ...question, ...fields });
  return { consulted, requests: models.requests };
}

const last = (requests: readonly ModelRequest[]): Message | undefined => requests.at(-1)?.messages.at(-1);
const results = (requests: readonly ModelRequest[]): readonly string[] =>
  (last(requests)?.content ?? []).flatMap((block) => (block.type === 'tool_result' ? [block.content] : []));
const words = (requests: readonly ModelRequest[]): readonly string[] =>
  (last(requests)?.content ?? []).flatMap((block) => (block.type === 'text' ? [block.text] : []));

describe('one question, one answer', () => {
  it('is sent with the tools and system blocks of every request of the role, and the shared text marked', async () => {
    const { consulted, requests } = await ask([submit('yes')]);
    expect(consulted).toEqual({ kind: 'answered', answer: { word: 'yes' } });
    expect(requests[0]).toMatchObject({
      purpose: question.purpose,
      system: systemBlocks('orchestrator', 'SHARED'),
      tools: toolSchemas('orchestrator'),
      maxTokens: 100,
      effort: 'low',
      messages: [{ role: 'user', content: [{ type: 'text', text: question.text }] }],
    });
    expect(requests[0]?.system.at(-1)?.cache).toBe(prefixTtl);
  });

  it.each<[string, readonly Scripted[], Consulted<Word>['kind']]>([
    ['JSON in words', [saying('I say {"word":"yes"}.')], 'answered'],
    ['words, then the tool', [saying('Looks fine.'), submit('yes')], 'answered'],
    ['a bad input, then a good one', [submit(3), submit('yes')], 'answered'],
    ['input that is no JSON, then a good one', [calling('submit_review', '{"word":'), submit('yes')], 'answered'],
    ['another tool, then the right one', [calling('edit', {}), submit('yes')], 'answered'],
    ['words twice', [saying('no'), saying('no')], 'unusable'],
    ['a bad input twice', [submit(3), submit(4)], 'unusable'],
    ['a refusal', [reply([], { stop: 'refusal' })], 'unusable'],
    ['cut off twice', [reply([], { stop: 'max_tokens' }), reply([], { stop: 'max_tokens' })], 'unusable'],
    ['a full context', [failing('context-exceeded')], 'unusable'],
    ['no money', [failing('budget')], 'stopped'],
    ['no key', [failing('credentials')], 'stopped'],
    ['an interruption', [failing('aborted')], 'stopped'],
  ])('%s', async (_, script, kind) => {
    expect((await ask(script)).consulted.kind).toBe(kind);
  });

  it('a bad input is told what is wrong with it, once', async () => {
    const { requests } = await ask([submit(3), submit('yes')]);
    expect(words(requests)[0]).toMatch(/^the answer cannot be used: `word`: .*\. Answer with submit_review alone/);
  });

  it('every call gets a result, also those that are not to be had', async () => {
    const { requests } = await ask([reply([call('run', { command: 'ls' }), call('submit_review', {})]), submit('yes')]);
    expect(results(requests)).toEqual(['run is not available in this step', 'received']);
  });
});

describe('reading', () => {
  const read: Reading['read'] = async ({ path, start, end }) => `${path} ${start}-${end}`;
  const reading = { turns: 2, ranges: 3, read };
  const wanting = (...paths: readonly string[]) =>
    calling('read', { files: paths.map((path) => ({ path, start: 1, end: 9 })) });

  it('ranges are shown, and the answer comes after', async () => {
    const { consulted, requests } = await ask([wanting('a', 'b'), submit('yes')], { reading });
    expect(consulted.kind).toBe('answered');
    expect(results(requests)).toEqual(['a 1-9\n\nb 1-9']);
  });

  it('ends after so many ranges, with a word to answer now', async () => {
    const { requests } = await ask([wanting('a', 'b', 'c', 'd'), submit('yes')], { reading });
    expect([results(requests), words(requests)]).toEqual([
      ['a 1-9\n\nb 1-9\n\nc 1-9'],
      ['Now answer with submit_review; what you still cannot tell is unclear.'],
    ]);
  });

  it('a third turn of reading is no answer, and neither is a fourth', async () => {
    const script = [wanting('a'), wanting('b'), wanting('c'), wanting('d')];
    expect((await ask(script, { reading })).consulted).toEqual({
      kind: 'unusable',
      reason: 'no submit_review in the reply',
    });
  });

  it('a read that is not understood shows nothing', async () => {
    const { requests } = await ask([calling('read', { files: 7 }), submit('yes')], { reading });
    expect(results(requests)).toEqual(['nothing more can be read']);
  });
});

describe('the follow-up', () => {
  const followUp = async (first: Word) => ({
    text: `why ${first.word}?`,
    join: (second: Word) => ({ word: `${first.word}, ${second.word}` }),
  });

  it('is asked once, and the answers are put together', async () => {
    const { consulted, requests } = await ask([submit('one'), submit('two')], { followUp });
    expect(consulted).toEqual({ kind: 'answered', answer: { word: 'one, two' } });
    expect([results(requests), words(requests)]).toEqual([['received'], ['why one?']]);
  });

  it('also after an answer in words', async () => {
    const { requests } = await ask([saying('{"word":"one"}'), submit('two')], { followUp });
    expect(words(requests)).toEqual(['why one?']);
  });

  it.each<[string, readonly Scripted[]]>([
    ['no second answer', [saying('no'), saying('no')]],
    ['a refusal', [reply([], { stop: 'refusal' })]],
    ['no money for it', [failing('budget')]],
    ['a provider that fails this once', [failing('overloaded')]],
  ])('%s leaves the first one standing', async (_, rest) => {
    expect((await ask([submit('one'), ...rest], { followUp })).consulted).toEqual({
      kind: 'answered',
      answer: { word: 'one' },
    });
  });

  it('an interruption is an interruption', async () => {
    expect((await ask([submit('one'), failing('aborted')], { followUp })).consulted.kind).toBe('stopped');
  });
});
