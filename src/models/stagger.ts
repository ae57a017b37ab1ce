import type { AskHooks, CacheTtl, ModelOutcome, ModelRequest, Models, Purpose } from './model.ts';
import { openPrefixes, type Prefix, type Prefixes } from './prefix.ts';
import { systemTime, type Time } from './time.ts';

/** Somebody still waits after this long. */
export interface StaggerWait {
  readonly purpose: Purpose;
  readonly model: string;
}

export interface StaggerOptions {
  readonly time?: Time;
  /** Longest wait for the first answer of a prefix, in ms. Beyond it money is worth less than time. */
  readonly mostMs?: number;
  readonly onWait?: (wait: StaggerWait) => void;
}

/** An ordinary first token is no news. */
const noticeableMs = 2_000;

/** A reply keeps its prefix in the provider's cache for so long; a little less, since their clock decides. */
const keptMs: Readonly<Record<CacheTtl, number>> = { '5m': 4.5 * 60_000, '1h': 55 * 60_000 };

interface Shared {
  readonly models: Models;
  readonly prefixes: Prefixes;
  readonly time: Time;
  readonly mostMs: number;
  readonly onWait: (wait: StaggerWait) => void;
}

/**
 * Sends the first request of a prefix alone until its answer begins: only then can its siblings read what it has written
 * to the cache, instead of paying for the same writing. Who does not share a prefix that can be cached waits for nobody.
 */
export function staggered(models: Models, options: StaggerOptions = {}): Models {
  const { time = systemTime, mostMs = 10_000, onWait = () => {} } = options;
  const shared = { models, prefixes: openPrefixes(), time, mostMs, onWait };
  return { ask: (request, hooks) => askStaggered(shared, request, hooks ?? {}) };
}

async function askStaggered(shared: Shared, request: ModelRequest, hooks: AskHooks): Promise<ModelOutcome> {
  const { prefixes, time, mostMs, onWait } = shared;
  const prefix = prefixes.of(request);
  if (prefix === null) return shared.models.ask(request, hooks);
  const started = time.now();
  let told = false;
  for (;;) {
    const waited = time.now() - started;
    const over = waited >= mostMs || hooks.signal?.aborted === true;
    if (over || time.now() < prefix.warmUntil) return askNext(shared, prefix, request, hooks);
    if (prefix.leader === null) return askFirst(shared, prefix, request, hooks);
    if (waited >= noticeableMs && !told) onWait({ purpose: request.purpose, model: request.model.id });
    told ||= waited >= noticeableMs;
    await atMost(prefix.leader.begun, (told ? mostMs : Math.min(mostMs, noticeableMs)) - waited, time, hooks.signal);
  }
}

async function atMost(promise: Promise<void>, ms: number, time: Time, signal: AbortSignal | undefined): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal?.addEventListener('abort', end);
  await Promise.race([promise, time.sleep(ms, over.signal)]);
  signal?.removeEventListener('abort', end);
  over.abort();
}

async function askFirst(shared: Shared, prefix: Prefix, request: ModelRequest, hooks: AskHooks): Promise<ModelOutcome> {
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const leader = { begun };
  prefix.leader = leader;
  const over = (): void => {
    if (prefix.leader === leader) prefix.leader = null;
    begin();
  };
  const onFirstEvent = (): void => {
    over();
    hooks.onFirstEvent?.();
  };
  try {
    const outcome = await askNext(shared, prefix, request, { ...hooks, onFirstEvent });
    if (outcome.kind === 'reply') prefix.cached = usesCache(outcome.usage);
    return outcome;
  } finally {
    over();
  }
}

/** The first writes the entry; a read keeps it for as long again, for free. */
function askNext(shared: Shared, prefix: Prefix, request: ModelRequest, hooks: AskHooks): Promise<ModelOutcome> {
  const onFirstEvent = (): void => {
    prefix.warmUntil = shared.time.now() + keptMs[prefix.ttl];
    hooks.onFirstEvent?.();
  };
  return shared.models.ask(request, { ...hooks, onFirstEvent });
}

function usesCache({ write5m, write1h, cacheRead }: { write5m: number; write1h: number; cacheRead: number }): boolean {
  return write5m + write1h + cacheRead > 0;
}
