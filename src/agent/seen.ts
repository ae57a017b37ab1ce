/** What the model of this conversation has been shown, so that it is neither shown twice nor overwritten unseen. */
export interface Seen {
  /** Hash of the content that the model knows or made, or null when it never saw the file. */
  hashOf(path: string): string | null;
  know(path: string, hash: string): void;
  /** Lines were printed in this turn. */
  show(path: string, hash: string, range: LineRange, turn: number): void;
  /** The turn in which all of these lines were printed with this very content, or null. */
  shownIn(path: string, hash: string, range: LineRange): number | null;
  /** Results of these turns were taken out of the conversation. */
  forgetTurns(upTo: number): void;
  /** Counts edits of a path that failed in a row; 0 clears. */
  failedEdits(path: string, outcome: 'failed' | 'done'): number;
}

/** From 1, both included. */
interface LineRange {
  readonly from: number;
  readonly to: number;
}

interface Shown extends LineRange {
  readonly path: string;
  readonly hash: string;
  readonly turn: number;
}

/** Starts with the files whose content was sent with the story. */
export function openSeen(sent: ReadonlyMap<string, string>): Seen {
  const hashes = new Map(sent);
  const failures = new Map<string, number>();
  let shown: readonly Shown[] = [];
  const covers = (each: Shown, path: string, hash: string, { from, to }: LineRange): boolean =>
    each.path === path && each.hash === hash && each.from <= from && to <= each.to;
  return {
    hashOf: (path) => hashes.get(path) ?? null,
    know: (path, hash) => void hashes.set(path, hash),
    show: (path, hash, range, turn) => {
      hashes.set(path, hash);
      shown = [...shown, { path, hash, ...range, turn }];
    },
    shownIn: (path, hash, range) => shown.findLast((each) => covers(each, path, hash, range))?.turn ?? null,
    forgetTurns: (upTo) => {
      shown = shown.filter(({ turn }) => turn > upTo);
    },
    failedEdits: (path, outcome) => {
      const count = outcome === 'failed' ? (failures.get(path) ?? 0) + 1 : 0;
      failures.set(path, count);
      return count;
    },
  };
}
