import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src/prd/migrate/migrate.ts';
import { prdSchema } from '../../../src/prd/schema.ts';
import { readDocument } from '../../helpers/documents.ts';

/** The document after migration, as a value; it must be one. */
function migrated(document: unknown, schema: string | null = null) {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  const result = migrate(text, 'PRD.json', { schema });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return { ...result, value: JSON.parse(result.text) };
}

const story = { id: 'a', title: 'A', acceptanceCriteria: ['x is 1'], passes: false };

/** The one story of a document after migration. */
const one = (fields: object) => migrated({ userStories: [fields] }).value.userStories[0];

describe('where the stories are', () => {
  it.each<[string, unknown, unknown]>([
    ['a canonical document stays as it is', { userStories: [story] }, { userStories: [story] }],
    ['another name of the list', { v: 1, tasks: [story] }, { v: 1, userStories: [story] }],
    ['a bare list', [story], { userStories: [story] }],
    ['a list nobody filled in', { name: 'x', stories: [] }, { project: 'x', userStories: [] }],
    [
      'groups become phases, what is left of them stays',
      { milestones: [{ id: 1, goal: 'g', userStories: [story] }] },
      { milestones: [{ id: 1, goal: 'g' }], userStories: [{ ...story, phase: 1 }] },
    ],
    [
      'parts get the id of the whole where theirs is not unique',
      {
        stories: [
          { id: 'S1', tasks: [{ id: 1, passes: true }] },
          { id: 'S2', tasks: [{ id: 1, passes: false }] },
        ],
      },
      {
        storiesOriginal: [{ id: 'S1' }, { id: 'S2' }],
        userStories: [
          { id: 'S1.1', passes: true },
          { id: 'S2.1', passes: false },
        ],
      },
    ],
    [
      'stories beside groups',
      { tasks: [story, { id: 'g', why: 'w', subtasks: [{ ...story, id: 'b' }] }] },
      { tasksOriginal: [{ id: 'g', why: 'w' }], userStories: [story, { ...story, id: 'b' }] },
    ],
    [
      'a wrapper: its members come to the top',
      { prd: { name: 'x', stories: [story] }, extra: 1 },
      { prd: {}, extra: 1, project: 'x', userStories: [story] },
    ],
    [
      'a taken name is given back',
      { userStories: [], tasks: [story] },
      { userStoriesOriginal: [], userStories: [story] },
    ],
  ])('%s', (_, before, after) => expect(migrated(before).value).toEqual(after));

  it('keeps comments, order and indentation of a list that gets an object around it', () => {
    const text = '// why\n[\n\t{ "id": "a", "n": 1.0 } // x\n]\n';
    expect(migrateText(text)).toBe('// why\n{\n\t"userStories": [\n\t\t{ "id": "a", "n": 1.0 } // x\n\t]\n}\n');
  });

  it('keeps a byte-order mark and the line ends of the file', () => {
    expect(migrateText('\ufeff{\r\n  "stories": [\r\n    { "id": "a", "n": 1e2 }\r\n  ]\r\n}')).toBe(
      '\ufeff{\r\n  "userStories": [\r\n    { "id": "a", "n": 1e2 }\r\n  ]\r\n}',
    );
  });
});

function migrateText(text: string): string {
  const result = migrate(text, 'PRD.json', { schema: null });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.text;
}

describe('fields of a story', () => {
  it.each<[string, object, object]>([
    ['number ids and needs are texts', { id: 7, dependencies: [1, 2] }, { id: '7', dependsOn: ['1', '2'] }],
    ['another name of the title', { id: 'a', name: 'T' }, { id: 'a', title: 'T' }],
    ['an empty title gives way', { id: 'a', title: '', name: 'T' }, { id: 'a', title: 'T' }],
    [
      'a title from the description',
      { id: 'a', description: 'Do it. Then more.' },
      { id: 'a', description: 'Do it. Then more.', title: 'Do it' },
    ],
    [
      'several descriptions',
      { id: 'a', title: 'T', description: 'one', details: 'two' },
      { id: 'a', title: 'T', description: 'one\n\ntwo' },
    ],
    ['a priority word', { id: 'a', priority: 'High' }, { id: 'a', priority: 1 }],
    ['a priority nobody understands stays', { id: 'a', priority: 'soonish' }, { id: 'a', priority: 'soonish' }],
    ['a done word', { id: 'a', status: 'done' }, { id: 'a', passes: true }],
    ['an open word', { id: 'a', status: 'todo' }, { id: 'a', passes: false }],
    ['a word that says more stays', { id: 'a', status: 'deferred' }, { id: 'a', status: 'deferred', passes: false }],
    ['a word that only sounds done', { id: 'a', status: 'merged' }, { id: 'a', status: 'merged', passes: false }],
    ['a flag by another name', { id: 'a', completed: true }, { id: 'a', passes: true }],
    [
      'a contradiction stays one',
      { id: 'a', passes: true, status: 'partial' },
      { id: 'a', passes: true, status: 'partial' },
    ],
    [
      'two gates',
      { id: 'a', build_pass: true, qa_pass: true },
      { id: 'a', build_pass: true, qa_pass: true, passes: true },
    ],
    ['a model', { id: 'a', model: 'haiku' }, { id: 'a', implementModel: 'haiku' }],
    [
      'a model of an agent',
      { id: 'a', agent: { model: 'haiku', role: 'x' } },
      { id: 'a', agent: { model: 'haiku', role: 'x' }, implementModel: 'haiku' },
    ],
    ['null does not count', { id: 'a', implementModel: null, model: 'opus' }, { id: 'a', implementModel: 'opus' }],
    ['a sprint', { id: 'a', sprint: 2 }, { id: 'a', phase: 2 }],
    [
      'files by action',
      { id: 'a', files: { create: ['a.ts'], modify: ['b.ts'] } },
      { id: 'a', files: ['a.ts', 'b.ts'], filesOriginal: { create: ['a.ts'], modify: ['b.ts'] } },
    ],
    ['files in two lists', { id: 'a', files_to_modify: ['b'], files_to_create: ['c'] }, { id: 'a', files: ['b', 'c'] }],
    ['a list of notes', { id: 'a', note: ['x', 'y'] }, { id: 'a', notes: 'x\ny' }],
    ['keys nobody knows', { id: 'a', zeta: { n: [1, null] } }, { id: 'a', zeta: { n: [1, null] } }],
    [
      'a need that names no story',
      { id: 'a', deps: ['b', 'the API is ready'] },
      { id: 'a', depsOriginal: ['b', 'the API is ready'], dependsOn: ['b'] },
    ],
  ])('%s', (_, before, after) => expect(one(before)).toEqual(after));

  it('turns `blocks` round', () => {
    const { value } = migrated({
      userStories: [{ id: 'a', blocks: ['b'] }, { id: 'b', dependsOn: ['c'] }, { id: 'c' }],
    });
    expect(value.userStories).toEqual([{ id: 'a' }, { id: 'b', dependsOn: ['c', 'a'] }, { id: 'c' }]);
  });
});

