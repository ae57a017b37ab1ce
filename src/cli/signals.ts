import { setMaxListeners } from 'node:events';
import type { Context, Signal } from './context.ts';
import type { ExitCode } from './exit-codes.ts';

export interface Signals {
  /** Aborted by the first signal: start nothing new, end what runs cleanly. */
  readonly stop: AbortSignal;
  /** Exit code of the signal that came, or null. */
  exit(): ExitCode | null;
  close(): void;
}

const exits: Readonly<Record<Signal, ExitCode>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
/** A clean end may take this long; then every process tree is ended. */
const graceMs = 10_000;

/** The first Ctrl-C ends cleanly, the second at once; SIGTERM and SIGHUP leave little time. Running again goes on. */
export function watchSignals(context: Context, endAll: () => Promise<void>): Signals {
  const stop = new AbortController();
  // Everything that runs at once listens to it: that is no leak.
  setMaxListeners(0, stop.signal);
  let exit: ExitCode | null = null;
  let timer: NodeJS.Timeout | null = null;
  const on = (signal: Signal) => (): void => {
    const again = exit !== null;
    exit ??= exits[signal];
    stop.abort();
    if (again || signal !== 'SIGINT') void endAll();
    if (again) return;
    context.stderr.write(signal === 'SIGINT' ? words : '');
    timer = setTimeout(() => void endAll(), graceMs);
  };
  const off = (Object.keys(exits) as Signal[]).map((signal) => context.onSignal(signal, on(signal)));
  const close = (): void => {
    for (const remove of off) remove();
    if (timer !== null) clearTimeout(timer);
  };
  return { stop: stop.signal, exit: () => exit, close };
}

// The terminal has just printed `^C`. At most 80 columns.
const words = '\nstopping: nothing new starts and work is kept; Ctrl-C again stops at once\n';
