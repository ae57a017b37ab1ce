import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, cut, lineWidth, pad, printable, tick, width, wrap } from '../../src/report/text.ts';

const esc = String.fromCharCode(27);

describe('printable', () => {
  it.each([
    ['an escape sequence that clears the screen', `a${esc}[2Jb`, 'ab'],
    ['a link that says one thing and opens another', `${esc}]8;;http://evil\u0007ok${esc}]8;;\u0007`, 'ok'],
    ['a C1 control', 'a\u009b31mb', 'ab'],
    ['a carriage return that overwrites the line', 'passed\rfailed', 'passed failed'],
    ['line breaks and tabs', 'one\n\ttwo', 'one two'],
    ['text that runs backwards', 'a\u202eb\u2066c\u2069', 'abc'],
    ['characters without width', 'a\u200bb\ufeffc', 'abc'],
    ['letters hidden in tags', 'a\u{e0041}b', 'ab'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
    ['a family, whose parts are joined without width', '👩\u200d👧', '👩\u200d👧'],
    ['other languages', 'Корзина カート', 'Корзина カート'],
  ])('makes %s harmless', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('never lets a control character through, and changes nothing when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/\p{Cc}|\p{Cs}/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});

describe('width', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['カート', 6],
    ['✓', 1],
    ['🛒', 2],
    ['👩\u200d👧', 2],
    [`${esc}[31mred${esc}[39m`, 3],
    ['', 0],
  ])('of %j is %i', (text, columns) => {
    expect(width(text)).toBe(columns);
  });
});

describe('lineWidth', () => {
  it.each([
    [0, 80],
    [1, 1],
    [80, 80],
    [250, 100],
  ])('of a terminal with %i columns is %i', (columns, expected) => {
    expect(lineWidth(columns)).toBe(expected);
  });
});

describe('cut', () => {
  it('leaves a text that fits', () => expect(cut('cart', 4)).toBe('cart'));
  it('says that something is missing', () => expect(cut('cart total', 6)).toBe('cart…'));
  it('never cuts a wide character in half', () => expect(cut('カート', 4)).toBe('カ…'));
  it('shows nothing where not even the ellipsis fits', () => expect(cut('cart', 1, '...')).toBe(''));

  it('never gets wider than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, columns) => {
        expect(width(cut(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at spaces and keeps a long word whole', () => {
    expect(wrap('a story without a verifycommandthatneverends never passes', 10)).toEqual([
      'a story',
      'without a',
      'verifycommandthatneverends',
      'never',
      'passes',
    ]);
  });

  it('keeps every word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(20), (words, columns) => {
        expect(wrap(words.join(' '), columns).join(' ')).toBe(words.join(' '));
      }),
    );
  });
});

describe('align', () => {
  it('puts columns under each other by what they look like, and leaves no space at the end', () => {
    expect(
      align([
        ['カート', 'x', 'last'],
        ['b', '', ''],
      ]),
    ).toEqual(['カート  x  last', 'b']);
  });
});

it('pads by columns, not by characters', () => expect(`${pad('カ', 4)}|`).toBe('カ  |'));

it('quotes a command on one line', () => expect(tick(`npm test${esc}[2J\nrm`)).toBe('`npm test rm`'));
