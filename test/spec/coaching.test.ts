import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCoaching, learn, maxNotes, notesOf, parseCoaching, pin, remove } from '../../src/spec/coaching.ts';

const lesson = (text: string, lastHit = '2026-01-01', scope = '**') => ({ text, scope, story: 'US-1', lastHit });
const empty = parseCoaching('');

describe('the coaching file', () => {
  it('a first lesson makes a file that reads back as it was', () => {
    const file = learn(empty, [
      lesson('use formatMoney (not toFixed) when showing amounts', '2026-01-01', 'src/views/**'),
    ]);
    expect(notesOf(parseCoaching(formatCoaching(file)))).toEqual([
      {
        id: expect.stringMatching(/^n-[0-9a-f]{8}$/),
        text: 'use formatMoney (not toFixed) when showing amounts',
        scope: 'src/views/**',
        story: 'US-1',
        lastHit: '2026-01-01',
        pinned: false,
      },
    ]);
  });

  it('prose and headings of a person stay where they are', () => {
    const text = '# Ours\n\nRead this first.\n\n- do a when b <!-- prd id=n-1 -->\n\nThe end.\n';
    expect(formatCoaching(parseCoaching(text))).toBe(text);
  });

  it('a list item written by hand is a general, pinned note', () => {
    expect(notesOf(parseCoaching('* prefer early returns\n'))).toMatchObject([
      { text: 'prefer early returns', scope: '**', story: null, lastHit: null, pinned: true },
    ]);
  });

  it.each([
    '- a <!-- prd id=%zz -->',
    '- a <!-- prd = = id -->',
    '- <!-- prd id=x -->',
    '-no space',
    '- a <!-- prd <b> -->',
  ])('a broken entry (%s) is read as text, never thrown at the user', (line) => {
    expect(() => formatCoaching(parseCoaching(`${line}\n`))).not.toThrow();
  });

  it('the same lesson in other case and punctuation keeps the older text and is marked as learned again', () => {
    const once = learn(empty, [lesson('Use cents, not floats', '2026-01-01')]);
    expect(notesOf(learn(once, [lesson('use cents not floats!', '2026-02-02')]))).toMatchObject([
      { text: 'Use cents, not floats', lastHit: '2026-02-02' },
    ]);
  });

  it('when the list is full the note learned least recently leaves, pinned ones stay', () => {
    let file = learn(
      empty,
      Array.from({ length: maxNotes }, (_, n) => lesson(`lesson number ${n}`, `2026-01-${n + 10}`)),
    );
    file = pin(file, notesOf(file)[0]?.id ?? '', true);
    const texts = notesOf(learn(file, [lesson('one more lesson', '2026-03-01')])).map((note) => note.text);
    expect(texts).toHaveLength(maxNotes);
    expect(texts).toContain('lesson number 0');
    expect(texts).not.toContain('lesson number 1');
  });

  it('removing and unpinning touch only the note named', () => {
    const file = learn(empty, [lesson('first lesson here'), lesson('second lesson here')]);
    const [first, second] = notesOf(file);
    expect(notesOf(remove(file, first?.id ?? '')).map((note) => note.id)).toEqual([second?.id]);
    expect(notesOf(pin(file, 'unknown', true))).toEqual([first, second]);
  });

  it('any text reads without an error, and writing it twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const once = formatCoaching(parseCoaching(text));
        expect(formatCoaching(parseCoaching(once))).toBe(once);
      }),
    );
  });
});
