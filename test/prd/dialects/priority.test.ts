import { describe, expect, it } from 'vitest';
import { notesOf, readDocument, readStory } from '../../helpers/documents.ts';

const rank = (priority: unknown) => readStory({ id: 'US-1', priority }).priority;
const doubts = (priorities: readonly unknown[]) =>
  notesOf(
    readDocument({ userStories: priorities.map((priority, at) => ({ id: `US-${at}`, priority })) }),
    'file/bad-priority',
  );

describe('ranks', () => {
  it.each<[number | null, readonly unknown[]]>([
    [54, [54, '54', ' 54 ', '#54', 'P54']],
    [2.5, [2.5, '2.5']],
    [0, [0, 'P0', 'critical', 'Blocker', 'URGENT', 'highest', 'immediate']],
    [1, ['p1', 'high', 'must', 'must have', 'Must-Have', 'required', 'major']],
    [2, ['P2', 'medium', 'med', 'normal', 'should', 'should have', 'moderate', 'default']],
    [3, ['P3', '#3', 'low', 'could', 'could_have', 'minor', 'nice to have', 'optional']],
    [4, ['lowest', 'trivial', "won't", 'wont have', "won't have", 'someday']],
    [-1, [-1, '-1']],
    [null, [undefined, null, '', 'done', 'soon', true, {}, [1], 'constructor', '__proto__x']],
  ])('%s', (expected, values) => {
    expect(values.map(rank)).toEqual(values.map(() => expected));
  });

  it('a number too large to be one is none', () => {
    const [story] = readDocument('{"userStories": [{"id": "A", "priority": 1e999}]}').prd.stories;
    expect(story?.priority).toBeNull();
  });
});

describe('doubts', () => {
  it.each<[string, readonly unknown[], readonly string[]]>([
    ['a word nobody knows', ['done'], ['`"done"` is not a priority']],
    ['zero and negative numbers', [0, -3], ['priority 0 is not positive', 'priority -3 is not positive']],
    ['ties', [1, 1, 1], []],
    ['missing ones', [undefined, null], []],
    ['words alone', ['high', 'low'], []],
    ['words beside numbers', ['high', 3], ['priorities are words and numbers; their ranks compare as numbers']],
  ])('%s', (_name, priorities, expected) => {
    expect(doubts(priorities)).toEqual(expected);
  });

  it('a word that sounds like progress is no progress', () => {
    expect(readStory({ id: 'US-1', priority: 'done' })).toMatchObject({ priority: null, passes: false });
  });
});
