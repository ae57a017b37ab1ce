import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument, readStory } from '../../helpers/documents.ts';

const top = (fields: object) => readDocument({ ...fields, userStories: [] }).prd;

describe('the top level', () => {
  it.each([
    ['project', { project: 'shop' }],
    ['name', { name: 'shop' }],
    ['projectName', { projectName: 'shop' }],
    ['product_name', { product_name: 'shop' }],
    ['title', { title: 'shop' }],
    ['an object with a name', { project: { name: 'shop', owner: 'me' } }],
    ['the canonical key before its alias', { name: 'other', project: 'shop' }],
  ])('project from %s', (_name, fields) => {
    expect(top(fields).project).toBe('shop');
  });

  it.each([['description'], ['context'], ['overview'], ['summary'], ['goal']])('description from %s', (key) => {
    expect(top({ [key]: 'why' }).description).toBe('why');
    expect(top({ [key]: { long: 'story' } }).description).toBeNull();
  });

  it.each([['branchName'], ['branch_name'], ['branch']])('branch from %s', (key) => {
    expect(top({ [key]: ' prd/cart ' }).branchName).toBe('prd/cart');
  });

  it('what is missing or null is null', () => {
    expect(top({ project: null, branchName: '' })).toMatchObject({
      project: null,
      description: null,
      branchName: null,
      hasSchema: false,
    });
  });

  it('project and checks stand beside wrapped stories', () => {
    const document = { PRD: { project: 'shop', checks: { test: 'npm test' }, userStories: [] }, project: 'outer' };
    expect(readDocument(document).prd).toMatchObject({ project: 'shop', checks: new Map([['test', 'npm test']]) });
  });

  it('knows whether a schema is named', () => {
    expect(top({ $schema: 'x' }).hasSchema).toBe(true);
  });

  it('everything else is kept and ignored', () => {
    expect(top({ version: 2, metadata: {}, created: 'x', stack: [] }).notes).toEqual([]);
  });

  it('reads its own disabled rules', () => {
    const lint = { disable: [{ rule: 'file/dialect', reason: 'other tools need it' }, 'broken'] };
    expect(top({ lint }).disables).toEqual([
      { rule: 'file/dialect', criterion: null, reason: 'other tools need it', path: ['lint', 'disable', 0] },
    ]);
  });
});

describe('the title', () => {
  it.each([
    ['title', { title: 'Cart', name: 'no' }, 'Cart'],
    ['name', { name: 'Cart' }, 'Cart'],
    ['story', { story: 'Cart' }, 'Cart'],
    ['feature', { feature: 'Cart' }, 'Cart'],
    ['userStory', { userStory: 'Cart' }, 'Cart'],
    ['summary', { summary: ' Cart ' }, 'Cart'],
    ['the first sentence of a description', { description: 'Show the cart. Then more.' }, 'Show the cart'],
    ['the first line of a description', { description: 'Show v1.2 now\nThen more.' }, 'Show v1.2 now'],
    ['the id, when there is nothing else', {}, 'US-1'],
    ['the next key, when one is empty', { title: '', name: 'Cart' }, 'Cart'],
  ])('from %s', (_name, fields, title) => {
    expect(readStory({ id: 'US-1', ...fields }).title).toBe(title);
  });

  it('a long first sentence is cut at 80', () => {
    const { title } = readStory({ id: 'US-1', description: 'word '.repeat(40) });
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title.endsWith('…')).toBe(true);
  });
});

it('several descriptions are joined by blank lines', () => {
  const fields = { goal: 'c', details: 'b', description: 'a', purpose: 4 };
  expect(readStory({ id: 'US-1', ...fields }).description).toBe('a\n\nb\n\nc');
});

describe('who implements it', () => {
  it.each<[string, object, string | null]>([
    ['implementModel', { implementModel: 'delegate' }, 'delegate'],
    ['implement_model', { implement_model: 'delegate' }, 'delegate'],
    ['model', { model: 'sonnet' }, 'sonnet'],
    ['modelPreference', { modelPreference: 'opus' }, 'opus'],
    ['agent.model', { agent: { model: 'haiku' } }, 'haiku'],
    ['the canonical key first', { model: 'opus', implementModel: 'sonnet' }, 'sonnet'],
    ['null', { implementModel: null }, null],
    ['an empty text', { implementModel: ' ' }, null],
    ['nothing', {}, null],
  ])('%s', (_name, fields, expected) => {
    expect(readStory({ id: 'US-1', ...fields }).implementModel).toBe(expected);
  });

  it('a value that is no text is refused', () => {
    expect(problemsOf({ userStories: [{ id: 'US-1', implementModel: 3 }] })).toMatchObject([
      { code: 'wrong-type', what: '`implementModel`', found: '3' },
    ]);
  });
});

describe('the phase', () => {
  it.each<[string, object, string | number | null]>([
    ['a number', { phase: 2 }, 2],
    ['a text', { phase: 'Core' }, 'Core'],
    ['milestone', { milestone: 'M1' }, 'M1'],
    ['epic', { epic: 'E' }, 'E'],
    ['sprint', { sprint: 3 }, 3],
    ['step', { step: 4 }, 4],
    ['an object', { phase: { n: 1 } }, null],
  ])('%s', (_name, fields, expected) => {
    expect(readStory({ id: 'US-1', ...fields }).phase).toBe(expected);
  });
});

