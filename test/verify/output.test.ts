import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceIn } from '../../src/verify/absence.ts';
import { failureSignature } from '../../src/verify/feedback.ts';
import { collapseRepeats, headAndTail, outputLimit, plainOutput } from '../../src/verify/output.ts';
import { readCounts } from '../../src/verify/runners/index.ts';
import { aCheck, red } from './results.ts';

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);

describe('plain output', () => {
  it.each([
    [`${esc}[31mred${esc}[39m`, 'red'],
    [`${esc}]0;title${bell}text`, 'text'],
    [`${esc}]8;;https://example.com${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    [`${esc}[2K10%\r50%\r100%\ndone`, '100%\ndone'],
    ['a\r\nb', 'a\nb'],
    [`a${String.fromCharCode(0)}b${bell}c`, 'abc'],
    [`safe ${String.fromCodePoint(0x202e)}txt.exe`, 'safe txt.exe'],
    ['tabs\tstay', 'tabs\tstay'],
    ['größer → 日本', 'größer → 日本'],
  ])('%j reads %j', (raw, plain) => {
    expect(plainOutput(raw)).toBe(plain);
  });

  it('lets a coloured report be counted like a plain one', () => {
    const folder = new URL('../fixtures/runner-output/', import.meta.url);
    const [coloured, plain] = ['vitest-mixed-coloured', 'vitest-mixed'].map((name) =>
      readFileSync(new URL(`${name}.txt`, folder), 'utf8'),
    );
    expect(coloured).toContain(esc);
    expect(readCounts('npx vitest run', plainOutput(coloured ?? ''))).toEqual(
      readCounts('npx vitest run', plain ?? ''),
    );
  });
});

describe('head and tail', () => {
  it('leave a short text alone', () => {
    expect(headAndTail('short')).toBe('short');
  });

  it('keep both ends of a long text and say what is missing', () => {
    const cut = headAndTail(`first\n${'x'.repeat(100_000)}\nlast`);
    expect(cut).toMatch(/^first\n[\s\S]*… \d+ bytes left out …[\s\S]*\nlast$/);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(outputLimit);
  });

  it('never exceed the limit and never break a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 120, max: 300 }),
        (text, limit) => {
          const cut = headAndTail(text.repeat(3), limit);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(limit, 120));
          expect(cut).not.toContain('\uFFFD');
        },
      ),
    );
  });
});

describe('repeated lines', () => {
  it.each([
    ['a\na\na\nb', 'a  (3 times)\nb'],
    ['a\na\nb', 'a\na\nb'],
    ['a\n\n\n\nb', 'a\n\n\n\nb'],
  ])('%j become %j', (text, collapsed) => {
    expect(collapseRepeats(text)).toBe(collapsed);
  });
});

describe('hostile output', () => {
  const esc = String.fromCharCode(27);
  const units = [
    ...[
      'x',
      ' ',
      'a@',
      'abc\r',
      `${esc}[3`,
      `${esc}]0;`,
      '1 failed',
      '1 passed, ',
      '> a@b c\n',
      'ok 1 - a.js ',
      '# tests 1\n',
    ],
    ...[
      '<testsuite a="',
      '<testsuites ',
      'ENOENT',
      'python',
      'ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL',
      '  1 passing (',
      'Test Files  1',
    ],
  ];

  it.each(units)('made of %j is read in no time', (unit) => {
    for (const head of ['', '> ', 'npm error ', 'No package.json (or ']) {
      const text = plainOutput(head + unit.repeat(Math.ceil(200_000 / unit.length)));
      const started = performance.now();
      readCounts('npm test', text);
      absenceIn(text);
      failureSignature(red(aCheck(), { output: headAndTail(`error ${text}`) }));
      // Quadratic reading would take minutes.
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });
});
