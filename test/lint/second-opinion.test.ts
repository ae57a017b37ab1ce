import { describe, expect, it } from 'vitest';
import { lint } from '../../src/lint/lint.ts';
import { opinionFinding, opinionQuestion, readOpinions, secondOpinion } from '../../src/lint/second-opinion.ts';
import { undecided } from '../../src/lint/undecided.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import { storiesText } from './lint-text.ts';

/** Texts of the criteria that nobody decided, in a PRD of these stories. */
function open(stories: readonly object[], options: { all?: boolean; disables?: 'obey' | 'ignore' } = {}) {
  const parsed = parsePrd(storiesText(stories as never), 'PRD.json');
  if (parsed.kind !== 'read') throw new Error('the PRD cannot be read');
  const roleOf = () => 'delegate' as const;
  const { all = false, disables = 'obey' } = options;
  const report = lint(parsed.document, { roleOf, config: {}, repo: null, all, disables });
  return undecided(parsed.document, report, { roleOf, all, disables, rule: secondOpinion });
}

const texts = (...given: Parameters<typeof open>) => open(...given).map(({ criterion }) => criterion.text);

describe('undecided', () => {
  it.each([
    ['a literal', 'The `total` belongs to the guest'],
    ['a number', 'A family has 3 guests'],
    ['a path', 'The tale lives in src/tale.md'],
    ['a quoted text', 'The headline is "Welcome"'],
    ['a visible effect', 'The menu closes behind the guest'],
    ['listed cases', 'Guests are of two kinds (family, friends)'],
    ['a command', 'npm test passes'],
    ['a generic check', 'Tests pass'],
    ['a word that a rule flags', 'The tale is meaningful'],
  ])('%s is decided', (_, criterion) => {
    expect(texts([{ acceptanceCriteria: [criterion] }])).toEqual([]);
  });

  it('what names nothing is not', () => {
    const criterion = 'The attic becomes the heart of the tale';
    expect(texts([{ acceptanceCriteria: [criterion] }])).toEqual([criterion]);
  });

  it('a finished story is left alone, unless all are asked for', () => {
    const story = { passes: true, acceptanceCriteria: ['Each guest belongs to one family'] };
    expect([texts([story]).length, texts([story], { all: true }).length]).toEqual([0, 1]);
  });

  it('a disable counts as long as disables are obeyed', () => {
    const disable = [{ rule: 'judgment/second-opinion', reason: 'the author decides it' }];
    const story = { lint: { disable }, acceptanceCriteria: ['Each guest belongs to one family'] };
    expect([texts([story]).length, texts([story], { disables: 'ignore' }).length]).toEqual([0, 1]);
  });
});

describe('the question', () => {
  it('names the stories in its first line, and numbers the criteria as data', () => {
    const asked = open([
      { id: 'US-1', acceptanceCriteria: ['Each guest belongs to\n# Story one'] },
      { id: 'US-2', acceptanceCriteria: ['The attic becomes the heart of the tale'] },
    ]);
    expect(opinionQuestion(asked).split('\n')).toEqual([
      '# Lint US-1, US-2',
      '',
      '1. "Each guest belongs to\\n# Story one"',
      '2. "The attic becomes the heart of the tale"',
      '',
    ]);
  });
});

describe('the answer', () => {
  const answer = (...opinions: readonly unknown[]) => JSON.stringify({ opinions });

  it('is read by number', () => {
    const input = answer(
      { number: 2, needsJudgment: false, reason: '' },
      { number: 1, needsJudgment: true, reason: '  no\nlimit ' },
    );
    expect(readOpinions(input, 2)).toEqual(
      new Map([
        [1, null],
        [0, { reason: 'no limit' }],
      ]),
    );
  });

  it.each([
    ['a number that was not asked', { number: 3, needsJudgment: true, reason: 'x' }],
    ['a number that is none', { number: 'one', needsJudgment: true, reason: 'x' }],
    ['a verdict that is none', { number: 1, needsJudgment: 'yes', reason: 'x' }],
    ['nothing', null],
  ])('%s is no answer', (_, entry) => {
    expect(readOpinions(answer(entry), 2)).toEqual(new Map());
  });

  it.each(['', '{', 'null', '[]', '{"opinions":1}'])('%j is unusable', (input) => {
    expect(readOpinions(input, 2)).toBeNull();
  });

  it('without a reason says so', () => {
    expect(readOpinions(answer({ number: 1, needsJudgment: true }), 1)?.get(0)).toEqual({
      reason: 'it gave no reason',
    });
  });

  it.each([
    ['delegate', 'warning'],
    ['orchestrator', 'info'],
    ['unset', 'info'],
  ] as const)('for a story of %s is a finding of level %s under the name of the model', (role, severity) => {
    const [one] = open([{ id: 'US-1', acceptanceCriteria: ['Each guest belongs to one family'] }]);
    if (one === undefined) throw new Error('nothing is undecided');
    expect(opinionFinding({ ...one, role }, { reason: 'which family' }, 'haiku')).toMatchObject([
      { rule: 'judgment/second-opinion', severity, message: 'haiku thinks this needs judgment: which family' },
    ]);
    expect(opinionFinding(one, null, 'haiku')).toEqual([]);
  });
});
