import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgedLength, tokens } from '../../../src/lint/text/token.ts';

function read(text: string): readonly string[] {
  return tokens(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('tokens', () => {
  it.each([
    ['Shows 10 rows', ['word Shows', 'number 10', 'word rows']],
    ['≥4.5:1 or 50%', ['number ≥4.5:1', 'word or', 'number 50%']],
    ['1–5 items — sorted', ['number 1–5', 'word items', 'mark —', 'word sorted']],
    ['`npm test` and `x`', ['code `npm test`', 'word and', 'code `x`']],
    ["reads 'Try again' or “No”", ['word reads', "quote 'Try again'", 'word or', 'quote “No”']],
    ['is "" or "x"', ['word is', 'quote ""', 'word or', 'quote "x"']],
    ["doesn't break", ["word doesn't", 'word break']],
    ['lib/cart/cart.dart', ['path lib/cart/cart.dart']],
    ['src/app/[id]/page.tsx [draft]', ['path src/app/[id]/page.tsx', 'mark [', 'word draft', 'mark ]']],
    ['GET /cart returns 409', ['word GET', 'path /cart', 'word returns', 'number 409']],
    ['success/error', ['word success', 'mark /', 'word error']],
    ['.env.example and *.sql', ['path .env.example', 'word and', 'path *.sql']],
    ['saveDraft(id, force) runs', ['code saveDraft(id, force)', 'word runs']],
    ['file(s)', ['word file', 'mark (', 'word s', 'mark )']],
    ['camelCase snake_case store.total', ['code camelCase', 'code snake_case', 'code store.total']],
    ['md:grid-cols-2 --dry-run #ff0000', ['code md:grid-cols-2', 'code --dry-run', 'code #ff0000']],
    ['CartController in TypeScript', ['name CartController', 'word in', 'word TypeScript']],
    ['US-012, step 2, #4', ['ref US-012', 'mark ,', 'word step', 'number 2', 'mark ,', 'ref #4']],
    ['see https://a.b/c.', ['word see', 'url https://a.b/c', 'mark .']],
    ['a -> b => c → d', ['word a', 'mark ->', 'word b', 'mark =>', 'word c', 'mark →', 'word d']],
    ['well-formed, etc...', ['word well-formed', 'mark ,', 'word etc', 'mark ...']],
    ['返回（空）。', ['word 返回', 'mark （', 'word 空', 'mark ）', 'mark 。']],
  ])('of %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('are compared in lower case, and full-width signs as plain ones', () => {
    expect(tokens('Ok，Go').map(({ lower }) => lower)).toEqual(['ok', ',', 'go']);
  });

  it('are in order, never overlap, and leave out nothing but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        let at = 0;
        for (const { start, end } of tokens(text)) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(at);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('stop where judging stops', () => {
    const read = tokens('word '.repeat(judgedLength));
    expect(read.at(-1)?.end).toBeLessThanOrEqual(judgedLength);
  });
});
