import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument } from '../../helpers/documents.ts';

const story = (id: string, fields: object = {}) => ({ id, title: id, passes: false, ...fields });
const idsOf = (document: unknown, options = {}) => readDocument(document, options).prd.stories.map((one) => one.id);
const pathsOf = (document: unknown) => readDocument(document).prd.stories.map((one) => one.path.join('/'));

describe('where the stories are', () => {
  it.each<[string, unknown, string | null]>([
    ['userStories', { userStories: [story('A')] }, null],
    ['user_stories', { user_stories: [story('A')] }, 'reads `user_stories` as `userStories`'],
    ['stories', { stories: [story('A')] }, 'reads `stories` as `userStories`'],
    ['tasks', { tasks: [story('A')] }, 'reads `tasks` as `userStories`'],
    ['a root array', [story('A')], 'reads a root array as `userStories`'],
    ['features', { features: [story('A')] }, 'reads `features` as `userStories`'],
    ['items', { items: [story('A')] }, 'reads `items` as `userStories`'],
    ['issues', { issues: [story('A')] }, 'reads `issues` as `userStories`'],
    ['backlog', { backlog: [story('A')] }, 'reads `backlog` as `userStories`'],
    ['under prd', { prd: { userStories: [story('A')] } }, 'reads `prd.userStories` as `userStories`'],
    ['under plan', { plan: { tasks: [story('A')] } }, 'reads `plan.tasks` as `userStories`'],
    [
      'milestones[].userStories',
      { milestones: [{ userStories: [story('A')] }] },
      'reads `milestones[].userStories` as `userStories`',
    ],
    ['phases[].stories', { phases: [{ stories: [story('A')] }] }, 'reads `phases[].stories` as `userStories`'],
    [
      'features[].userStories',
      { features: [{ userStories: [story('A')] }] },
      'reads `features[].userStories` as `userStories`',
    ],
    ['backlog[].tasks', { backlog: [{ tasks: [story('A')] }] }, 'reads `backlog[].tasks` as `userStories`'],
    ['phases[].subtasks', { phases: [{ subtasks: [story('A')] }] }, 'reads `phases[].subtasks` as `userStories`'],
  ])('%s', (_name, document, note) => {
    expect(idsOf(document)).toEqual(['A']);
    expect(notesOf(readDocument(document), 'file/dialect')).toEqual(note === null ? [] : [note]);
  });

  it('a group gives its number, id or name as phase to stories that have none', () => {
    const document = {
      phases: [
        { id: 2, name: 'Core', stories: [story('A'), story('B', { phase: 'own' })] },
        { name: 'Polish', stories: [story('C')] },
      ],
    };
    expect(readDocument(document).prd.stories.map((one) => one.phase)).toEqual([2, 'own', 'Polish']);
  });

  it('inner entries with criteria or progress are the stories; their ids get the outer id only where they repeat', () => {
    const document = {
      tasks: [
        { id: 1, title: 'Outer', subtasks: [story('1'), story('only')] },
        { id: 2, title: 'Other', subtasks: [story('1')] },
      ],
    };
    expect(idsOf(document)).toEqual(['1.1', 'only', '2.1']);
    expect(pathsOf(document)).toEqual(['tasks/0/subtasks/0', 'tasks/0/subtasks/1', 'tasks/1/subtasks/0']);
  });

  it('inner entries without criteria or progress are steps of the outer story', () => {
    expect(idsOf({ stories: [story('A', { tasks: [{ title: 'step' }] })] })).toEqual(['A']);
  });

  it('decides per story where key sets are mixed', () => {
    const document = { stories: [story('A', { tasks: [story('A1')] }), story('B')] };
    expect(idsOf(document)).toEqual(['A1', 'B']);
  });

  it('of two known arrays, the one that says progress or criteria wins', () => {
    expect(idsOf({ features: [{ name: 'Search' }], tasks: [story('A')] })).toEqual(['A']);
    expect(idsOf({ userStories: [], tasks: [story('A')] })).toEqual(['A']);
    expect(idsOf({ tasks: [story('T')], userStories: [story('A')] })).toEqual(['A']);
  });

  it('two equal arrays are refused, and both are named', () => {
    expect(problemsOf({ stories: [story('A')], tasks: [story('B')] })).toMatchObject([
      { code: 'no-stories', candidates: ['/stories', '/tasks'] },
    ]);
  });

  it('an empty array is a document without stories', () => {
    expect(idsOf({ stories: [] })).toEqual([]);
    expect(idsOf([])).toEqual([]);
  });
});

