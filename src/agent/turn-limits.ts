import { createHash } from 'node:crypto';
import type { AttemptLimits } from './implementer.ts';

/** A word about the turns that are left, for the message that ends this turn; null when there is nothing to say. */
export function turnNotice(turn: number, limits: Pick<AttemptLimits, 'turns' | 'noticeAtTurn'>): string | null {
  if (turn === limits.turns)
    return `[turn ${turn} of ${limits.turns}: one more reply is read, and only finish is answered]`;
  if (turn === limits.noticeAtTurn)
    return `[turn ${turn} of ${limits.turns}: do what is still needed, then call finish]`;
  return null;
}

export interface CallRecord {
  readonly tool: string;
  /** The input as understood, or its raw text where it was not. */
  readonly input: unknown;
  readonly result: string;
  readonly outcome: 'ok' | 'error' | 'unparseable';
  /** Files were changed by it. */
  readonly changed: boolean;
}

export interface Noted {
  /** What to add to the result of each call; null for nothing. */
  readonly warnings: readonly (string | null)[];
  /** Why the attempt must stop here. */
  readonly stop: string | null;
}

const maxUnparseable = 3;
const maxErrors = 5;
const maxSame = 3;
const longestCycle = 3;
const again = '[the same call with the same result as before; a third time ends the attempt]';

/**
 * Notices when nothing moves any more; asked once per turn, because a model can only learn between turns. A repetition is
 * the same tool with the same input and the same result since files last changed: a poll that says something new is none,
 * nor is edit, test, edit, test.
 */
export function progressWatch(): (turn: readonly CallRecord[]) => Noted {
  const keys: string[] = [];
  const counts = new Map<string, number>();
  let [unparseable, errors] = [0, 0];
  return (turn) => {
    if (turn.length === 0) return { warnings: [], stop: null };
    unparseable = turn.every(({ outcome }) => outcome === 'unparseable') ? unparseable + 1 : 0;
    errors = turn.every(({ outcome }) => outcome !== 'ok') ? errors + 1 : 0;
    const met = new Set<string>();
    const repeated = turn.map((record) => countCall(record, { keys, counts, met }));
    const most = Math.max(...repeated);
    const stop = stopReason({ tool: turn[repeated.indexOf(most)]?.tool ?? '', most, unparseable, errors, keys });
    return { stop, warnings: repeated.map((count) => (count === 2 ? again : null)) };
  };
}

interface Memory {
  /** Every call so far, in order. */
  readonly keys: string[];
  /** Since files last changed. */
  readonly counts: Map<string, number>;
  /** Calls of this turn: the same call twice beside itself is one. */
  readonly met: Set<string>;
}

function countCall(record: CallRecord, { keys, counts, met }: Memory): number {
  const key = keyOf(record);
  if (record.changed) counts.clear();
  if (!met.has(key)) {
    keys.push(key);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  met.add(key);
  return counts.get(key) ?? 0;
}

interface Progress {
  readonly tool: string;
  readonly most: number;
  readonly unparseable: number;
  readonly errors: number;
  readonly keys: readonly string[];
}

function stopReason({ tool, most, unparseable, errors, keys }: Progress): string | null {
  if (unparseable >= maxUnparseable) return `${unparseable} turns in a row could not be parsed`;
  if (errors >= maxErrors) return `in ${errors} turns in a row every call failed`;
  if (most >= maxSame) return `loop: ${tool} was called ${most} times with the same result`;
  const cycle = cycleAtEnd(keys);
  return cycle === null ? null : `loop: the same ${cycle === 1 ? 'call' : `${cycle} calls`} ${maxSame} times over`;
}

/** Length of a cycle that was gone through three times at the end, also when it changes files back and forth. */
function cycleAtEnd(keys: readonly string[]): number | null {
  for (let length = 1; length <= longestCycle; length++) {
    const tail = keys.slice(-length * maxSame);
    if (tail.length === length * maxSame && tail.every((key, index) => key === tail[index % length])) return length;
  }
  return null;
}

function keyOf({ tool, input, result }: CallRecord): string {
  // Durations differ between runs that say the same.
  const steady = result.replace(/\b\d+(?:\.\d+)? ?(?:ms|s|m)\b/g, '#');
  return createHash('sha256')
    .update(`${tool}\0${canonicalJson(input)}\0${steady}`)
    .digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlainObject(part) ? sorted(part) : part));
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
