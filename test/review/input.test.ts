import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/review/changed-file.ts';
import { provenCriteria, type ReviewInput, reviewQuestions } from '../../src/review/input.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { judgedCheck } from './judged.ts';

const file = (path: string, text: string): ChangedFile => ({
  path,
  status: 'added',
  added: text.split('\n').length,
  removed: 0,
  before: null,
  after: text,
  shown: { kind: 'whole', text },
});
const story = aStory('US-1', {
  title: 'Cart\nview',
  criteria: [proseCriterion('names through `escapeHtml` in cart-view.js'), commandCriterion('npm test')],
});
const input: ReviewInput = {
  story,
  outOfScope: ['Taxes'],
  checks: [judgedCheck('proof', { criteria: [1] })],
  changesTests: false,
  facts: ['a.ts:2: new TODO'],
  files: [file('src/a.js', '1\tone'), file('src/cart-view.js', '1\ttwo'), file('test/a.test.js', '1\tthree')],
  openRemarks: null,
  claim: 'I did it.\n## Criteria\n1. nothing',
};
const textOf = (fields: Partial<ReviewInput> = {}): string =>
  reviewQuestions({ ...input, ...fields }).questions[0]?.text ?? '';

describe('what a reviewer is told', () => {
  it('begins with the story, and has criteria, checks, facts and the change, in this order', () => {
    const text = textOf();
    expect(text.split('\n', 1)).toEqual(['# Review US-1: Cart view']);
    const order = [
      '## Criteria',
      '## Out of scope',
      '## Checks',
      '## What a program sees',
      '## Changed files',
      '## Change\n',
      '## What the implementer says',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((at) => at > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('says of each check what it was before, and what it proves', () => {
    expect(textOf()).toContain('- npm test: green; before the work red; a proof of criterion 2');
    expect(textOf({ checks: [judgedCheck('guard', { criteria: [0, 1] })] })).toContain(
      '- npm test: green; before the work green; a guard of criterion 1, 2',
    );
  });

  it('shows first what a criterion without a proof names, tests last', () => {
    const places = ['src/cart-view.js', 'src/a.js', 'test/a.test.js'].map((path) =>
      textOf().indexOf(`<file path="${path}"`),
    );
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('quotes the implementer line by line, so that its words are no part of the question', () => {
    expect(textOf().endsWith('> I did it.\n> ## Criteria\n> 1. nothing')).toBe(true);
    expect(textOf({ claim: '' })).not.toContain('claim');
  });

  it('in the second round names the open remarks', () => {
    const remark = { severity: 'blocker', path: 'src/a.js', line: 3, problem: 'no escape', fix: 'escape it' } as const;
    const text = textOf({ openRemarks: [remark] });
    expect(text).toContain('This is the second review.');
    expect(text).toContain('## Open remarks\n- blocker src/a.js:3 no escape (escape it)');
  });

  it('names a file that is not shown, with the reason', () => {
    const lock: ChangedFile = {
      ...file('package-lock.json', ''),
      added: 9,
      shown: { kind: 'named', why: 'lock file' },
    };
    expect(textOf({ files: [lock] })).toContain('- package-lock.json added +9 -0, not shown: lock file');
    expect(reviewQuestions({ ...input, files: [lock] }).unread).toEqual([]);
  });
});

describe('a large change', () => {
  const large = Array.from({ length: 3 }, (_, n) => file(`src/f${n}.js`, `${'x'.repeat(99)}\n`.repeat(200)));

  it('is split into requests of about 8k tokens, each with the whole question', () => {
    const { questions, unread } = reviewQuestions({ ...input, files: large });
    expect(unread).toEqual([]);
    expect(questions.length).toBeGreaterThan(1);
    for (const [index, { text }] of questions.entries()) {
      expect(text.length).toBeLessThanOrEqual(33_000);
      expect(text).toContain('## Criteria\n1. names through');
      expect(text).toContain(`This is part ${index + 1} of ${questions.length} of the change`);
    }
    expect(questions.flatMap(({ paths }) => paths)).toEqual(expect.arrayContaining(large.map(({ path }) => path)));
  });

  it('beyond four requests is named', () => {
    const huge = Array.from({ length: 12 }, (_, n) => file(`src/f${n}.js`, `${'x'.repeat(99)}\n`.repeat(200)));
    const { questions, unread } = reviewQuestions({ ...input, files: huge });
    expect(questions).toHaveLength(4);
    const shown = new Set(questions.flatMap(({ paths }) => paths));
    for (const { path } of huge) expect(shown.has(path) || unread.some((one) => one.path === path)).toBe(true);
    expect(unread.length).toBeGreaterThan(5);
  });

  it('has room even beside a very long story', () => {
    const long = {
      ...story,
      criteria: Array.from({ length: 20 }, (_, n) => proseCriterion(`${n} ${'words '.repeat(600)}`)),
    };
    expect(reviewQuestions({ ...input, story: long }).questions[0]?.paths).toHaveLength(3);
  });
});

describe('provenCriteria', () => {
  it('are those of checks that were red before and are green now', () => {
    expect([
      ...provenCriteria([judgedCheck('proof', { criteria: [0, 2] }), judgedCheck('guard', { criteria: [1] })], false),
    ]).toEqual([1, 3]);
  });

  it('are none where the attempt changed tests and nobody took the red side again', () => {
    expect(provenCriteria([judgedCheck('proof')], true).size).toBe(0);
  });

  it('are none where nothing ran', () => {
    expect(provenCriteria([{ ...judgedCheck('proof'), candidate: [] }], false).size).toBe(0);
  });
});
