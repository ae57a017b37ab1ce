import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrd } from '../../src/prd/parse.ts';
import { readSyntax } from '../../src/prd/syntax.ts';
import { notesOf, prdText, problemsOf, readDocument } from '../helpers/documents.ts';

const at = (line: number, column: number) => ({ file: 'PRD.json', line, column });
const two = prdText([
  { id: 'US-1', title: 'One', passes: true },
  { id: 'US-2', title: 'Two', passes: false },
]);

describe('text that is no JSON is refused with its place', () => {
  it.each<[string, string, object]>([
    ['an empty file', '', { code: 'file-empty', file: 'PRD.json' }],
    ['white space only', ' \r\n\t\n', { code: 'file-empty', file: 'PRD.json' }],
    ['a byte-order mark and nothing else', '\ufeff\n', { code: 'file-empty', file: 'PRD.json' }],
    ['UTF-16 without a mark', '{\0"\0a\0"\0', { code: 'unsupported-encoding', file: 'PRD.json', encoding: 'UTF-16' }],
    [
      'UTF-16 read as UTF-8',
      '\ufffd\ufffd{\0}\0',
      { code: 'unsupported-encoding', file: 'PRD.json', encoding: 'UTF-16' },
    ],
    ['big-endian UTF-16', '\0{\0}', { code: 'unsupported-encoding', file: 'PRD.json', encoding: 'UTF-16' }],
    [
      'text in front',
      'Here is the PRD:\n{}',
      { code: 'invalid-json', at: at(1, 1), what: 'text stands before the JSON', after: null },
    ],
    [
      'a Markdown fence',
      '```json\n{}\n```',
      { code: 'invalid-json', at: at(1, 1), what: 'a Markdown fence stands before the JSON', after: null },
    ],
    [
      'the path a symbolic link holds',
      'scripts/ralph/prd.json\n',
      {
        code: 'invalid-json',
        at: at(1, 1),
        what: 'this is the path `scripts/ralph/prd.json`, as a symbolic link holds it, not JSON',
        after: null,
      },
    ],
    [
      'a merge conflict',
      '{\n<<<<<<< HEAD\n}',
      { code: 'invalid-json', at: at(2, 1), what: 'a merge conflict was left in the file', after: null },
    ],
    ['a single quote', "{'a': 1}", { code: 'invalid-json', at: at(1, 2), what: "unexpected `'`", after: null }],
    [
      'an escape that does not exist',
      '{"a": "\\q"}',
      {
        code: 'invalid-json',
        at: at(1, 7),
        what: 'expected an escape such as `\\n` or `\\"`, found `"`',
        after: null,
      },
    ],
    [
      'text behind the end',
      '{} {}',
      { code: 'invalid-json', at: at(1, 4), what: 'expected nothing more, found `{`', after: null },
    ],
  ])('%s', (_name, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('names the last story that was read whole', () => {
    const broken = two.replace('},\n    {\n      "id": "US-2"', '}\n    {\n      "id": "US-2"');
    expect(problemsOf(broken)).toEqual([
      { code: 'invalid-json', at: at(8, 5), what: 'expected `,`, found `{`', after: 'US-1' },
    ]);
  });

  it('calls a story without an id by its position', () => {
    expect(problemsOf('{"userStories": [{"title": "a"}, {"title": "b"} oops')[0]).toMatchObject({ after: '#2' });
  });

  it('says where a truncated file ends', () => {
    const cut = two.slice(0, two.indexOf('"Two"'));
    expect(problemsOf(cut)).toEqual([
      { code: 'invalid-json', at: at(10, 16), what: 'expected a value, found the end of the file', after: 'US-1' },
    ]);
  });

  it('points at an unescaped quote', () => {
    expect(problemsOf('{\n  "title": "the "big" one"\n}')[0]).toMatchObject({ code: 'invalid-json', at: at(2, 18) });
  });
});

describe('keys', () => {
  it('refuses every key that stands twice, with the place of the second', () => {
    const text = '{"userStories": [\n {"id": "1", "id": "2"},\n {"a": {"b": 1, "b": 2}}]}';
    expect(problemsOf(text)).toEqual([
      { code: 'duplicate-key', at: at(2, 14), key: 'id' },
      { code: 'duplicate-key', at: at(3, 17), key: 'b' },
    ]);
  });

  it('takes an escaped spelling for the same key', () => {
    expect(problemsOf('{"id": 1, "\\u0069d": 2}')).toMatchObject([{ code: 'duplicate-key', key: 'id' }]);
  });

  it('refuses `__proto__`', () => {
    expect(problemsOf('{"userStories": [], "__proto__": {"passes": true}}')).toEqual([
      { code: 'forbidden-key', at: at(1, 21), key: '__proto__' },
    ]);
  });

  it('reads own properties only', () => {
    const [story] = readDocument('{"userStories": [{"id": "1", "title": "x", "constructor": 1, "toString": 2}]}').prd
      .stories;
    expect(story).toMatchObject({ id: '1', title: 'x', passes: false, priority: null });
  });
});

describe('JSON that other tools refuse', () => {
  it.each([
    ['a trailing comma', '{"userStories": [{"id": "1",},],}', 'a trailing comma: strict readers refuse this file'],
    ['comments', '// plan\n{"userStories": [/* none */]}', 'comments: strict readers refuse this file'],
    ['a byte-order mark', '\ufeff{"userStories": []}', 'a byte-order mark: strict readers refuse this file'],
    [
      'all of them',
      '\ufeff{"userStories": [],} // end',
      'a byte-order mark and comments and a trailing comma: strict readers refuse this file',
    ],
  ])('%s is read and noted', (_name, text, message) => {
    expect(notesOf(readDocument(text), 'file/not-strict-json')).toEqual([message]);
  });

  it('signs inside strings are no comments and no commas', () => {
    const text = prdText([{ id: '1', title: '// a /* b */ ,] ,}' }]);
    expect(notesOf(readDocument(text), 'file/not-strict-json')).toEqual([]);
  });
});

describe('depth', () => {
  it('reads 100 levels and refuses 101 where they begin', () => {
    const nested = (levels: number) => `{"userStories":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(readSyntax(nested(100), 'PRD.json').kind).toBe('tree');
    expect(problemsOf(nested(101))).toEqual([{ code: 'too-deep', at: at(1, 115), limit: 100 }]);
  });

  it('a million brackets exhaust nothing', () => {
    expect(problemsOf('['.repeat(1_000_000))).toMatchObject([{ code: 'too-deep' }]);
    expect(problemsOf('{"a":'.repeat(300_000))).toMatchObject([{ code: 'too-deep' }]);
  });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '//',
      '/*',
      '*/',
      'userStories',
      '"id"',
      'null',
      'true',
      '1e',
      '\n',
      '\ufeff',
      '\0',
      'é',
    ],
  );

  it('parsing never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parsePrd(text, 'PRD.json')));
    fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => void parsePrd(parts.join(''), 'PRD.json')));
  });

  it('every truncation of a document is refused or read, and a refusal names a place in the text', () => {
    const text = prdText([
      { id: 'US-1', title: 'One "quoted"', acceptanceCriteria: ['`npm test` passes', { verify: { run: 'x' } }] },
    ]);
    for (let length = 0; length < text.length - 1; length += 1) {
      for (const problem of problemsOf(text.slice(0, length))) {
        if (problem.code !== 'invalid-json') continue;
        expect(problem.at.line).toBeLessThanOrEqual(text.slice(0, length).split('\n').length);
      }
    }
  });

  it('what JSON.parse accepts is read with the same values, and nothing else is without a note', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const syntax = readSyntax(text, 'PRD.json');
        if (/__proto__/.test(text)) return;
        expect(syntax.kind).toBe('tree');
      }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const syntax = readSyntax(text, 'PRD.json');
        if (syntax.kind === 'refused') return;
        const { hasBom, surface } = syntax.source;
        if (hasBom || surface.hasComments || surface.hasTrailingComma) return;
        expect(() => JSON.parse(text)).not.toThrow();
      }),
    );
  });
});
