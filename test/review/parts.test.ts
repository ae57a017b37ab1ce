import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangedFile, Shown } from '../../src/review/changed-file.ts';
import { maxParts, toParts } from '../../src/review/parts.ts';

const file = (path: string, text: string, kind: 'whole' | 'hunks' = 'hunks'): ChangedFile =>
  shown(path, { kind, text });
const shown = (path: string, what: Shown): ChangedFile => ({
  path,
  status: 'modified',
  added: 1,
  removed: 0,
  before: '',
  after: '',
  shown: what,
});
const lines = (count: number, length = 20): string =>
  Array.from({ length: count }, (_, n) => `+${n}`.padEnd(length, '.')).join('\n');

describe('the parts of a change', () => {
  it('small files share one request, in order', () => {
    const { parts, unread } = toParts([file('a', '+1'), file('b', '+2')], 8_000);
    expect(parts).toEqual([
      [
        { path: 'a', label: 'whole', text: '+1' },
        { path: 'b', label: 'whole', text: '+2' },
      ],
    ]);
    expect(unread).toEqual([]);
  });

  it('a large file becomes several pieces that together are the file', () => {
    const text = lines(700);
    const { parts } = toParts([file('a', text, 'whole')], 12_000);
    expect(parts.flat().map(({ label }) => label)).toEqual([
      'lines 1-300 of the 700 shown',
      'lines 301-600 of the 700 shown',
      'lines 601-700 of the 700 shown',
    ]);
    expect(
      parts
        .flat()
        .map((piece) => piece.text)
        .join('\n'),
    ).toBe(text);
  });

  it('breaks before a hunk where one begins near the end', () => {
    const text = `@@ a\n${lines(250)}\n@@ b\n${lines(200)}`;
    const [first, second] = toParts([file('a', text)], 40_000).parts.flat();
    expect([first?.text.split('\n').length, second?.text.slice(0, 4)]).toEqual([251, '@@ b']);
  });

  it('what does not fit into four requests is named with its lines, never cut silently', () => {
    const { parts, unread } = toParts([file('a', lines(300, 100)), file('b', lines(300, 100))], 8_000);
    expect(parts).toHaveLength(maxParts);
    expect(unread).toEqual([
      { path: 'b', why: expect.stringMatching(/^too much for 4 requests: lines \d+-300 of the 300 shown|^too much/) },
    ]);
  });

  it.each<[string, Shown, readonly string[]]>([
    ['what nobody can read', { kind: 'unreadable', why: 'binary, 9 bytes' }, ['a']],
    ['what is named in one line', { kind: 'named', why: 'lock file' }, []],
    ['a line that is cut', { kind: 'hunks', text: `+${'x'.repeat(3_000)}` }, ['a']],
  ])('%s', (_, what, paths) => {
    expect(toParts([shown('a', what)], 8_000).unread.map(({ path }) => path)).toEqual(paths);
  });

  it('every line of every file is shown or its file is named', () => {
    const texts = fc.array(
      fc.array(
        fc.string({ maxLength: 200 }).map((line) => line.replaceAll('\n', ' ')),
        { minLength: 1, maxLength: 400 },
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1_000, max: 20_000 }), (given, room) => {
        const files = given.map((all, index) => file(`f${index}`, all.join('\n')));
        const { parts, unread } = toParts(files, room);
        expect(parts.length).toBeLessThanOrEqual(maxParts);
        for (const { path, shown: what } of files) {
          const pieces = parts
            .flat()
            .filter((piece) => piece.path === path)
            .map(({ text }) => text)
            .join('\n');
          const complete = what.kind === 'hunks' && pieces === what.text;
          expect(complete || unread.some((one) => one.path === path)).toBe(true);
        }
        for (const part of parts)
          expect(part.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(room + 300);
      }),
      { numRuns: 60 },
    );
  });
});
