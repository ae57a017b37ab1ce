import { describe, expect, it } from 'vitest';
import { placedTrees, verifyPlaces } from '../../src/cli/verify-places.ts';
import type { RunEvent } from '../../src/run/events.ts';
import type { Tree, Trees } from '../../src/workspace/workspace.ts';

/** Places whose alarms ring when the test says so. */
function places(jobs: number) {
  const events: RunEvent[] = [];
  const alarms = new Set<() => void>();
  const after = (_: number, act: () => void) => {
    alarms.add(act);
    return () => void alarms.delete(act);
  };
  const verifying = verifyPlaces(jobs, async (event) => void events.push(event), { after });
  const ring = (): void => {
    for (const act of [...alarms]) act();
  };
  return { verifying, events, ring, alarms };
}

describe('a wait for a place to verify at', () => {
  it('is said once, however many wait', async () => {
    const { verifying, events, ring } = places(1);
    const leave = await verifying.enter(false);
    const waiting = [verifying.enter(false), verifying.enter(true)];
    ring();
    leave();
    for (const one of [...waiting].reverse()) (await one)();
    const why = 'a free place to verify at: 1 at once (--verify-jobs)';
    expect(events).toEqual([{ type: 'wait', data: { story: null, for: why, waitMs: null } }]);
  });

  it('is said again after somebody did not have to wait', async () => {
    const { verifying, events, ring } = places(1);
    for (let time = 0; time < 2; time += 1) {
      const leave = await verifying.enter(false);
      const next = verifying.enter(false);
      ring();
      leave();
      (await next)();
    }
    expect(events).toHaveLength(2);
  });

  it('that is short is no news, and leaves no alarm behind', async () => {
    const { verifying, events, alarms } = places(2);
    (await verifying.enter(false))();
    expect({ events, alarms: alarms.size }).toEqual({ events: [], alarms: 0 });
  });
});

describe('the tree of a setup', () => {
  const tree = { remove: async () => {} } as Tree;
  const trees = (open: () => Promise<Tree>) => ({ open }) as unknown as Trees;

  it('holds a place until it is removed', async () => {
    const { verifying } = places(1);
    const opened = await placedTrees(
      trees(async () => tree),
      verifying,
    ).open('c', 'setup');
    let inside = false;
    const next = verifying.enter(true).then(() => {
      inside = true;
    });
    await new Promise(setImmediate);
    expect(inside).toBe(false);
    await opened.remove();
    await next;
    expect(inside).toBe(true);
  });

  it('that cannot be made holds none', async () => {
    const { verifying } = places(1);
    const none = placedTrees(
      trees(() => Promise.reject(new Error('disk full'))),
      verifying,
    );
    await expect(none.open('c', 'setup')).rejects.toThrow('disk full');
    expect(typeof (await verifying.enter(false))).toBe('function');
  });
});
