export interface WatchdogLimits {
  /** Longest silence before and between bytes, in ms; pings count as bytes. */
  readonly idleMs: number;
  /** Longest duration of the whole request, in ms. */
  readonly totalMs: number;
}

export interface Watchdog {
  /** Aborts when a limit is hit, or when the caller's own signal does. */
  readonly signal: AbortSignal;
  /** Says which limit was hit, in words; null while none was. */
  tripped(): string | null;
  /** `fetch` that reports each byte of the answer. */
  readonly fetch: typeof fetch;
  /** Ends the request after `ms` more, whatever arrives. */
  endWithin(ms: number): void;
  /** Must be called at the end: stops the timers. */
  stop(): void;
}

/** Ends a request whose answer stalls: timeouts of HTTP clients end with the headers, and a stalled stream never ends. */
export function openWatchdog(
  limits: WatchdogLimits,
  outer: AbortSignal | undefined,
  realFetch: typeof fetch,
): Watchdog {
  const controller = new AbortController();
  let said: string | null = null;
  const trip = (reason: string) => (): void => {
    said ??= reason;
    controller.abort();
  };
  const abort = (): void => controller.abort();
  const idle = setTimeout(trip(`no byte for ${limits.idleMs} ms`), limits.idleMs);
  let total = setTimeout(trip(`no end after ${limits.totalMs} ms`), limits.totalMs);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    tripped: () => said,
    fetch: async (input, init) => observed(await realFetch(input, init), controller.signal, () => idle.refresh()),
    endWithin: (ms) => {
      clearTimeout(total);
      total = setTimeout(trip(`no end after ${ms} ms`), ms);
    },
    stop: () => {
      clearTimeout(idle);
      clearTimeout(total);
      outer?.removeEventListener('abort', abort);
    },
  };
}

function observed(response: Response, signal: AbortSignal, onBytes: () => void): Response {
  onBytes();
  if (response.body === null) return response;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      onBytes();
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(meter, { signal }), { status, statusText, headers });
}
