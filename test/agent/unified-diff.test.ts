import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/agent/unified-diff.ts';

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const letters = 'abcdefghijklmnop'.split('');

describe('unifiedDiff', () => {
  it.each([
    ['nothing', text('a', 'b'), text('a', 'b'), ''],
    ['one line', text('a', 'b', 'c'), text('a', 'x', 'c'), '@@ -1 +1 @@\n a\n-b\n+x\n c'],
    ['a new file', '', text('a', 'b'), '@@ -1 +1 @@\n+a\n+b'],
    ['a deletion', text('a', 'b', 'c', 'd', 'e'), text('a', 'b', 'd', 'e'), '@@ -1 +1 @@\n a\n b\n-c\n d\n e'],
    [
      'two places far apart',
      text(...letters),
      text(...letters.map((letter) => (letter === 'b' || letter === 'o' ? letter.toUpperCase() : letter))),
      '@@ -1 +1 @@\n a\n-b\n+B\n c\n d\n@@ -13 +13 @@\n m\n n\n-o\n+O\n p',
    ],
  ])('shows %s', (_, before, after, expected) => {
    expect(unifiedDiff(before, after, 60)).toBe(expected);
  });

  it('stays within the limit and says how much is missing', () => {
    const diff = unifiedDiff('', text(...Array.from({ length: 100 }, (_, index) => `line ${index}`)), 60).split('\n');
    expect(diff).toHaveLength(61);
    expect(diff.at(-1)).toBe('[41 more lines of this diff]');
  });

  it('a rewrite of everything costs no time', () => {
    const lines = (mark: string): string => text(...Array.from({ length: 3_000 }, (_, index) => `${mark}${index}`));
    expect(unifiedDiff(lines('a'), lines('b'), 10).split('\n')[1]).toBe('-a0');
  });

  it('its removed and added lines turn the one text into the other', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
        const diff = unifiedDiff(text(...before), text(...after), 1_000).split('\n');
        const count = (sign: string, letter: string): number => diff.filter((each) => each === sign + letter).length;
        const of = (lines: readonly string[], letter: string): number => lines.filter((each) => each === letter).length;
        for (const letter of 'abcd') {
          expect(of(before, letter) - count('-', letter) + count('+', letter)).toBe(of(after, letter));
        }
      }),
    );
  });
});
