import { atMost } from '../host/at-most.ts';
import type { RunDeps } from '../run/deps.ts';
import type { EmitEvent } from '../run/events.ts';
import type { Trees } from '../workspace/workspace.ts';

type Verifying = RunDeps['verifying'];

export interface Alarm {
  /** Calls back after so many ms, unless the returned function is called first. */
  readonly after: (ms: number, act: () => void) => () => void;
}

/** Who waits longer than this is told why. */
const noticeableMs = 5_000;

/** Places to verify at, so many at once. A long wait is said once, until somebody was let in without one. */
export function verifyPlaces(jobs: number, emit: EmitEvent, { after }: Alarm = timers): Verifying {
  const places = atMost(jobs);
  let said = false;
  const say = (): void => {
    if (said) return;
    said = true;
    const why = `a free place to verify at: ${jobs} at once (--verify-jobs)`;
    void emit({ type: 'wait', data: { story: null, for: why, waitMs: null } });
  };
  return {
    count: places.count,
    enter: async (urgent) => {
      let late = false;
      const forget = after(noticeableMs, () => {
        late = true;
        say();
      });
      const leave = await places.enter(urgent);
      forget();
      said &&= late;
      return leave;
    },
  };
}

/** Setups are work for the same cores. One is asked for before the checks that need it, never beside them. */
export function placedTrees(trees: Trees, { enter }: Verifying): Trees {
  return {
    ...trees,
    open: async (...args) => {
      const leave = await enter(true);
      try {
        const tree = await trees.open(...args);
        return { ...tree, remove: () => tree.remove().finally(leave) };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

const timers: Alarm = {
  after: (ms, act) => {
    const running = setTimeout(act, ms);
    return () => clearTimeout(running);
  },
};
