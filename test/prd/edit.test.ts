import { describe, expect, it } from 'vitest';
import type { DocumentEdit } from '../../src/prd/edit/document-edit.ts';
import { editText, setPasses } from '../../src/prd/edit.ts';
import { prdText } from '../helpers/documents.ts';

const flip = (text: string, id = 'A', passes = true) => {
  const edited = setPasses(text, 'PRD.json', id, passes);
  return edited.kind === 'edited' ? edited.text : edited.problem;
};
const edit = (text: string, ...edits: DocumentEdit[]) => {
  const edited = editText(text, 'PRD.json', edits);
  return edited.kind === 'edited' ? edited.text : edited.problem;
};
const list = (story: string) => `{"userStories": [${story}]}`;

describe('a flip writes the words of the file', () => {
  it.each<[string, string, string]>([
    ['passes', '{"id": "A", "passes": false, "notes": ""}', '{"id": "A", "passes": true, "notes": ""}'],
    ['an alias', '{"id": "A", "completed": false}', '{"id": "A", "completed": true}'],
    ['status without a model in the file', '{"id": "A", "status": "open"}', '{"id": "A", "status": "done"}'],
    [
      'both gates',
      '{"id": "A", "build_pass": true, "qa_pass": false}',
      '{"id": "A", "build_pass": true, "qa_pass": true}',
    ],
    [
      'passes and status',
      '{"id": "A", "passes": false, "status": "open"}',
      '{"id": "A", "passes": true, "status": "done"}',
    ],
    [
      'passes and completed',
      '{"id": "A", "completed": false, "passes": false}',
      '{"id": "A", "completed": true, "passes": true}',
    ],
    ['a status that says nothing clear', '{"id": "A", "status": "merged"}', '{"id": "A", "status": "done"}'],
    [
      'a status that only a tracker means as done',
      '{"id": "A", "number": 4, "status": "closed"}',
      '{"id": "A", "number": 4, "status": "closed"}',
    ],
    ['no field at all', '{"id": "A"}', '{"id": "A", "passes": true}'],
    ['a status that is no word', '{"id": "A", "status": 4}', '{"id": "A", "status": 4, "passes": true}'],
    ['a flag that is no boolean', '{"id": "A", "done": "yes"}', '{"id": "A", "done": "yes", "passes": true}'],
    [
      'what already passes',
      '{"id": "A", "passes": true, "status": "done"}',
      '{"id": "A", "passes": true, "status": "done"}',
    ],
  ])('%s', (_name, before, after) => {
    expect(flip(list(before))).toBe(list(after));
  });

  it('the done word of the file is the one it uses most', () => {
    const others =
      '{"id": "B", "status": "Completed"}, {"id": "C", "status": "Completed"}, {"id": "D", "status": "done"}';
    expect(flip(list(`{"id": "A", "status": "todo"}, ${others}`))).toBe(
      list(`{"id": "A", "status": "Completed"}, ${others}`),
    );
  });

  it.each<[string, string, string]>([
    ['passes', '{"id": "A", "passes": true}', '{"id": "A", "passes": false}'],
    ['status', '{"id": "A", "status": "done"}', '{"id": "A", "status": "pending"}'],
    [
      'status in the words of the file',
      '{"id": "A", "status": "done"}, {"id": "B", "status": "To Do"}',
      '{"id": "A", "status": "To Do"}, {"id": "B", "status": "To Do"}',
    ],
    [
      'a word for trouble is never copied',
      '{"id": "A", "status": "done"}, {"id": "B", "status": "blocked"}',
      '{"id": "A", "status": "pending"}, {"id": "B", "status": "blocked"}',
    ],
    ['both', '{"id": "A", "passes": true, "status": "done"}', '{"id": "A", "passes": false, "status": "pending"}'],
    [
      'a status that agrees already',
      '{"id": "A", "passes": true, "status": "partial"}',
      '{"id": "A", "passes": false, "status": "partial"}',
    ],
    ['no field', '{"id": "A"}', '{"id": "A"}'],
  ])('taking back: %s', (_name, before, after) => {
    expect(flip(list(before), 'A', false)).toBe(list(after));
  });
});

