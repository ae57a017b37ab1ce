import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positions } from '../../src/prd/locate.ts';
import { readDocument } from '../helpers/documents.ts';

describe('positions', () => {
  it.each([
    ['LF', 'a\nbc\n\nd', 6, [4, 1]],
    ['CR LF', 'a\r\nbc', 4, [2, 2]],
    ['a lone CR', 'a\rb', 2, [2, 1]],
    ['the end of a text', 'a\nb', 3, [2, 2]],
    ['a letter outside the basic plane counts two', '😀x', 2, [1, 3]],
  ])('%s', (_name, text, offset, [line, column]) => {
    expect(positions(text, 'f')(offset)).toEqual({ file: 'f', line, column });
  });

  it('agree with counting line ends one by one', () => {
    const texts = fc.array(fc.constantFrom('a', '\n', '\r\n', 'bb'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.nat(80), (text, offset) => {
        const before = text.slice(0, offset).replace(/\r$/, '').split('\n');
        if (text[offset] === '\n' && text[offset - 1] === '\r') return;
        expect(positions(text, 'f')(Math.min(offset, text.length)).line).toBe(before.length);
      }),
    );
  });
});

describe('locate', () => {
  const document = readDocument(
    '\ufeff{"checks": {},\r\n  "userStories": [\r\n    {"id": "A",\r\n     "passes": false}]}',
  );

  it.each([
    ['a value', ['userStories', 0, 'passes'], 4, 16],
    ['an element', ['userStories', 0], 3, 5],
    ['a byte-order mark moves no column', ['checks'], 1, 12],
    ['what is missing stands where its parent stands', ['userStories', 0, 'dependsOn', 2], 3, 5],
    ['what is missing altogether stands at the beginning', ['nothing'], 1, 1],
  ])('%s', (_name, path, line, column) => {
    expect(document.locate(path)).toEqual({ file: 'PRD.json', line, column });
  });
});
