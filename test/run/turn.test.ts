import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/run/events.ts';
import type { StoryRun } from '../../src/run/story-run.ts';
import { hasItsTurn, type Manner, outrun } from '../../src/run/turn.ts';
import { aStory, planned } from '../helpers/stories.ts';

/** A story whose scheduler names these rivals, and then lets it go on or not. */
function waiting(rivals: readonly string[], may = true) {
  const events: RunEvent[] = [];
  const manners: Manner[] = [];
  const run = {
    planned: planned(aStory('a'), 'delegate'),
    deps: { emit: async (event: RunEvent) => void events.push(event) },
    turn: {
      touches: () => {},
      giveWay: async (manner: Manner, told: (rivals: readonly string[]) => void) => {
        manners.push(manner);
        if (rivals.length > 0) told(rivals);
        return may;
      },
    },
  } as unknown as StoryRun;
  return { run, events, manners };
}

describe('a story that was overtaken', () => {
  it.each<[number, Manner[]]>([
    [0, []],
    [1, []],
    [2, ['known']],
    [3, ['any']],
    [9, ['any']],
  ])('%i times gives its place away as %j', async (lost, expected) => {
    const { run, manners } = waiting([]);
    expect(await hasItsTurn(run, lost)).toBe(true);
    expect(manners).toEqual(expected);
  });

  it('says whom it waits for, the first three by name', async () => {
    const { run, events } = waiting(['b', 'c', 'd', 'e', 'f']);
    await hasItsTurn(run, 2);
    const why = 'b, c, d and 2 more, which may change the same files';
    expect(events).toEqual([{ type: 'wait', data: { story: 'a', for: why, waitMs: null } }]);
  });

  it('says nothing where nobody is in its way', async () => {
    const { run, events } = waiting([]);
    await hasItsTurn(run, 2);
    expect(events).toEqual([]);
  });

  it('is not tried where nothing new starts', async () => {
    expect(await hasItsTurn(waiting(['b'], false).run, 2)).toBe(false);
  });

  it('six times in one run goes on in the next one', () => {
    expect([outrun(5), outrun(6)]).toEqual([false, true]);
  });
});
