import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refinement, refinementAnswer } from '../../src/spec/refinement.ts';
import { wireRefinement } from './wire-refinement.ts';

describe('a refinement as it comes from the model', () => {
  it('within its bounds stays as it is', () => {
    const given = wireRefinement('US-1', { steps: ['Write `total`.'], verify: ['npm test'] });
    expect(refinementAnswer.parse({ stories: [given] }).stories).toEqual([given]);
  });

  it('is cut to its bounds, never rejected for them', () => {
    const many = Array.from({ length: 30 }, (_, n) => `step ${n} ${'word '.repeat(100)}`);
    const [story] = refinementAnswer.parse({
      stories: [
        wireRefinement('US-1', { steps: many, reason: 'r '.repeat(400), risks: many, needs: ['a.ts', '/etc/passwd'] }),
      ],
    }).stories;
    expect(story?.steps).toHaveLength(8);
    expect(story?.steps[0]).toMatch(/^step 0 .{200,292} word…$/);
    expect(story?.reason.length).toBeLessThanOrEqual(160);
    expect(story?.risks).toHaveLength(3);
    expect(story?.needs).toEqual(['a.ts']);
  });

  it.each([
    ['an absolute path', '/etc/passwd'],
    ['a path that leads out', '../secrets'],
    ['a path that leads out in the middle', 'src/../../x'],
    ['a line break', 'src/a\n.ts'],
    ['a backslash', 'src\\a.ts'],
  ])('%s is no file of the repository', (_, path) => {
    const file = { path, action: 'create', why: '' };
    expect(refinement.parse(wireRefinement('US-1', { files: [file] })).files).toEqual([]);
  });

  it('with missing keys still has all of them', () => {
    const [story] = refinementAnswer.parse({ stories: [{ storyId: 'US-1' }] }).stories;
    expect(story).toEqual({ ...wireRefinement('US-1'), ready: false });
  });

  it.each([[{}], [{ stories: [] }], [{ stories: 'US-1' }], [{ stories: [{ steps: [] }] }], [null]])(
    'that names no story is rejected: %j',
    (answer) => {
      expect(refinementAnswer.safeParse(answer).success).toBe(false);
    },
  );

  it('edits are not cut: too many are none, because half of a repetition is a broken tree', () => {
    const edits = Array.from({ length: 61 }, (_, n) => ({ path: 'a.ts', old: `${n}`, new: 'x' }));
    expect(refinement.parse(wireRefinement('US-1', { edits })).edits).toEqual([]);
  });

  it('read twice is the same, whatever was sent', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom(...Object.keys(wireRefinement('x'))), maxDepth: 3 }), (given) => {
        const once = refinement.parse(given);
        expect(refinement.parse(once)).toEqual(once);
      }),
    );
  });
});