describe('only the bytes of the story change', () => {
  it.each<[string, string, string]>([
    [
      'two spaces',
      '{\n  "userStories": [\n    {\n      "id": "A",\n      "title": "t"\n    }\n  ]\n}\n',
      '{\n  "userStories": [\n    {\n      "id": "A",\n      "title": "t",\n      "passes": true\n    }\n  ]\n}\n',
    ],
    [
      'tabs and CR LF without a final line end',
      '{\r\n\t"userStories": [\r\n\t\t{\r\n\t\t\t"id": "A"\r\n\t\t}\r\n\t]\r\n}',
      '{\r\n\t"userStories": [\r\n\t\t{\r\n\t\t\t"id": "A",\r\n\t\t\t"passes": true\r\n\t\t}\r\n\t]\r\n}',
    ],
    [
      'one line without spaces',
      '{"userStories":[{"id":"A","n":1}]}',
      '{"userStories":[{"id":"A","n":1,"passes":true}]}',
    ],
    ['one line with spaces inside', '[ { "id": "A", "n": 1 } ]', '[ { "id": "A", "n": 1, "passes": true } ]'],
    ['a space in front of the colon', '[{"id" : "A"}]', '[{"id" : "A", "passes" : true}]'],
    ['a byte-order mark', '\ufeff[{"id":"A"}]', '\ufeff[{"id":"A","passes":true}]'],
    ['a trailing comma', '[\n  {\n    "id": "A",\n  },\n]', '[\n  {\n    "id": "A",\n    "passes": true,\n  },\n]'],
    [
      'a comment behind the last member',
      '[\n  {\n    "id": "A" // first\n  }\n]',
      '[\n  {\n    "id": "A", // first\n    "passes": true\n  }\n]',
    ],
    [
      'a comment behind a trailing comma',
      '[\n  {\n    "id": "A", // first, of all\n    // the end\n  }\n]',
      '[\n  {\n    "id": "A", // first, of all\n    "passes": true,\n    // the end\n  }\n]',
    ],
    ['a block comment', '[{"id": "A" /* , */}]', '[{"id": "A", /* , */ "passes": true}]'],
    [
      'a line comment behind members on one line',
      '[{"id": "A", "n": 1 // x\n}]',
      '[{"id": "A", "n": 1, "passes": true // x\n}]',
    ],
    ['a comma on the next line', '[\n{\n "id": "A"\n ,\n}]', '[\n{\n "id": "A"\n ,\n "passes": true,\n}]'],
    ['commas in front', '[\n  { "id": "A"\n  , "n": 1\n  }\n]', '[\n  { "id": "A"\n  , "n": 1, "passes": true\n  }\n]'],
    [
      'escapes, number spelling and unknown keys',
      '[{"id": "\\u0041", "x": 1.50e1, "y": {"z" :[ 1,2 ]}, "passes" :  false }]',
      '[{"id": "\\u0041", "x": 1.50e1, "y": {"z" :[ 1,2 ]}, "passes" :  true }]',
    ],
  ])('%s', (_name, before, after) => {
    expect(flip(before)).toBe(after);
  });

  it('an integer id, a part of another story and a wrapped document are found by the id they go by', () => {
    expect(flip('[{"id": 7, "passes": false}]', '7')).toBe('[{"id": 7, "passes": true}]');
    const parts =
      '{"tasks": [{"id": 1, "subtasks": [{"id": 1, "status": "open"}]}, {"id": 2, "subtasks": [{"id": 1, "status": "open"}]}]}';
    expect(flip(parts, '2.1')).toBe(parts.replace(/"open"\}\]\}\]\}$/, '"done"}]}]}'));
    expect(flip('{"prd": {"stories": [{"id": "A", "done": false}]}}')).toBe(
      '{"prd": {"stories": [{"id": "A", "done": true}]}}',
    );
  });
});

describe('a flip is refused', () => {
  const two = prdText([
    { id: 'A', passes: false },
    { id: 'A', passes: false },
  ]);

  it.each<[string, string, string, object]>([
    ['an unknown story', list('{"id": "A"}'), 'B', { code: 'unknown-story', story: 'B', known: 1 }],
    [
      'two stories with the id',
      two,
      'A',
      { code: 'duplicate-story-id', story: 'A', at: { line: 7 }, first: { line: 3 } },
    ],
    ['a story without an id', list('{"title": "t"}'), '#1', { code: 'missing-story-id', title: 't' }],
    ['a document that cannot be read', '{', 'A', { code: 'invalid-json' }],
    ['an empty file', '', 'A', { code: 'file-empty' }],
    ['`passes` that is no boolean', list('{"id": "A", "passes": "no"}'), 'A', { code: 'wrong-type' }],
    ['a document without stories', '{}', 'A', { code: 'no-stories' }],
  ])('%s', (_name, text, id, problem) => {
    expect(flip(text, id)).toMatchObject(problem);
  });
});

