import type { ModelEntry } from './model.ts';
import { systemTime, type Time } from './time.ts';

/** How a request that passed the gate ended, as far as the gate cares. */
export type PassEnd =
  | { readonly kind: 'answered' }
  /** The endpoint asked for less: nobody passes for `askedMs`, nor for `backoffMs` when it serves nobody at all. */
  | { readonly kind: 'limited'; readonly askedMs: number; readonly backoffMs: number }
  /** `heard`: something came back, so somebody is there. */
  | { readonly kind: 'failed'; readonly heard: boolean };

export interface Pass {
  /** Must be called once, when the request is over. */
  leave(end: PassEnd): void;
}

interface GateState {
  /** Requests that may be under way at once, at present. */
  readonly limit: number;
  readonly running: number;
  readonly waiting: number;
  /** True once anything ever came back through this gate: the address is right and somebody is there. */
  readonly heard: boolean;
}

export interface Gate {
  /** Waits for a free place; null when the signal aborted first. */
  enter(signal?: AbortSignal): Promise<Pass | null>;
  state(): GateState;
}

export interface Gates {
  gateOf(model: ModelEntry): Gate;
}

export interface GateOptions {
  /** Most requests under way at once per endpoint and model. Default 16. */
  readonly places?: number;
  readonly time?: Time;
}

/** One gate per endpoint and model, shared by all workers: a rate limit on one slows all, instead of each in turn. */
export function openGates(options: GateOptions = {}): Gates {
  const gates = new Map<string, Gate>();
  return {
    gateOf: ({ id, endpoint }) => {
      const key = JSON.stringify([endpoint.baseUrl, id]);
      const gate = gates.get(key) ?? openGate(options);
      gates.set(key, gate);
      return gate;
    },
  };
}

/** A place above those that were refused is tried once in so many rounds of answers. */
const rareRounds = 4;
/** Limits per minute pass: what was refused so long ago says little about now. */
const rememberedMs = 30_000;

interface Room {
  limit: number;
  running: number;
  heard: boolean;
  closedUntil: number;
  lastCut: number;
  /** The places before the present round of refusals. */
  before: number;
  /** Most requests that were served while more were refused; null: nobody knows. */
  ceiling: number | null;
}

/**
 * A refused request says how many are served at once: those still under way. So many places stay, and one more is tried
 * now and then. Where nobody is left the endpoint serves nobody for now: half the places stay, once per round of requests.
 */
export function openGate({ places = 16, time = systemTime }: GateOptions = {}): Gate {
  const queue = new Set<() => void>();
  const room: Room = {
    limit: places,
    running: 0,
    heard: false,
    closedUntil: -Infinity,
    lastCut: -Infinity,
    before: places,
    ceiling: null,
  };

  const leaveOf = (entered: number) => (end: PassEnd) => {
    room.running -= 1;
    room.heard ||= end.kind !== 'failed' || end.heard;
    if (end.kind === 'answered') grow(room, places, time.now());
    if (end.kind === 'limited') cut(room, end, entered, time.now());
    for (const wake of [...queue].slice(0, Math.max(0, Math.floor(room.limit) - room.running))) wake();
  };

  return {
    enter: async (signal) => {
      for (;;) {
        if (signal?.aborted) return null;
        const closedMs = room.closedUntil - time.now();
        // Up to a second apart, so that those who waited do not come back as one herd.
        if (closedMs > 0) await time.sleep(closedMs + time.random() * Math.min(1_000, closedMs), signal);
        else if (room.running >= Math.floor(room.limit)) await turnIn(queue, signal);
        else break;
      }
      room.running += 1;
      return { leave: leaveOf(time.now()) };
    },
    state: () => ({
      limit: Math.floor(room.limit),
      running: room.running,
      waiting: queue.size,
      heard: room.heard,
    }),
  };
}

/** One place per full round of answers, and rarely once it is known where the endpoint begins to refuse. */
function grow(room: Room, places: number, now: number): void {
  const fresh = now - room.lastCut < rememberedMs;
  const known = room.ceiling !== null && fresh && room.limit < room.ceiling + 2;
  const rare = known && room.limit >= (room.ceiling ?? 0);
  room.limit = Math.min(places, room.limit + 1 / room.limit / (rare ? rareRounds : 1));
  if (!known) room.ceiling = null;
}

function cut(room: Room, { askedMs, backoffMs }: Extract<PassEnd, { kind: 'limited' }>, entered: number, now: number) {
  // Requests sent before the last cut belong to the round that it ended.
  if (entered >= room.lastCut) room.before = room.limit;
  room.lastCut = now;
  room.ceiling = room.running > 0 ? room.running : null;
  room.limit = room.running > 0 ? Math.min(room.limit, room.running) : Math.max(1, room.before / 2);
  room.closedUntil = Math.max(room.closedUntil, now + Math.max(askedMs, room.running > 0 ? 0 : backoffMs));
}

function turnIn(queue: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      queue.delete(wake);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    queue.add(wake);
    signal?.addEventListener('abort', wake);
  });
}
