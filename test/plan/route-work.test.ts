import { describe, expect, it } from 'vitest';
import { routeStory } from '../../src/plan/route.ts';
import {
  type Agreement,
  adviseWork,
  agreement,
  mechanicalVerb,
  type Work,
  type WorkModels,
} from '../../src/plan/route-work.ts';
import type { Story } from '../../src/prd/prd.ts';
import { aStory, proseCriterion, testRoster } from '../helpers/stories.ts';

const nothing = { judgment: [], unclear: [] };
const advise = (story: Story, evidence: { judgment: readonly string[]; unclear: readonly string[] } = nothing) =>
  adviseWork([story], () => evidence)[0];

describe('the kind of work', () => {
  it('is judgment where something is left to decide, whatever else is said', () => {
    const story = aStory('US-1', { title: 'Rename `a` to `b`', complexity: 'low' });
    expect(advise(story, { judgment: ['shares `a.ts`', 'more'], unclear: ['vague'] })).toEqual({
      work: 'judgment',
      because: 'shares `a.ts`',
      ready: true,
    });
  });

  it('is judgment where the document calls the story complex', () => {
    expect(advise(aStory('US-1', { complexity: 'high' }))?.work).toBe('judgment');
  });

  it('is making, not yet ready, where a delegate would have to guess', () => {
    expect(advise(aStory('US-1', { title: 'Rename it' }), { judgment: [], unclear: ['no file'] })).toEqual({
      work: 'making',
      because: 'to be refined first: no file',
      ready: false,
    });
  });

  it('is making where everything is said', () => {
    expect(advise(aStory('US-1'))).toMatchObject({ work: 'making', ready: true });
  });

  it('is repetition for three stories that differ in names alone, and making for two', () => {
    const one = (name: string) =>
      aStory(name, {
        criteria: [
          proseCriterion(`\`${name}\` in src/${name}.ts returns ${name.length} sorted entries without any doubles`),
        ],
      });
    const works = (names: readonly string[]) => adviseWork(names.map(one), () => nothing).map(({ work }) => work);
    expect(works(['Cart', 'Order', 'Item'])).toEqual(['repetition', 'repetition', 'repetition']);
    expect(works(['Cart', 'Order'])).toEqual(['making', 'making']);
  });

  it('is no repetition where criteria say nothing but names', () => {
    const bare = (id: string) => aStory(id, { criteria: [proseCriterion('`x`')] });
    expect(adviseWork([bare('a'), bare('b'), bare('c')], () => nothing).map(({ work }) => work)).toEqual(
      Array(3).fill('making'),
    );
  });
});

describe('a mechanical verb', () => {
  it.each([
    ['Rename the table', 'Rename'],
    ['  bump: zod to 5', 'bump'],
    ['Renaming of tables', null],
    ['Delete account', null],
    ['Sort products by price', null],
    ['', null],
  ])('%j: %j', (title, verb) => expect(mechanicalVerb(title)).toBe(verb));
});

describe('agreement with `implementModel`', () => {
  const models: WorkModels = {
    judgment: { name: 'orchestrator', modelId: 'big-1' },
    making: { name: 'delegate', modelId: 'mid-1' },
    repetition: { name: 'haiku', modelId: 'small-1' },
  };
  const agrees = (work: Work, implementModel: string | null, ready = true) =>
    agreement({ work, because: '', ready }, routeStory(aStory('US-1', { implementModel }), testRoster), models);

  it.each<[Work, string | null, Agreement]>([
    ['judgment', null, 'unset'],
    ['making', null, 'unset'],
    ['judgment', 'orchestrator', 'agrees'],
    ['judgment', 'opus', 'agrees'],
    ['judgment', 'sonnet', 'differs'],
    ['making', 'opus', 'differs'],
    ['making', 'delegate', 'agrees'],
    ['making', 'haiku', 'agrees'],
    ['repetition', 'haiku', 'agrees'],
    ['repetition', 'sonnet', 'differs'],
    ['repetition', 'orchestrator', 'differs'],
    ['making', 'nobody', 'differs'],
  ])('%s held by %s: %s', (work, model, expected) => expect(agrees(work, model)).toBe(expected));

  it('has no quarrel with the orchestrator about what must be refined first', () => {
    expect(agrees('making', 'opus', false)).toBe('agrees');
  });
});
