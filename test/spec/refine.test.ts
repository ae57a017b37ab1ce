import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../src/models/model.ts';
import type { Story } from '../../src/prd/prd.ts';
import { orchestratorAt } from '../../src/review/consult.ts';
import { type RefineOrder, refineStories } from '../../src/spec/refine.ts';
import { testModel } from '../agent/attempt.ts';
import { calling, failing, reply, type Scripted, saying, scriptedModels } from '../agent/scripted-models.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { aPrd } from './a-prd.ts';
import { memoryVault } from './memory-vault.ts';
import { wireRefinement } from './wire-refinement.ts';

const files = {
  'package.json': '{"scripts":{"lint":"biome check"}}',
  'src/money.js': 'export function formatMoney(cents) {}\n',
  'src/far.js': 'export const far = 1;\n',
  'test/money.test.js': 'test();\n',
};
const one = aStory('US-1', {
  title: 'Cart total',
  criteria: [proseCriterion('`formatMoney` shows the total'), commandCriterion('node --test test/money.test.js')],
});
const two = aStory('US-2', { title: 'Cart badge', criteria: [commandCriterion('node --test test/money.test.js')] });
const prd = aPrd([one, two, aStory('US-3', { passes: true }), aStory('US-4')]);
const submitted = (...stories: readonly unknown[]) => calling('submit_refinement', { stories });

async function refine(stories: readonly Story[], script: readonly Scripted[], judge: RefineOrder['judge'] = () => []) {
  const models = scriptedModels(...script);
  const desk = { models, model: testModel, shared: 'SHARED', signal: new AbortController().signal };
  const order = {
    stories: stories.map((story) => ({ story, reasons: ['`nicely` is vague'] })),
    prd,
    commit: 'c',
    judge,
  };
  const result = await refineStories(order, orchestratorAt(desk), memoryVault({ c: files }));
  return { result, requests: models.requests };
}

const textOf = (request: ModelRequest | undefined, message = 0): string =>
  (request?.messages[message]?.content ?? []).map((block) => (block.type === 'text' ? block.text : '')).join('');

describe('refining', () => {
  it('asks one question about one story, with code that the program chose', async () => {
    const { result, requests } = await refine([one], [submitted(wireRefinement('US-1', { steps: ['Do it.'] }))]);
    expect(result).toMatchObject({
      kind: 'refined',
      stories: [{ kind: 'refined', dropped: [], open: [], refinement: { steps: ['Do it.'] } }],
    });
    const text = textOf(requests[0]);
    expect(text.split('\n', 1)).toEqual(['# Refine US-1: Cart total']);
    expect(text).toContain('1. `formatMoney` shows the total\n2. Verify: node --test test/money.test.js');
    expect(text).toContain('- `nicely` is vague');
    expect(text).toContain('## Other stories\nDone: US-3\nTo come, none of it in scope here: US-2, US-4');
    expect(text).toContain('<file path="src/money.js">');
    expect(requests[0]?.purpose).toEqual({ step: 'refine', role: 'orchestrator', story: 'US-1', attempt: null });
  });

  it('a batch is one question, booked on no single story', async () => {
    const { result, requests } = await refine([one, two], [submitted(wireRefinement('US-2'), wireRefinement('US-1'))]);
    expect(result.kind === 'refined' && result.stories.map(({ story, kind }) => [story.id, kind])).toEqual([
      ['US-1', 'refined'],
      ['US-2', 'refined'],
    ]);
    expect(textOf(requests[0]).split('\n', 1)).toEqual(['# Refine US-1, US-2: 2 stories']);
    expect(requests[0]?.purpose.story).toBeNull();
  });

  it('files that are needed come with one second question; what was fine the first time stays', async () => {
    const { result, requests } = await refine(
      [one, two],
      [
        submitted(
          wireRefinement('US-1', { needs: ['src/far.js', 'src/none.js'] }),
          wireRefinement('US-2', { steps: ['Two.'] }),
        ),
        submitted(wireRefinement('US-1', { steps: ['Now I know.'], needs: ['src/money.js'] })),
      ],
    );
    expect(result).toMatchObject({
      stories: [{ refinement: { steps: ['Now I know.'] } }, { refinement: { steps: ['Two.'] } }],
    });
    expect(textOf(requests[1], 2)).toContain(
      'The files you asked for:\n<file path="src/far.js">\n1\texport const far = 1;',
    );
  });

  it('what was shown already is not shown again, and nothing is asked for it', async () => {
    const { requests } = await refine(
      [one],
      [submitted(wireRefinement('US-1', { needs: ['src/money.js', 'src/none.js'] }))],
    );
    expect(requests).toHaveLength(1);
  });

  it('a story that is not ready yet gets one more try, with what is open and what was left out', async () => {
    const file = { path: 'src/none.js', action: 'modify', why: '' };
    const judge = (story: Story) => (story.criteria.length > 2 ? [] : ['criterion 1: `shows` has no outcome']);
    const { result, requests } = await refine(
      [one],
      [
        submitted(wireRefinement('US-1', { files: [file] })),
        submitted(wireRefinement('US-1', { extraCriteria: ['`total` of no lines is 0'] })),
      ],
      judge,
    );
    expect(result).toMatchObject({
      stories: [{ open: [], refinement: { extraCriteria: ['`total` of no lines is 0'] } }],
    });
    expect(textOf(requests[1], 2)).toContain(
      'Still open:\n- US-1: criterion 1: `shows` has no outcome\n- US-1: left out: src/none.js: to be modified, and is not there',
    );
  });

  it('after one more try what is open is reported, not asked again', async () => {
    const { result } = await refine(
      [one],
      [submitted(wireRefinement('US-1')), submitted(wireRefinement('US-1'))],
      () => ['still vague'],
    );
    expect(result).toMatchObject({ stories: [{ kind: 'refined', open: ['still vague'] }] });
  });

  it('a second answer that cannot be used leaves the first one standing', async () => {
    const { result } = await refine(
      [one],
      [submitted(wireRefinement('US-1', { steps: ['First.'] })), saying('no'), saying('no')],
      () => ['open'],
    );
    expect(result).toMatchObject({ stories: [{ refinement: { steps: ['First.'] }, open: ['open'] }] });
  });

  it('a story that the answer does not name is not refined', async () => {
    const answer = submitted(wireRefinement('US-9'));
    const { result } = await refine([one], [answer, answer]);
    expect(result).toMatchObject({ stories: [{ kind: 'unrefined', reason: 'the refinement does not name it' }] });
  });

  it('prose, twice, is no refinement', async () => {
    const { result } = await refine([one], [saying('I would write a view.'), saying('As I said.')]);
    expect(result).toMatchObject({ stories: [{ kind: 'unrefined', reason: 'no submit_refinement in the reply' }] });
  });

  it('an answer in words is taken when it is JSON', async () => {
    const { result, requests } = await refine(
      [one],
      [
        reply([
          { type: 'text', text: `Here:\n\`\`\`json\n${JSON.stringify({ stories: [wireRefinement('US-1')] })}\n\`\`\`` },
        ]),
      ],
    );
    expect(result).toMatchObject({ stories: [{ kind: 'refined' }] });
    expect(requests).toHaveLength(1);
  });

  it('a failing provider stops it with the same end as an attempt', async () => {
    const { result } = await refine([one], [failing('credentials', 'no key')]);
    expect(result).toEqual({
      kind: 'stopped',
      end: { kind: 'provider', failure: 'credentials', said: 'no key', stopsRun: true },
    });
  });
});
