import { describe, expect, it } from 'vitest';
import type { PlannedStory, Role } from '../../src/plan/plan.ts';
import type { StoryOutcome } from '../../src/run/deps.ts';
import { runSchedule } from '../../src/run/schedule.ts';
import { aStory, planned } from '../helpers/stories.ts';

type Row = [
  id: string,
  role: Role,
  fields?: { needs?: string[]; phase?: number; files?: string[]; fails?: true; state?: PlannedStory['state'] },
];

/** Runs a schedule in which every story takes one turn of the event loop, and records what ran beside what. */
async function play(rows: readonly Row[], parallel: number, stopAfter = Number.POSITIVE_INFINITY) {
  const stories = rows.map(([id, role, { needs = [], phase = 1, files = [], state } = {}]) =>
    planned(aStory(id, { dependsOn: needs, files }), role, { phase, ...(state && { state }) }),
  );
  const failing = new Set(rows.filter(([, , fields]) => fields?.fails).map(([id]) => id));
  const running = new Set<string>();
  const beside: string[] = [];
  const upcoming: string[] = [];
  const settled = await runSchedule({
    stories,
    parallel,
    upcoming: (next) => upcoming.push(next.map(({ story }) => story.id).join('+')),
    stopped: (done) => done.length >= stopAfter,
    runStory: async ({ story }) => {
      running.add(story.id);
      beside.push([...running].join('+'));
      await new Promise(setImmediate);
      running.delete(story.id);
      return outcome(story.id, failing.has(story.id) ? 'blocked' : 'passes');
    },
  });
  return { beside, upcoming, settled: settled.map((one) => one.story) };
}

function outcome(story: string, kind: StoryOutcome['outcome']): StoryOutcome {
  return {
    story,
    outcome: kind,
    verdict: null,
    strength: null,
    reason: '',
    key: '',
    attempts: 1,
    commit: null,
    costUsd: 0,
  };
}

describe('runSchedule', () => {
  it('one at a time keeps the order of the plan', async () => {
    expect(
      (
        await play(
          [
            ['a', 'orchestrator'],
            ['b', 'delegate'],
            ['c', 'delegate'],
          ],
          1,
        )
      ).beside,
    ).toEqual(['a', 'b', 'c']);
  });

  it('delegates run side by side, never beside an architectural story of their phase', async () => {
    const rows: Row[] = [
      ['a', 'orchestrator'],
      ['b', 'orchestrator'],
      ['c', 'delegate'],
      ['d', 'delegate'],
    ];
    expect((await play(rows, 8)).beside).toEqual(['a', 'b', 'c', 'c+d']);
  });

  it('no more than `parallel` stories run at once', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((id): Row => [id, 'delegate']);
    const { beside } = await play(rows, 2);
    expect(Math.max(...beside.map((one) => one.split('+').length))).toBe(2);
  });

  it('stories whose scopes overlap never run at once', async () => {
    const { beside } = await play(
      [
        ['a', 'delegate', { files: ['src/**'] }],
        ['b', 'delegate', { files: ['src/x.ts'] }],
      ],
      8,
    );
    expect(beside).toEqual(['a', 'b']);
  });

  it('a phase starts when the one before it is over', async () => {
    const { beside } = await play(
      [
        ['a', 'delegate', { phase: 1 }],
        ['b', 'delegate', { phase: 2 }],
      ],
      8,
    );
    expect(beside).toEqual(['a', 'b']);
  });

  it('what depends on a blocked story never starts, all others do', async () => {
    const rows: Row[] = [
      ['a', 'orchestrator', { fails: true }],
      ['b', 'delegate', { needs: ['a'] }],
      ['c', 'delegate', { needs: ['b'] }],
      ['d', 'delegate'],
      ['e', 'delegate', { phase: 2 }],
    ];
    expect((await play(rows, 1)).settled).toEqual(['a', 'd', 'e']);
  });

  it('a dependency on a later phase is met, not waited for in vain', async () => {
    const rows: Row[] = [
      ['a', 'delegate', { phase: 1, needs: ['b'] }],
      ['b', 'delegate', { phase: 2 }],
    ];
    expect((await play(rows, 4)).settled).toEqual(['b', 'a']);
  });

  it('an architectural story that needs a delegated one of its phase waits for it', async () => {
    const rows: Row[] = [
      ['a', 'orchestrator', { needs: ['b'] }],
      ['b', 'delegate'],
      ['c', 'delegate', { needs: ['a'] }],
    ];
    expect((await play(rows, 4)).settled).toEqual(['b', 'a', 'c']);
  });

  it('a story that already passes satisfies dependencies and is not run', async () => {
    const rows: Row[] = [
      ['a', 'delegate', { state: { kind: 'passes' } }],
      ['b', 'delegate', { needs: ['a'] }],
    ];
    expect((await play(rows, 1)).settled).toEqual(['b']);
  });

  it('after a stop nothing new starts and what runs is waited for', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((id): Row => [id, 'delegate']);
    expect((await play(rows, 2, 1)).settled).toEqual(['a', 'b']);
  });

  it('an empty plan ends at once', async () => {
    expect(await play([], 4)).toEqual({ beside: [], upcoming: [], settled: [] });
  });

  it('says which two delegated stories come next, and none while the orchestrator has work in the phase', async () => {
    const { upcoming } = await play(
      [
        ['a', 'orchestrator'],
        ['b', 'delegate'],
        ['c', 'delegate'],
        ['d', 'delegate'],
        ['e', 'delegate', { needs: ['d'] }],
        ['f', 'delegate', { phase: 2 }],
      ],
      1,
    );
    expect(upcoming).toEqual(['', 'c+d', 'd', '', '', '']);
  });

  it('does not look ahead at a story whose files are being changed', async () => {
    const { upcoming } = await play(
      [
        ['a', 'delegate', { files: ['src/**'] }],
        ['b', 'delegate', { files: ['src/b.ts'] }],
        ['c', 'delegate', { files: ['docs/**'] }],
      ],
      1,
    );
    expect(upcoming[0]).toBe('c');
  });
});
