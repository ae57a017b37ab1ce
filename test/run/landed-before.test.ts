import { describe, expect, it } from 'vitest';
import { evidencePath } from '../../src/land/evidence.ts';
import { storyDigest } from '../../src/prd/digest.ts';
import type { Story } from '../../src/prd/prd.ts';
import type { RunRequest } from '../../src/run/deps.ts';
import type { EventData, RunEvent } from '../../src/run/events.ts';
import { flipLanded, withLanded } from '../../src/run/landed-before.ts';
import { aStory } from '../helpers/stories.ts';

const landing = (story: Story, fields: Partial<EventData<'landing.done'>> = {}): EventData<'landing.done'> => ({
  story: story.id,
  attempt: 1,
  branch: 'main',
  from: 'b0',
  commit: 'c1',
  strength: 'proven',
  evidence: evidencePath(story.id, storyDigest(story)),
  ...fields,
});

const [one, two] = [aStory('US-1'), aStory('US-2')];

function request(fields: object = {}): RunRequest {
  const stories = [one, two].map((story) => ({ story, state: { kind: 'ready' } }));
  const past = { stories: new Map(), loose: { landings: [], follows: [], flips: [], attempts: [] } };
  // Only what is read here: the rest of a request has no part in it.
  return {
    branch: 'main',
    uncommitted: 'no',
    plan: { stories },
    prd: { stories: [one, two] },
    past,
    ...fields,
  } as never;
}

describe('withLanded', () => {
  it('a story that recovery has landed is not planned any more, and counts as passing', () => {
    const { plan, prd } = withLanded(request(), [landing(one)]);
    expect(plan.stories.map(({ state }) => state.kind)).toEqual(['passes', 'ready']);
    expect(prd.stories.map(({ passes }) => passes)).toEqual([true, false]);
  });

  it('a landing on another branch changes nothing here', () => {
    const before = request();
    expect(withLanded(before, [landing(one, { branch: 'prd/earlier' })])).toBe(before);
  });
});

describe('flipLanded', () => {
  const flipped = async (fields: object, landed: readonly EventData<'landing.done'>[]) => {
    const told: (string | RunEvent['type'])[] = [];
    const deps = {
      flipOnDisk: async (story: string) => void told.push(story),
      emit: async ({ type }: RunEvent) => void told.push(type),
    };
    const flips = await flipLanded(request(fields), landed, deps);
    return { told, flips: flips.map(({ story }) => story) };
  };

  it.each([
    ['a PRD that git ignores is flipped for what has landed', { uncommitted: 'ignored' }, landing(one), ['US-1']],
    ['a PRD that git tracks holds its flip in the commit', { uncommitted: 'no' }, landing(one), []],
    [
      'a story that reads differently now is not flipped',
      { uncommitted: 'ignored' },
      landing(one, { evidence: 'e' }),
      [],
    ],
  ])('%s', async (_, fields, landed, flips) => {
    expect(await flipped(fields, [landed])).toEqual({ flips, told: flips.flatMap((story) => [story, 'adopted']) });
  });
});