describe('files and owns', () => {
  it.each<[string, object, readonly string[]]>([
    ['an array', { files: ['a.ts', 'b.ts', 'a.ts'] }, ['a.ts', 'b.ts']],
    ['by action', { files: { create: ['a.ts'], modify: ['b.ts'], note: 'x' } }, ['a.ts', 'b.ts']],
    ['one text', { files: 'a.ts' }, ['a.ts']],
    ['objects with a path', { files: [{ path: 'a.ts', action: 'edit' }, { file: 'b.ts' }] }, ['a.ts', 'b.ts']],
    ['files_to_modify and files_to_create', { files_to_modify: ['a.ts'], files_to_create: ['b.ts'] }, ['a.ts', 'b.ts']],
    ['files_affected', { files_affected: ['a.ts'] }, ['a.ts']],
    ['filesInScope', { filesInScope: ['a.ts'] }, ['a.ts']],
    ['targetFiles', { targetFiles: ['a.ts'] }, ['a.ts']],
    ['context is no scope', { relatedFiles: ['a.ts'], key_files: ['b.ts'] }, []],
  ])('%s', (_name, fields, expected) => {
    expect(readStory({ id: 'US-1', ...fields }).files).toEqual(expected);
  });

  it('owns has no alias and must be globs', () => {
    expect(readStory({ id: 'US-1', owns: ['test/**'] }).owns).toEqual(['test/**']);
    expect(readStory({ id: 'US-1', ownedFiles: ['test/**'] }).owns).toEqual([]);
    for (const owns of ['test/**', ['a', 1], {}]) {
      expect(problemsOf({ userStories: [{ id: 'US-1', owns }] })).toMatchObject([
        { code: 'wrong-type', what: '`owns`' },
      ]);
    }
  });
});

it('a scope that is no list of globs is refused, for it would allow everything', () => {
  expect(problemsOf({ userStories: [{ id: 'US-1', files: 5 }] })).toMatchObject([
    { code: 'wrong-type', what: '`files`' },
  ]);
});

describe('notes', () => {
  it.each([
    ['a text', { notes: 'mind the gap' }],
    ['note', { note: 'mind the gap' }],
    ['implementation_notes', { implementation_notes: 'mind the gap' }],
  ])('from %s', (_name, fields) => {
    expect(readStory({ id: 'US-1', ...fields }).notes).toBe('mind the gap');
  });

  it('several lines are joined, and run-time state never shows', () => {
    const fields = { notes: ['a', 'b'], completionNotes: 'did it', lastError: 'oops', attemptCount: 3 };
    const story = readStory({ id: 'US-1', ...fields });
    expect(story.notes).toBe('a\nb');
    expect(JSON.stringify(story)).not.toMatch(/did it|oops/);
  });
});

describe('hints for the route', () => {
  it.each<[object, string | null]>([
    [{ complexity: 'low' }, 'low'],
    [{ complexity: 'Simple' }, 'low'],
    [{ complexity: 'moderate' }, 'medium'],
    [{ estimatedComplexity: 'complex' }, 'high'],
    [{ complexity: 2 }, 'low'],
    [{ complexity: 5 }, 'medium'],
    [{ complexity: 9 }, 'high'],
    [{ complexity: 40 }, null],
    [{ size: 'S' }, 'low'],
    [{ effort: 'L' }, 'high'],
    [{ estimated_effort: '2 hours' }, null],
    [{ size: 'S', complexity: 'high' }, 'high'],
    [{ agent: 'ARCHITECT' }, 'high'],
    [{ executor: 'coder' }, null],
    [{}, null],
  ])('%j', (fields, expected) => {
    expect(readStory({ id: 'US-1', ...fields }).complexity).toBe(expected);
  });
});

it('disabled rules of a story keep their places', () => {
  const disable = [
    { rule: 'judgment/pattern-ref', criterion: 'app theme', reason: 'theme is one file' },
    { reason: 'no rule' },
  ];
  expect(readStory({ id: 'US-1', lint: { disable } }).disables).toEqual([
    {
      rule: 'judgment/pattern-ref',
      criterion: 'app theme',
      reason: 'theme is one file',
      path: ['userStories', 0, 'lint', 'disable', 0],
    },
  ]);
});

describe('the dialect note', () => {
  it('is one for the whole file and names what is canonical', () => {
    const document = readDocument({
      name: 'shop',
      stories: [
        { id: 1, name: 'a', acceptance_criteria: ['x'], depends_on: [2], status: 'open', priority: 'high' },
        { id: 2, name: 'b', acceptance: ['y'], deps: [], status: 'done', priority: 'low' },
      ],
    });
    const [note, ...more] = notesOf(document, 'file/dialect');
    expect(more).toEqual([]);
    for (const reading of [
      '`stories` as `userStories`',
      '`name` as `project`',
      '`name` as `title`',
      '`acceptance_criteria` as `acceptanceCriteria`',
      '`acceptance` as `acceptanceCriteria`',
      '`depends_on` as `dependsOn`',
      '`deps` as `dependsOn`',
      '`status` as `passes`',
      'priority words as ranks',
      'number ids as text',
    ]) {
      expect(note).toContain(reading);
    }
  });

  it('a canonical document has none', () => {
    const story = {
      id: 'US-1',
      title: 'a',
      acceptanceCriteria: ['x'],
      priority: 1,
      passes: false,
      dependsOn: [],
      notes: '',
    };
    expect(
      readDocument({ project: 'shop', branchName: 'b', description: 'd', userStories: [story] }).prd.notes,
    ).toEqual([]);
  });

  it('a canonical key and its alias with different values are noted', () => {
    const document = readDocument({
      userStories: [{ id: 'US-1', title: 'a', dependsOn: [], depends_on: ['X'], passes: false }],
    });
    expect(document.prd.stories[0]?.dependsOn).toEqual([]);
    expect(notesOf(document, 'file/dialect')).toEqual([
      'reads `dependsOn`, not `depends_on`, which says something else',
    ]);
  });
});
