import type { ModelEntry } from './model.ts';
import { systemTime, type Time } from './time.ts';

/** How a request that passed the gate ended, as far as the gate cares. */
export type PassEnd =
  | { readonly kind: 'answered' }
  /** The endpoint asked for less; nobody passes for `closedMs`. */
  | { readonly kind: 'limited'; readonly closedMs: number }
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

/** Halves the places on a limit, once per round of requests, and wins them back one per full round of answers. */
export function openGate({ places = 16, time = systemTime }: GateOptions = {}): Gate {
  const queue = new Set<() => void>();
  const gate = { limit: places, running: 0, heard: false, closedUntil: -Infinity, lastCut: -Infinity };

  const leaveOf = (entered: number) => (end: PassEnd) => {
    gate.running -= 1;
    gate.heard ||= end.kind !== 'failed' || end.heard;
    if (end.kind === 'answered') gate.limit = Math.min(places, gate.limit + 1 / gate.limit);
    if (end.kind === 'limited') {
      gate.closedUntil = Math.max(gate.closedUntil, time.now() + end.closedMs);
      // Requests sent before the last cut tell nothing new.
      if (entered >= gate.lastCut) gate.limit = Math.max(1, gate.limit / 2);
      gate.lastCut = time.now();
    }
    for (const wake of [...queue].slice(0, Math.max(0, Math.floor(gate.limit) - gate.running))) wake();
  };

  return {
    enter: async (signal) => {
      for (;;) {
        if (signal?.aborted) return null;
        const closedMs = gate.closedUntil - time.now();
        // Up to a second apart, so that those who waited do not come back as one herd.
        if (closedMs > 0) await time.sleep(closedMs + time.random() * Math.min(1_000, closedMs), signal);
        else if (gate.running >= Math.floor(gate.limit)) await turnIn(queue, signal);
        else break;
      }
      gate.running += 1;
      return { leave: leaveOf(time.now()) };
    },
    state: () => ({
      limit: Math.floor(gate.limit),
      running: gate.running,
      waiting: queue.size,
      heard: gate.heard,
    }),
  };
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