describe('other edits', () => {
  const text = '{\n  "name": "shop", // ours\n  "tasks": [\n    { "id": 1, "tags": ["a", "b", "c"] }\n  ]\n}\n';

  it.each<[string, DocumentEdit[], string]>([
    ['rename', [{ kind: 'rename', path: ['name'], key: 'project' }], text.replace('"name"', '"project"')],
    ['replace', [{ kind: 'set', path: ['name'], value: 'a "b"' }], text.replace('"shop"', '"a \\"b\\""')],
    [
      'replace by an object',
      [{ kind: 'set', path: ['name'], value: { a: [1] } }],
      text.replace('"shop"', '{\n    "a": [\n      1\n    ]\n  }'),
    ],
    [
      'add in front of a member',
      [{ kind: 'set', path: ['$schema'], value: 'x', before: 'name' }],
      text.replace('"name"', '"$schema": "x",\n  "name"'),
    ],
    [
      'add at the end',
      [{ kind: 'set', path: ['checks'], value: { test: 'npm test' } }],
      text.replace('  ]\n}', '  ],\n  "checks": {\n    "test": "npm test"\n  }\n}'),
    ],
    [
      'add to an object on one line',
      [{ kind: 'set', path: ['tasks', 0, 'a'], value: [1, { b: 2 }] }],
      text.replace('"c"]', '"c"], "a": [1, {"b": 2}]'),
    ],
    [
      'insert an element',
      [{ kind: 'insert', path: ['tasks', 0, 'tags'], index: 1, value: 'x' }],
      text.replace('"b"', '"x", "b"'),
    ],
    [
      'insert the first element',
      [{ kind: 'insert', path: ['tasks', 0, 'tags'], index: 0, value: 'x' }],
      text.replace('"a"', '"x", "a"'),
    ],
    [
      'append an element',
      [{ kind: 'insert', path: ['tasks', 0, 'tags'], index: 9, value: 'x' }],
      text.replace('"c"', '"c", "x"'),
    ],
    ['remove the first', [{ kind: 'remove', path: ['tasks', 0, 'tags', 0] }], text.replace('"a", ', '')],
    ['remove the last', [{ kind: 'remove', path: ['tasks', 0, 'tags', 2] }], text.replace(', "c"', '')],
    [
      'remove all',
      [0, 1, 2].map((at) => ({ kind: 'remove', path: ['tasks', 0, 'tags', at] })),
      text.replace('"a", "b", "c"', ''),
    ],
    [
      'remove a member with its comment',
      [{ kind: 'remove', path: ['name'] }],
      text.replace('"name": "shop", // ours\n  ', ''),
    ],
    [
      'several at once',
      [
        { kind: 'rename', path: ['name'], key: 'project' },
        { kind: 'set', path: ['tasks', 0, 'id'], value: '1' },
        { kind: 'remove', path: ['tasks', 0, 'tags', 1] },
        { kind: 'set', path: ['a'], value: 1 },
        { kind: 'set', path: ['b'], value: 2 },
      ],
      '{\n  "project": "shop", // ours\n  "tasks": [\n    { "id": "1", "tags": ["a", "c"] }\n  ],\n  "a": 1,\n  "b": 2\n}\n',
    ],
    ['nothing', [], text],
  ])('%s', (_name, edits, after) => {
    expect(edit(text, ...edits)).toBe(after);
  });

  it.each<[string, string, string]>([
    ['on one line', '{"a":{}}', '{"a":{"k":1,"l":[]}}'],
    ['on several lines', '{\n "a": {}\n}', '{\n "a": {\n  "k": 1,\n  "l": []\n }\n}'],
    ['with a comment in it', '{\n "a": { // none\n }\n}', '{\n "a": {\n  "k": 1,\n  "l": [] // none\n }\n}'],
  ])('an empty object is filled %s', (_name, before, after) => {
    const edits: DocumentEdit[] = [
      { kind: 'set', path: ['a', 'k'], value: 1 },
      { kind: 'set', path: ['a', 'l'], value: [] },
    ];
    expect(edit(before, ...edits)).toBe(after);
  });

  it('the last member goes with the comma in front of it, and comments between stay', () => {
    expect(edit('{\n  "a": 1, // one\n  "b": 2\n}', { kind: 'remove', path: ['b'] })).toBe('{\n  "a": 1 // one\n}');
    expect(edit('{"a": 1, "b": 2,}', { kind: 'remove', path: ['b'] })).toBe('{"a": 1,}');
  });

  it.each<[string, DocumentEdit]>([
    ['a value in nothing', { kind: 'set', path: ['x', 'y'], value: 1 }],
    ['an element of no array', { kind: 'insert', path: ['name'], index: 0, value: 1 }],
    ['a member that is not there', { kind: 'remove', path: ['x'] }],
    ['the name of an element', { kind: 'rename', path: ['tasks', 0], key: 'x' }],
    ['the whole document', { kind: 'remove', path: [] }],
    ['a key that is there already', { kind: 'rename', path: ['name'], key: 'tasks' }],
  ])('refused: %s', (_name, one) => {
    expect(edit(text, one)).toMatchObject({ code: 'edit-refused', file: 'PRD.json' });
  });

  it('edits that overlap are refused', () => {
    expect(
      edit(text, { kind: 'remove', path: ['tasks'] }, { kind: 'set', path: ['tasks', 0, 'id'], value: 2 }),
    ).toMatchObject({
      code: 'edit-refused',
    });
  });
});
