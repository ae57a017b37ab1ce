import { describe, expect, it } from 'vitest';
import { withPassesOf } from '../../src/prd/progress.ts';
import { readDocument } from '../helpers/documents.ts';

const prd = (...stories: object[]) => readDocument({ userStories: stories }).prd;
const passing = (list: { stories: readonly { id: string; passes: boolean }[] }) =>
  list.stories.filter((story) => story.passes).map((story) => story.id);

describe('text from the working tree, progress from the tip', () => {
  const mine = prd({ id: 'A', title: 'new text', passes: false }, { id: 'B', passes: true }, { id: 'C', passes: true });

  it('passes counts as it stands at the tip', () => {
    const tip = prd({ id: 'C', passes: false }, { id: 'A', title: 'old text', passes: true });
    const both = withPassesOf(mine, tip);
    expect(passing(both)).toEqual(['A']);
    expect(both.stories[0]).toMatchObject({ id: 'A', title: 'new text', passes: true });
  });

  it('a story that the tip does not know has not passed, whatever the working tree says', () => {
    expect(passing(withPassesOf(mine, prd()))).toEqual([]);
  });

  it('a story without an id never takes progress from another by its position', () => {
    const nameless = prd({ title: 'x' });
    expect(passing(withPassesOf(nameless, prd({ title: 'y', passes: true })))).toEqual([]);
  });

  it('without a tip the own claims are all there is', () => {
    expect(passing(withPassesOf(mine, null))).toEqual(['B', 'C']);
  });
});
