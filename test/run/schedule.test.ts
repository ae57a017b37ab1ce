import { describe, expect, it } from 'vitest';
import type { PlannedStory, Role } from '../../src/plan/plan.ts';
import { runSchedule } from '../../src/run/schedule.ts';
import type { Manner } from '../../src/run/turn.ts';
import { aStory, planned, storyOutcome } from '../helpers/stories.ts';

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
      return storyOutcome(story.id, { outcome: failing.has(story.id) ? 'blocked' : 'passes' });
    },
  });
  return { beside, upcoming, settled: settled.map((one) => one.story) };
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

it('one slow story stalls nobody who does not build on it', async () => {
  let end: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    end = resolve;
  });
  const settled: string[] = [];
  const rows = ['slow', ...Array.from({ length: 50 }, (_, at) => `s${at}`)];
  await runSchedule({
    stories: rows.map((id) => planned(aStory(id), 'delegate', { phase: 1 })),
    parallel: 2,
    upcoming: () => {},
    stopped: () => false,
    runStory: async ({ story: { id } }) => {
      if (id === 'slow') await slow;
      settled.push(id);
      if (settled.length === 50) end();
      return storyOutcome(id);
    },
  });
  expect(settled.at(-1)).toBe('slow');
});

describe('a story that gives its place away', () => {
  interface Plays {
    readonly files?: readonly string[];
    readonly touches?: readonly string[];
    readonly gives?: Manner;
    /** Turns of the event loop that it works, after it went on. */
    readonly takes?: number;
    readonly phase?: number;
  }

  /** What ran beside what, and for whom each waited. */
  async function race(rows: Readonly<Record<string, Plays>>, parallel: number, stopAfter = 99) {
    const running = new Set<string>();
    const beside: string[] = [];
    const waited: Record<string, string> = {};
    const ended: Record<string, boolean> = {};
    const work = async (id: string, turns: number): Promise<void> => {
      running.add(id);
      beside.push([...running].join('+'));
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      running.delete(id);
    };
    const settled = await runSchedule({
      stories: Object.entries(rows).map(([id, { files = [], phase = 1 }]) =>
        planned(aStory(id, { files: [...files] }), 'delegate', { phase }),
      ),
      parallel,
      upcoming: () => {},
      stopped: (done) => done.length >= stopAfter,
      runStory: async ({ story: { id } }, turn) => {
        const { touches = [], gives, takes = 1 } = rows[id] ?? {};
        turn.touches(touches);
        await work(id, 1);
        ended[id] = gives === undefined || (await turn.giveWay(gives, (rivals) => (waited[id] = rivals.join('+'))));
        if (ended[id]) await work(`${id}'`, takes);
        return storyOutcome(id);
      },
    });
    return { beside, waited, ended, settled: settled.map(({ story }) => story) };
  }

  it('waits for those that change the same files, and goes on when they are over', async () => {
    const { waited, settled, beside } = await race(
      {
        slow: { touches: ['x'], takes: 5 },
        other: { touches: ['y'], takes: 9 },
        lost: { touches: ['x'], gives: 'known' },
      },
      3,
    );
    expect({ waited, settled }).toEqual({ waited: { lost: 'slow' }, settled: ['slow', 'lost', 'other'] });
    expect(beside.at(-1)).toBe("other'+lost'");
  });

  it('of several on the same file one goes on at a time, the longest waiting first', async () => {
    const lost = { touches: ['x'], gives: 'known' } as const;
    const { beside, settled } = await race({ a: lost, b: lost, c: lost, d: lost }, 4);
    expect(beside.slice(4)).toEqual(["a'", "b'", "c'", "d'"]);
    expect(settled).toEqual(['a', 'b', 'c', 'd']);
  });

  it('frees its place for others meanwhile', async () => {
    const { beside } = await race(
      { slow: { touches: ['x'], takes: 6 }, lost: { touches: ['x'], gives: 'known' }, next: {} },
      2,
    );
    expect(beside).toEqual(['slow', 'slow+lost', "lost+slow'", "slow'+next", "slow'+next'", "lost'"]);
  });

  it('that is very careful lets everybody go first whose files nobody knows', async () => {
    const { settled } = await race(
      { lost: { touches: ['x'], gives: 'any' }, a: {}, b: {}, c: { phase: 2 }, d: { files: ['docs/**'], takes: 20 } },
      2,
    );
    expect(settled).toEqual(['a', 'b', 'lost', 'd', 'c']);
  });

  it('is told to stop when nothing starts any more, and nobody waits for ever', async () => {
    const { ended, settled } = await race({ a: {}, lost: { touches: ['x'], gives: 'any' }, b: { takes: 9 } }, 3, 1);
    expect({ ended, settled }).toEqual({ ended: { a: true, lost: false, b: true }, settled: ['a', 'lost', 'b'] });
  });

  it('goes on at once where there is nobody to wait for', async () => {
    expect((await race({ lost: { gives: 'any' } }, 1)).waited).toEqual({});
  });
});
