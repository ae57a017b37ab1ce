import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/report/excerpt.ts';
import { lintPretty } from '../../src/report/lint-pretty.ts';
import type { ListedFile } from '../../src/report/listing.ts';
import { width } from '../../src/report/text.ts';
import { fakeOut, marked } from './builders.ts';
import { documentError, file, finding, listing, story } from './listing-builders.ts';

function shown(files: readonly ListedFile[], options = {}): readonly string[] {
  return lintPretty(listing(...files), fakeOut(options)).split('\n');
}

describe('lint for a person', () => {
  it('tells findings by story and criterion, with the match underlined and a position to click', () => {
    expect(shown([file([documentError(), finding()])])).toEqual([
      'PRD.json',
      '    PRD.json:12:13  error    two stories share the id `US-1`',
      '                             file/duplicate-story-id',
      '  US-1  Login                                                       refine first',
      '    "Login working"',
      '           ^^^^^^^',
      '    PRD.json:31:9  warning  `Login working` states no result',
      '                            judgment/no-outcome',
      '                            hint: say what is seen',
      '',
      '2 findings (1 error, 1 warning) · 0 delegate, 1 refine first, 0 keep',
      '',
    ]);
  });

  it('prints a criterion once, however many findings it has', () => {
    const text = shown([file([finding(), finding({ rule: 'verify/prose' })])]).join('\n');
    expect(text.match(/"Login working"/g)).toHaveLength(1);
  });

  it('says that there is nothing to say', () => {
    expect(shown([file([], { stories: [story({ readiness: 'delegate' })] })])).toEqual([
      'no findings · 1 delegate, 0 refine first, 0 keep',
      '',
    ]);
  });

  it('counts what a disable silenced, and shows it nowhere', () => {
    expect(shown([file([finding({ suppressed: 'theme is one file' })])])).toEqual([
      'no findings · 0 delegate, 1 refine first, 0 keep · 1 disabled',
      '',
    ]);
  });

  it.each([0, 1, 20, 80, 300])('never writes an endless or over-long line at %i columns', (columns) => {
    const long = 'a '.repeat(300);
    const lines = shown([file([finding({ text: long, message: long })])], { columns });
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(100);
  });

  it('is coloured only where the stream is, and reads the same without', () => {
    const painted = shown([file([documentError(), finding()])], { paint: marked }).join('\n');
    expect(painted).toContain('<bad>error  </bad>');
    expect(painted).toContain('<warn>      ^^^^^^^</warn>');
    expect(painted.replace(/<\/?\w+>/g, '')).toBe(shown([file([documentError(), finding()])]).join('\n'));
  });

  it('shows text of the document without its control characters', () => {
    const evil = `a${String.fromCharCode(27)}[2Jb`;
    const text = shown([file([finding({ text: evil, message: evil, hint: evil, matches: [] })])]).join('\n');
    expect(text).not.toContain(String.fromCharCode(27));
  });
});

describe('excerpt', () => {
  it('keeps the match in sight and says what is missing on either side', () => {
    const text = `${'x'.repeat(50)} appropriately ${'y'.repeat(50)}`;
    const { text: shown, marks } = excerpt(text, [{ offset: 51, length: 13 }], 40);
    expect(shown).toMatch(/^….* appropriately y+…$/);
    expect(shown.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('appropriately');
  });

  it('counts columns, not characters', () => {
    expect(excerpt('カートを表示 quickly', [{ offset: 7, length: 7 }], 40).marks).toBe(`${' '.repeat(13)}^^^^^^^`);
  });

  it('never cuts a character in half, and never gets wider than it may', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(60),
        fc.nat(10),
        fc.integer({ min: 4, max: 40 }),
        (text, offset, length, columns) => {
          const { text: shown, marks } = excerpt(text, [{ offset, length }], columns);
          expect(shown).not.toMatch(/\p{Cs}|\n/u);
          expect(width(shown)).toBeLessThanOrEqual(columns + 1);
          expect(marks.length).toBeLessThanOrEqual(columns + 1);
        },
      ),
    );
  });
});
