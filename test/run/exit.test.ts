import { expect, it } from 'vitest';
import type { StoryOutcome } from '../../src/run/deps.ts';
import { type RunFacts, runExit } from '../../src/run/exit.ts';
import { aStory, planned, storyOutcome } from '../helpers/stories.ts';

const facts = (outcome: Partial<StoryOutcome>): RunFacts => ({
  selected: [planned(aStory('a'), 'delegate')],
  outcomes: [storyOutcome('a', outcome)],
  halt: null,
  revoked: [],
  problems: [],
});

it.each<[string, Partial<StoryOutcome>, number]>([
  ['passes', { outcome: 'passes' }, 0],
  ['used up its attempts', { outcome: 'blocked', verdict: 'failed' }, 3],
  ['was overtaken as often as a run allows', { outcome: 'stopped', verdict: 'conflict' }, 3],
  ['stopped for now', { outcome: 'stopped' }, 1],
  ['was tampered with', { outcome: 'blocked', verdict: 'tampered' }, 7],
])('a story that %s', (_, outcome, exit) => {
  expect(runExit(facts(outcome), () => 4)).toBe(exit);
});
