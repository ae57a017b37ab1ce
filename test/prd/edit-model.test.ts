import { describe, expect, it } from 'vitest';
import { setModels } from '../../src/prd/edit-model.ts';
import { readDocument } from '../helpers/documents.ts';

/** The text after the first story was given to `delegate`. */
function given(text: string): string {
  const document = readDocument(text);
  const [story] = document.prd.stories;
  if (story === undefined) throw new Error('no story');
  const edited = setModels(document, new Map([[story, 'delegate']]));
  if (edited.kind === 'refused') throw new Error(JSON.stringify(edited.problem));
  return edited.text;
}

describe('giving a story to a model', () => {
  it.each([
    [
      'a new field stands in front of the criteria, everything else stays byte for byte',
      '{ "userStories": [\n  { "id": "a", "title": "A", /* why */ "acceptanceCriteria": [] },\n] }',
      '{ "userStories": [\n  { "id": "a", "title": "A", /* why */ "implementModel": "delegate", "acceptanceCriteria": [] },\n] }',
    ],
    [
      'a story without criteria gets it last',
      '{ "userStories": [{ "id": "a", "title": "A" }] }',
      '{ "userStories": [{ "id": "a", "title": "A", "implementModel": "delegate" }] }',
    ],
    [
      'a value is replaced where it stands',
      '{ "userStories": [{ "implementModel": "opus", "id": "a" }] }',
      '{ "userStories": [{ "implementModel": "delegate", "id": "a" }] }',
    ],
    [
      'a field by another name keeps its name',
      '{ "tasks": [{ "id": "a", "model": "opus", "passes": false }] }',
      '{ "tasks": [{ "id": "a", "model": "delegate", "passes": false }] }',
    ],
    [
      'a model inside `agent` is replaced there',
      '{ "userStories": [{ "id": "a", "agent": { "model": "opus", "name": "x" } }] }',
      '{ "userStories": [{ "id": "a", "agent": { "model": "delegate", "name": "x" } }] }',
    ],
    [
      'null is replaced',
      '{ "userStories": [{ "id": "a", "implementModel": null }] }',
      '{ "userStories": [{ "id": "a", "implementModel": "delegate" }] }',
    ],
  ])('%s', (_, before, after) => expect(given(before)).toBe(after));

  it('is refused when the text is not the one that was read', () => {
    const document = readDocument('{ "userStories": [{ "id": "a" }] }');
    const other = { ...document, text: '{ "userStories": [] }' };
    const [story] = document.prd.stories;
    if (story === undefined) throw new Error('no story');
    expect(setModels(other, new Map([[story, 'delegate']])).kind).toBe('refused');
  });
});
