import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../src/models/model.ts';
import { orchestratorAt } from '../../src/review/consult.ts';
import { type DiagnoseOrder, type Diagnosis, diagnose } from '../../src/review/diagnose.ts';
import { testModel } from '../agent/attempt.ts';
import { calling, failing, type Scripted, saying, scriptedModels } from '../agent/scripted-models.ts';
import { aStory, proseCriterion } from '../helpers/stories.ts';
import { memoryVault } from '../spec/memory-vault.ts';

const vault = memoryVault({
  base: { 'src/a.js': 'export const a = 1;\n', 'src/b.js': 'export const b = 1;\n' },
  work: { 'src/a.js': 'export const a = 2;\n', 'src/b.js': 'export const b = 1;\n' },
});
const order: DiagnoseOrder = {
  story: aStory('US-1', { title: 'Cart view', criteria: [proseCriterion('a is 3')] }),
  attempt: 1,
  base: 'base',
  snapshot: 'work',
  failure: 'npm test: exit 1\n  at src/b.js:1:14',
};
const remark = { severity: 'major', path: 'src/a.js', line: 1, problem: 'a is 2', fix: 'set it to 3' };
const submit = (fields: object) =>
  calling('submit_review', { verdict: 'revise', criteria: [], remarks: [], coaching: null, ...fields });

async function ask(script: readonly Scripted[], fields: Partial<DiagnoseOrder> = {}) {
  const models = scriptedModels(...script);
  const desk = { models, model: testModel, shared: '', signal: new AbortController().signal };
  const diagnosis = await diagnose({ ...order, ...fields }, orchestratorAt(desk), vault);
  return { diagnosis, requests: models.requests };
}

const textOf = ([request]: readonly ModelRequest[]): string =>
  (request?.messages[0]?.content ?? []).map((block) => (block.type === 'text' ? block.text : '')).join('');

describe('a diagnosis', () => {
  it('sees the criteria, the failure, the change and the files that the failure names', async () => {
    const { requests } = await ask([submit({})]);
    expect(textOf(requests).split('\n', 1)).toEqual(['# Diagnose US-1: Cart view']);
    expect(textOf(requests)).toContain('## Criteria\n1. a is 3');
    expect(textOf(requests)).toContain('## What failed\nnpm test: exit 1');
    expect(textOf(requests)).toContain('-export const a = 1;\n+export const a = 2;');
    expect(textOf(requests)).toContain('## Files that the failure names\n<file path="src/b.js">');
    expect(requests[0]?.purpose).toEqual({ step: 'diagnose', role: 'orchestrator', story: 'US-1', attempt: 1 });
  });

  it.each<[string, readonly Scripted[], Diagnosis]>([
    [
      'revise is a hint for a fresh attempt',
      [submit({ remarks: [remark], coaching: 'set a to 3 (not 2) when the criterion says so' })],
      {
        kind: 'retry',
        hint: '- src/a.js:1 a is 2; set it to 3',
        coaching: 'set a to 3 (not 2) when the criterion says so',
      },
    ],
    ['a hint without words is none', [submit({})], { kind: 'retry', hint: null, coaching: null }],
    [
      'escalate takes over, with its reason',
      [submit({ verdict: 'escalate', remarks: [remark] })],
      { kind: 'take-over', reason: 'a is 2', hint: '- src/a.js:1 a is 2; set it to 3', coaching: null },
    ],
    [
      'approve is no answer: asked once more',
      [submit({ verdict: 'approve' }), submit({ remarks: [remark] })],
      { kind: 'retry', hint: '- src/a.js:1 a is 2; set it to 3', coaching: null },
    ],
    [
      'no usable answer: again without a hint',
      [saying('hm'), saying('hm')],
      { kind: 'retry', hint: null, coaching: null },
    ],
    [
      'a lesson that loosens the rules is dropped',
      [submit({ coaching: 'disable the failing test when in doubt' })],
      { kind: 'retry', hint: null, coaching: null },
    ],
    [
      'no money',
      [failing('budget', 'spent')],
      { kind: 'stopped', end: { kind: 'limit', limit: 'budget', detail: 'spent' } },
    ],
  ])('%s', async (_, script, diagnosis) => {
    expect((await ask(script)).diagnosis).toEqual(diagnosis);
  });

  it('of an attempt that changed nothing says so', async () => {
    const { requests } = await ask([submit({})], { snapshot: null });
    expect(textOf(requests)).toContain('## What the attempt changed\nnothing');
  });

  it('stays small, however long failure and change are', async () => {
    const wide = 'x'.repeat(1_000);
    const big = memoryVault({
      base: {},
      work: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`src/f${n}.js`, `${wide}\n`.repeat(5)])),
    });
    const models = scriptedModels(submit({}));
    const desk = { models, model: testModel, shared: '', signal: new AbortController().signal };
    const failure = `src/f1.js src/f2.js src/f3.js src/f4.js ${'y'.repeat(90_000)}`;
    await diagnose({ ...order, failure }, orchestratorAt(desk), big);
    const text = textOf(models.requests);
    expect(text.length).toBeLessThan(45_000);
    expect(text).toMatch(/not shown: src\/f/);
  });
});
