import { describe, expect, it } from 'vitest';
import type { PlannedState } from '../../src/plan/plan.ts';
import type { StoryOutcome } from '../../src/run/deps.ts';
import { waitingStories } from '../../src/run/waiting.ts';
import { aStory, planned } from '../helpers/stories.ts';

interface Row {
  readonly needs?: string[];
  readonly state?: PlannedState;
  readonly outcome?: StoryOutcome['outcome'];
  readonly revoked?: true;
}

function waiting(rows: Readonly<Record<string, Row>>) {
  const plan = Object.entries(rows).map(([id, { needs = [], state }]) =>
    planned(aStory(id, { dependsOn: needs }), 'delegate', state && { state }),
  );
  const outcomes = Object.entries(rows).flatMap(([story, { outcome }]) =>
    outcome === undefined ? [] : [{ story, outcome } as StoryOutcome],
  );
  const selected = plan.filter(({ state }) => state.kind !== 'not-selected' && state.kind !== 'on-hold');
  const revoked = Object.keys(rows).filter((id) => rows[id]?.revoked);
  return waitingStories({ plan, selected, outcomes, revoked });
}

describe('at the end of a run', () => {
  it.each<[string, Record<string, Row>, unknown[]]>([
    ['nothing is left when all pass', { a: { outcome: 'passes' }, b: { state: { kind: 'passes' } } }, []],
    [
      'a whole chain waits for the one that is blocked',
      { a: { outcome: 'blocked' }, b: { needs: ['a'] }, c: { needs: ['b'] }, d: { outcome: 'passes' } },
      [{ stories: ['b', 'c'], for: ['a'], why: 'a is blocked', next: 'prd show a' }],
    ],
    [
      'a story that nobody selected is named with the command that selects it',
      { a: { state: { kind: 'not-selected' } }, b: { needs: ['a'], state: { kind: 'waits', for: ['a'] } } },
      [{ stories: ['b'], for: ['a'], why: 'a was not selected', next: 'prd run a' }],
    ],
    [
      'a story on hold is named with its word',
      { a: { state: { kind: 'on-hold', word: 'paused' } }, b: { needs: ['a'] } },
      [{ stories: ['b'], for: ['a'], why: 'a is on hold (paused)', next: 'prd run a' }],
    ],
    [
      'what was blocked before and what nothing decides wait for nobody',
      { a: { state: { kind: 'blocked', reason: 'red' } }, b: { state: { kind: 'unprovable', unresolved: [] } } },
      [
        { stories: ['a'], for: [], why: 'a is blocked since an earlier run', next: 'prd show a' },
        { stories: ['b'], for: [], why: 'no verify command decides b', next: 'prd lint' },
      ],
    ],
    [
      'what a limit left over goes on with the next run, also what builds on it',
      { a: { outcome: 'passes' }, b: {}, c: { needs: ['b'] } },
      [{ stories: ['b', 'c'], for: [], why: 'the run ended before their turn', next: 'prd run' }],
    ],
    [
      'what stopped goes on with the next run',
      { a: { outcome: 'stopped' }, b: { needs: ['a'] } },
      [{ stories: ['b'], for: ['a'], why: 'a has not come to its end', next: 'prd run' }],
    ],
    [
      'a pass that was taken back is nobody to build on',
      { a: { outcome: 'passes', revoked: true }, b: { needs: ['a'] } },
      [{ stories: ['b'], for: ['a'], why: 'a does not pass any more', next: 'prd show a' }],
    ],
    [
      'two causes are both named, each once',
      { a: { outcome: 'blocked' }, b: { outcome: 'blocked' }, c: { needs: ['a', 'b', 'a'] } },
      [{ stories: ['c'], for: ['a', 'b'], why: 'a is blocked; b is blocked', next: 'prd show a' }],
    ],
    [
      'a circle ends too',
      { a: { needs: ['b'] }, b: { needs: ['a'] } },
      [{ stories: ['a', 'b'], for: [], why: 'the run ended before their turn', next: 'prd run' }],
    ],
  ])('%s', (_, rows, expected) => {
    expect(waiting(rows)).toEqual(expected);
  });
});
