import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument } from '../../helpers/documents.ts';

const documentOf = (fields: object, ids: readonly unknown[] = ['US-1', 'US-2']) =>
  readDocument({ userStories: [...ids.map((id) => ({ id, title: 't' })), { id: 'X', title: 't', ...fields }] });
const waitsFor = (fields: object, ids?: readonly unknown[]) => documentOf(fields, ids).prd.stories.at(-1)?.dependsOn;

describe('the key', () => {
  it.each([
    'dependsOn',
    'dependencies',
    'deps',
    'depends_on',
    'depends-on',
    'blockedBy',
    'prerequisites',
    'requires',
    'dependent_on',
  ])('%s', (key) => {
    expect(waitsFor({ [key]: ['US-1'] })).toEqual(['US-1']);
  });

  it('`blocks` points the other way', () => {
    const { prd } = readDocument({
      userStories: [
        { id: 'A', title: 't', blocks: ['B', 'C'] },
        { id: 'B', title: 't', dependsOn: ['A'] },
        { id: 'C', title: 't' },
      ],
    });
    expect(prd.stories.map((story) => story.dependsOn)).toEqual([[], ['A'], ['A']]);
  });
});

describe('the value', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['an array', ['US-1', 'US-2', 'US-1'], ['US-1', 'US-2']],
    ['one string', 'US-1', ['US-1']],
    ['several in one string', 'US-1, US-2', ['US-1', 'US-2']],
    ['objects with an id', [{ id: 'US-1', why: 'schema' }], ['US-1']],
    ['null', null, []],
    ['an empty array', [], []],
    ['an empty string', '', []],
    ['none', 'none', []],
    ['N/A', ['N/A', '-'], []],
    ['null inside', [null, 'US-1'], ['US-1']],
    ['a dangling id stays, so that it is found', ['US-9'], ['US-9']],
    ['itself stays, so that it is found', ['X'], ['X']],
  ])('%s', (_name, value, expected) => {
    expect(waitsFor({ dependsOn: value })).toEqual(expected);
  });

  it('a number matches an id of digits as text', () => {
    expect(waitsFor({ dependsOn: [1, '2'] }, [1, 2])).toEqual(['1', '2']);
  });

  it('an id with a comma or a space is one id where a story is called so', () => {
    expect(waitsFor({ dependsOn: 'a, b' }, ['a, b'])).toEqual(['a, b']);
    expect(waitsFor({ dependsOn: ['Story 1'] }, ['Story 1'])).toEqual(['Story 1']);
  });

  it('a sentence that names no story is a note and no dependency', () => {
    const document = documentOf({ dependsOn: ['API ready', 'US-1'] });
    expect(document.prd.stories.at(-1)?.dependsOn).toEqual(['US-1']);
    expect(notesOf(document, 'file/dialect')).toEqual(['`API ready` names no story; it is not a dependency']);
  });

  it.each([[true], [[{ story: 'US-1' }]], [[['US-1']]]])('%j is refused', (dependsOn) => {
    expect(problemsOf({ userStories: [{ id: 'X', dependsOn }] })).toMatchObject([
      { code: 'wrong-type', what: 'a dependency', expected: 'the id of a story' },
    ]);
  });
});
