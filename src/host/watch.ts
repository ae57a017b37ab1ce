import type { OutputFile } from './output-file.ts';
import type { CommandSpec } from './process.ts';

/** Why we ended a command that did not end by itself. */
export type EndReason = 'wall' | 'idle' | 'flood' | 'cancelled' | 'listener';

export interface Watch {
  /** Resolves with the first reason to end the command; never, if there is none. */
  readonly reason: Promise<EndReason>;
  end(reason: EndReason): void;
  flooding(): boolean;
  stop(): void;
}

/** 50 MB on disk per stream. */
export const defaultMaxBytes = 50 * 1024 * 1024;
// `yes` writes over 1 GB/s into the page cache, so this is also what a flood overshoots.
const tickMs = 20;

/** Looks at a running command every 20 ms: wall clock, silence, floods, and whatever `onTick` does. */
export function watchCommand(spec: CommandSpec, streams: readonly OutputFile[], onTick: () => void): Watch {
  const maxBytes = spec.maxBytes ?? defaultMaxBytes;
  const started = performance.now();
  let heardAt = started;
  let heard = 0;
  const { promise: reason, settle: end } = firstReason();

  const flooding = () => streams.some((stream) => stream.size() > maxBytes);
  const tick = () => {
    const now = performance.now();
    const bytes = streams.reduce((sum, stream) => sum + stream.size(), 0);
    if (bytes !== heard) [heard, heardAt] = [bytes, now];
    if (flooding()) end('flood');
    onTick();
    if (now - started >= spec.timeoutMs) end('wall');
    if (spec.idleMs !== undefined && now - heardAt >= spec.idleMs) end('idle');
  };
  const timer = setInterval(tick, tickMs);
  const onAbort = () => end('cancelled');
  spec.signal?.addEventListener('abort', onAbort, { once: true });
  return {
    reason,
    end,
    flooding,
    stop: () => {
      clearInterval(timer);
      spec.signal?.removeEventListener('abort', onAbort);
    },
  };
}

function firstReason() {
  let settle: (reason: EndReason) => void = () => {};
  const promise = new Promise<EndReason>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}
