import { describe, expect, it } from 'vitest';
import { checkRefinement, type RefinementGround } from '../../src/spec/check-refinement.ts';
import { modelChecks, refinedStory } from '../../src/spec/refined-story.ts';
import { refinement } from '../../src/spec/refinement.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { wireRefinement } from './wire-refinement.ts';

const texts: Record<string, string> = { 'src/money.js': 'export function formatMoney(cents) {}\n', 'src/a.js': 'a\n' };
const ground: RefinementGround = {
  paths: new Set(['src/money.js', 'src/a.js', 'test/a.test.js', 'package.json']),
  text: (path) => texts[path] ?? null,
  used: ['node --test test/a.test.js', 'npm test', 'pytest tests/x.py'],
  scripts: new Set(['test', 'lint']),
};
const story = aStory('US-1', {
  criteria: [proseCriterion('The total stands under the lines'), commandCriterion('node --test test/a.test.js')],
});
const check = (fields: Record<string, unknown>) =>
  checkRefinement(story, refinement.parse(wireRefinement('US-1', fields)), ground);

describe('a refinement is held against the repository', () => {
  it('what holds is kept, nothing is dropped', () => {
    const { refinement: kept, dropped } = check({
      files: [
        { path: 'src/money.js', action: 'modify', why: 'rounding' },
        { path: 'src/new.js', action: 'create', why: '' },
      ],
      copyFrom: [{ path: 'src/money.js', symbol: 'formatMoney(cents)' }],
      extraCriteria: ['`total` of an empty cart is 0'],
      verify: ['node --test test/a.test.js test/money.test.js'.replace(' test/money.test.js', ''), 'npm run lint'],
      steps: ['Add `total` to src/money.js'],
      outOfScope: ['Taxes'],
      edits: [{ path: 'src/a.js', old: 'a', new: 'b' }],
    });
    expect(dropped).toEqual(['"node --test test/a.test.js": the story runs it already']);
    expect(kept).toMatchObject({
      verify: ['npm run lint'],
      extraCriteria: ['`total` of an empty cart is 0'],
      edits: [{ path: 'src/a.js', old: 'a', new: 'b' }],
    });
    expect(kept.files.map(({ action }) => action)).toEqual(['modify', 'create']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a file to modify that is not there',
      { files: [{ path: 'src/x.js', action: 'modify', why: '' }] },
      'src/x.js: to be modified, and is not there',
    ],
    ['the PRD', { files: [{ path: 'PRD.json', action: 'modify', why: '' }] }, 'PRD.json: not a file to change'],
    [
      'our own folder',
      { files: [{ path: '.prd/coaching.md', action: 'create', why: '' }] },
      '.prd/coaching.md: not a file to change',
    ],
    [
      'git data',
      { files: [{ path: 'x/.Git/config', action: 'create', why: '' }] },
      'x/.Git/config: not a file to change',
    ],
    [
      'a symbol that is not in its file',
      { copyFrom: [{ path: 'src/money.js', symbol: 'formatEuro' }] },
      'formatEuro of src/money.js: the symbol is not in the file',
    ],
    ['a symbol of no file', { copyFrom: [{ path: 'src/x.js', symbol: 'x' }] }, 'x of src/x.js: the file is not there'],
    [
      'a criterion of the story again',
      { extraCriteria: ['the total  stands under the LINES'] },
      '"the total stands under the LINES": the story says so already',
    ],
    [
      'a criterion that loosens',
      { extraCriteria: ['Skip the tests for old browsers'] },
      '"Skip the tests for old browsers": it would loosen what judges the work',
    ],
    [
      'a step that loosens',
      { steps: ['Delete the failing assertions'] },
      '"Delete the failing assertions": it would loosen what judges the work',
    ],
    [
      'a demand out of scope',
      { outOfScope: ['The total stands under the lines'] },
      '"The total stands under the lines": the story demands it',
    ],
    [
      'a criterion out of scope by number',
      { outOfScope: ['Criterion 1 can wait'] },
      '"Criterion 1 can wait": the story demands it',
    ],
    ['a command that proves nothing', { verify: ['true'] }, '"true": `true` has no place in a check'],
    [
      'a command hidden among the criteria',
      { extraCriteria: ['Verify: rm -rf src'] },
      '"rm -rf src": `rm` has no place in a check',
    ],
    [
      'a command that must fail',
      { extraCriteria: ['Verify: npm run lint — fails'] },
      '"Verify: npm run lint — fails": a command that cannot be added',
    ],
    [
      'an edit that does not match',
      { edits: [{ path: 'src/a.js', old: 'z', new: 'b' }] },
      'edits: number 1 on src/a.js: not-found',
    ],
    [
      'an edit of the PRD',
      { edits: [{ path: 'PRD.json', old: 'false', new: 'true' }] },
      'edits: PRD.json is not a file to change',
    ],
  ])('%s is left out and named', (_, fields, line) => {
    const { refinement: kept, dropped } = check(fields);
    expect(dropped).toEqual([line]);
    const [name = ''] = Object.keys(fields);
    expect(kept[name as 'files']).toEqual([]);
  });

  it('a file that is there is modified, whatever it was called', () => {
    expect(check({ files: [{ path: 'src/a.js', action: 'create', why: '' }] }).refinement.files).toEqual([
      { path: 'src/a.js', action: 'modify', why: '' },
    ]);
  });

  it('one bad edit leaves out all of them', () => {
    const edits = [
      { path: 'src/a.js', old: 'a', new: 'b' },
      { path: 'src/a.js', old: 'z', new: 'b' },
    ];
    expect(check({ edits }).refinement.edits).toEqual([]);
  });
});

describe('the refined story', () => {
  const added = {
    extraCriteria: ['`total` of an empty cart is 0'],
    verify: ['npm run lint', 'node --test test/a.test.js'],
  };

  it('has its own criteria verbatim and first', () => {
    const { criteria } = refinedStory(story, added);
    expect(criteria.slice(0, 2)).toEqual(story.criteria);
    expect(criteria.slice(2).map(({ text }) => text)).toEqual([
      '`total` of an empty cart is 0',
      'Verify: npm run lint',
      'Verify: node --test test/a.test.js',
    ]);
  });

  it('its added checks are marked as a model’s, and none replaces one of the story', () => {
    expect(modelChecks(story, added)).toMatchObject([{ run: 'npm run lint', origin: 'model', criteria: [3] }]);
  });

  it('without additions is the story itself', () => {
    expect(refinedStory(story, { extraCriteria: [], verify: [] })).toBe(story);
  });
});