describe('no known array', () => {
  it('names arrays of objects that look like stories', () => {
    const document = { modules: [{ id: 1, name: 'Cart' }], meta: { 'a/b': [{ title: 'x', size: 1 }] }, tags: ['a'] };
    expect(problemsOf(document)).toEqual([
      { code: 'no-stories', at: { file: 'PRD.json', line: 1, column: 1 }, candidates: ['/modules', '/meta/a~1b'] },
    ]);
  });

  it.each([
    ['{}'],
    ['{"features": ["login", "cart"]}'],
    ['"text"'],
    ['42'],
    ['null'],
    ['{"phases": [{"name": "one"}]}'],
  ])('%s has none', (text) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'no-stories' }]);
  });

  it('a pointer names the array, escapes and all', () => {
    const document = { meta: { 'a/b~c': [story('A')] } };
    expect(idsOf(document, { storiesPointer: '/meta/a~1b~0c' })).toEqual(['A']);
    expect(idsOf({ deep: [[story('A')]] }, { storiesPointer: '/deep/0' })).toEqual(['A']);
  });

  it('a pointer to nothing or to something else is refused', () => {
    expect(problemsOf({ a: [] }, { storiesPointer: '/b' })).toMatchObject([{ code: 'no-stories' }]);
    expect(problemsOf({ a: 'x' }, { storiesPointer: '/a' })).toMatchObject([
      { code: 'wrong-type', what: '`/a`', expected: 'an array of stories', found: '"x"' },
    ]);
  });

  it('`userStories` that is no array is refused', () => {
    expect(problemsOf({ userStories: { 'US-1': {} } })).toEqual([
      {
        code: 'wrong-type',
        at: { file: 'PRD.json', line: 2, column: 18 },
        what: '`userStories`',
        expected: 'an array of stories',
        found: 'an object',
      },
    ]);
  });
});

describe('entries that are no stories', () => {
  it('are skipped, counted and named, and the others keep their places', () => {
    const document = readDocument({ userStories: [null, story('A'), 'later', 7] });
    expect(document.prd.stories).toMatchObject([{ id: 'A', index: 0, path: ['userStories', 1] }]);
    expect(notesOf(document, 'file/dialect')).toEqual([
      'entry 1 is null, not a story: skipped',
      'entry 3 is a string, not a story: skipped',
      'entry 4 is a number, not a story: skipped',
    ]);
  });
});

describe('ids', () => {
  it.each<[string, unknown, string, boolean]>([
    ['text', 'US-001', 'US-001', true],
    ['an integer', 7, '7', true],
    ['a number as the file spells it', 1.2, '1.2', true],
    ['a slash and an emoji', 'a/b 🚀', 'a/b 🚀', true],
    ['300 characters', 'x'.repeat(300), 'x'.repeat(300), true],
    ['an empty text', ' ', '#1', false],
    ['null', null, '#1', false],
    ['something else', { a: 1 }, '#1', false],
  ])('%s', (_name, id, expected, hasId) => {
    expect(readDocument({ userStories: [{ id, title: 't' }] }).prd.stories[0]).toMatchObject({ id: expected, hasId });
  });

  it('a number keeps its spelling, so that 1.10 is not 1.1', () => {
    expect(idsOf('{"userStories": [{"id": 1.10, "passes": false}, {"id": 1.1, "passes": false}]}')).toEqual([
      '1.10',
      '1.1',
    ]);
  });

  it('each story without one is noted at its place', () => {
    const { notes } = readDocument({ userStories: [{ title: 'a' }, story('B')] }).prd;
    expect(notes).toEqual([
      { rule: 'file/missing-id', message: 'story #1 has no id', path: ['userStories', 0], story: '#1' },
    ]);
  });
});