describe('criteria', () => {
  it.each<[string, object, unknown]>([
    ['another name', { acceptance_criteria: ['x is 1'] }, ['x is 1']],
    ['a checklist in one string', { criteria: '- [ ] a is 1\n- [x] b is 2' }, ['a is 1', 'b is 2']],
    ['empty ones are dropped', { acceptanceCriteria: ['a is 1', ' '] }, ['a is 1']],
    ['lists that join them', { criteria: ['a is 1'], dod: ['b is 2'] }, ['a is 1', 'b is 2']],
    ['steps, where there is nothing else', { steps: ['a is 1'] }, ['a is 1']],
    [
      'a verify field: the command stays the same command',
      { acceptanceCriteria: ['a is 1'], verify: 'npm test' },
      ['a is 1', { text: 'npm test', verify: { run: 'npm test' } }],
    ],
    [
      'an object with its own names; what else it says stays',
      { acceptanceCriteria: [{ id: 1, description: 'a', testCommand: 'make a', expectedExitCode: 2 }] },
      [{ text: 'a', verify: { run: 'make a', expect: { exit: 2 } }, id: 1 }],
    ],
    [
      'the canonical object as it is',
      { acceptanceCriteria: [{ text: 'a', verify: { run: 'make', timeout: '5m' } }] },
      [{ text: 'a', verify: { run: 'make', timeout: '5m' } }],
    ],
  ])('%s', (_, before, after) => {
    const { acceptanceCriteria, ...rest } = one({ id: 'a', ...before });
    expect([acceptanceCriteria, rest]).toEqual([after, { id: 'a' }]);
  });

  it('keep the groups they stood in under another name', () => {
    const groups = { functional: ['a is 1'], technical: ['b is 2'] };
    expect(one({ id: 'a', acceptanceCriteria: groups })).toEqual({
      id: 'a',
      acceptanceCriteria: ['a is 1', 'b is 2'],
      acceptanceCriteriaOriginal: groups,
    });
  });

  it('of a story that passes stay where they are when moving them would end the evidence', () => {
    const before = { id: 'a', title: 'A', verify: 'npm test', passes: true };
    const { kept, value } = migrated({ stories: [before] });
    expect([kept, value]).toEqual([['a'], { userStories: [before] }]);
  });
});

describe('the top of the document', () => {
  it('gets its canonical names, the schema first', () => {
    const { text } = migrated({ name: 'shop', overview: 'o', branch: 'b', v: 1, userStories: [] }, './s.json');
    expect(text).toBe(
      '{\n  "$schema": "./s.json",\n  "project": "shop",\n  "description": "o",\n  "branchName": "b",\n  "v": 1,\n  "userStories": []\n}',
    );
  });

  it.each<[string, object, object]>([
    [
      'commands in a list',
      { qualityChecks: ['npm test', 'npm run lint'] },
      { checks: { test: 'npm test', lint: 'npm run lint' } },
    ],
    [
      'a field that holds more than commands stays',
      { verification: { test_command: 'npm test', test_result: 'ok' } },
      { checks: { test: 'npm test' }, verificationOriginal: { test_command: 'npm test', test_result: 'ok' } },
    ],
    ['a project with parts', { project: { name: 'x', v: 1 } }, { project: 'x', projectOriginal: { name: 'x', v: 1 } }],
  ])('%s', (_, before, after) => {
    const { userStories: _stories, ...rest } = migrated({ ...before, userStories: [story] }).value;
    expect(rest).toEqual(after);
  });

  it('answers to the published schema afterwards', () => {
    const { value } = migrated({
      name: 'x',
      tasks: [{ id: 1, name: 'T', priority: 'high', status: 'done', dod: ['a is 1'] }],
    });
    expect(prdSchema.safeParse(value)).toMatchObject({ success: true });
    expect(readDocument(value).prd.notes).toEqual([]);
  });

  it('is refused where it cannot be read', () => {
    expect(migrate('{', 'PRD.json', { schema: null }).kind).toBe('refused');
  });

  it('finds its stories by a pointer', () => {
    const text = JSON.stringify({ work: { list: [story] } });
    const result = migrate(text, 'PRD.json', { schema: null, storiesPointer: '/work/list' });
    expect(result.kind === 'migrated' && JSON.parse(result.text)).toEqual({ work: {}, userStories: [story] });
  });
});
