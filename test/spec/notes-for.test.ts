import { describe, expect, it } from 'vitest';
import type { CoachingNote } from '../../src/spec/coaching.ts';
import { notesFor } from '../../src/spec/notes-for.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';

const note = (id: string, scope: string, lastHit: string | null = null): CoachingNote => ({
  id,
  text: `note ${id}`,
  scope,
  story: null,
  lastHit,
  pinned: false,
});
const ids = (notes: readonly CoachingNote[]) => notes.map(({ id }) => id);

describe('the notes of a story', () => {
  it.each([
    ['a glob of its scope', aStory('US-1', { files: ['src/views/**'] }), 'src/views/**', true],
    ['a narrower glob than its scope', aStory('US-1', { files: ['src/**'] }), 'src/views/*.js', true],
    ['a wider glob than its scope', aStory('US-1', { files: ['src/views/cart.js'] }), 'src/**', true],
    [
      'a file that a criterion names',
      aStory('US-1', { criteria: [proseCriterion('`src/views/cart.js` says 0')] }),
      'src/views/**',
      true,
    ],
    [
      'a file that a command names',
      aStory('US-1', { criteria: [commandCriterion('node --test test/a.test.js')] }),
      'test/**',
      true,
    ],
    ['another folder', aStory('US-1', { files: ['src/views/**'] }), 'src/store/**', false],
    ['every file: it heads every spec already', aStory('US-1', { files: ['src/**'] }), '**', false],
  ])('%s', (_, story, scope, goes) => {
    expect(ids(notesFor([note('a', scope)], story, null))).toEqual(goes ? ['a'] : []);
  });

  it('may be about files that only the refinement names', () => {
    const files = [{ path: 'lib/new.js', action: 'create', why: '' }] as const;
    expect(ids(notesFor([note('a', 'lib/**')], aStory('US-1'), { files: [...files] }))).toEqual(['a']);
  });

  it('are three at most, last learned first', () => {
    const many = [
      note('a', 'src/**'),
      note('b', 'src/**', '2026-01-02'),
      note('c', 'src/*', '2026-01-03'),
      note('d', 'src/**', '2026-01-01'),
    ];
    expect(ids(notesFor(many, aStory('US-1', { files: ['src/a.js'] }), null))).toEqual(['c', 'b', 'd']);
  });
});
