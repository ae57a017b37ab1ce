import type { Oid } from '../workspace/workspace.ts';
import { promised } from './promised.ts';

/** The line of those who want to land. They land one at a time, in the order in which they came. */
export interface Lane {
  /** Waits for all before, then acts alone. Those behind need not expect anything new of it. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  /** Takes the last place in the line. `leave` must follow. */
  enter(): LanePlace;
}

export interface LanePlace {
  /** What the branch will hold once all before have landed, as far as they know; null: nobody is before, or nobody knows. */
  readonly ahead: Promise<Oid | null>;
  /** Tells those behind what the branch will hold after this place. Only the first call counts. */
  expect(commit: Oid | null): void;
  /** Waits for all before to leave, then acts alone. */
  turn<T>(act: () => Promise<T>): Promise<T>;
  leave(): void;
}

export function openLane(): Lane {
  let inside = 0;
  let last: { readonly gone: Promise<unknown>; readonly expected: Promise<Oid | null> } | null = null;
  const enter = (): LanePlace => {
    const before = inside === 0 ? null : last;
    const expected = promised<Oid | null>();
    const left = promised<void>();
    last = { gone: Promise.all([before?.gone, left.promise]), expected: expected.promise };
    inside += 1;
    return {
      ahead: before?.expected ?? Promise.resolve(null),
      expect: expected.resolve,
      turn: async (act) => {
        await before?.gone;
        return act();
      },
      leave: () => {
        inside -= 1;
        expected.resolve(null);
        left.resolve();
      },
    };
  };
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    const place = enter();
    void place.ahead.then(place.expect);
    return place.turn(act).finally(place.leave);
  };
  return { inTurn, enter };
}
