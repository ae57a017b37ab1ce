import { Console } from 'node:console';
import Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import { broken, crashPoint } from '../host/crash-point.ts';
import { type CollectedReply, collectReply } from './collect-reply.ts';
import { noUsage } from './cost.ts';
import { failureFacts, printable } from './failure-facts.ts';
import { failureKind } from './failure-kind.ts';
import type {
  AskHooks,
  Endpoint,
  FailureKind,
  ModelFailure,
  ModelOutcome,
  ModelReply,
  ModelRequest,
  Models,
} from './model.ts';
import { retryAfterMs } from './retry-after.ts';
import { openWatchdog, type Watchdog, type WatchdogLimits } from './watchdog.ts';
import { wireRequest } from './wire-request.ts';

export interface AnthropicOptions extends Partial<WatchdogLimits> {
  /** Holds the keys; nothing else is read from it but `ANTHROPIC_LOG`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof fetch;
}

/** Models behind any endpoint that speaks the Messages API. One HTTP try per `ask`: who retries is decided elsewhere. */
export function anthropicModels(options: AnthropicOptions): Models {
  return { ask: (request, hooks) => askOnce(request, hooks ?? {}, options) };
}

async function askOnce(request: ModelRequest, hooks: AskHooks, options: AnthropicOptions): Promise<ModelOutcome> {
  const started = performance.now();
  const { endpoint } = request.model;
  const key = endpoint.apiKeyEnv === '' ? '' : options.env[endpoint.apiKeyEnv];
  if (key === undefined) return noKey(endpoint.apiKeyEnv);
  const watchdog = openWatchdog(limitsOf(options), hooks.signal, options.fetch ?? fetch);
  const exchange = openExchange();
  try {
    await receive(clientFor(endpoint, key, options, watchdog), request, exchange, watchdog, hooks);
  } catch (error) {
    exchange.error = error;
  } finally {
    watchdog.stop();
  }
  const durationMs = Math.round(performance.now() - started);
  const ending = { stalled: watchdog.tripped(), aborted: hooks.signal?.aborted === true, durationMs };
  return outcomeOf(request, exchange, ending, key);
}

function noKey(variable: string): ModelFailure {
  const said = `${variable} is not set`;
  return {
    kind: 'failure',
    failure: 'credentials',
    status: null,
    said,
    retryAfterMs: null,
    usage: null,
    durationMs: 0,
  };
}

/** 90 s without a byte: pings come far more often. 20 min: longer than the longest answer worth waiting for. */
function limitsOf({ idleMs = 90_000, totalMs = 20 * 60_000 }: AnthropicOptions): WatchdogLimits {
  return { idleMs, totalMs };
}

interface Exchange {
  readonly collector: ReturnType<typeof collectReply>;
  contentType: string | null;
  requestId: string | null;
  error: unknown;
}

function openExchange(): Exchange {
  return { collector: collectReply(), contentType: null, requestId: null, error: null };
}

/** The credential is always passed: with none, the SDK would look for logins in profile files and send those. */
function clientFor(endpoint: Endpoint, key: string, { env }: AnthropicOptions, watchdog: Watchdog): Anthropic {
  const bearer = endpoint.auth === 'bearer' && key !== '';
  return new Anthropic({
    apiKey: key === '' ? 'none' : key,
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    defaultHeaders: {
      ...(!bearer && { authorization: null }),
      ...(endpoint.auth === 'x-api-key' && key !== '' && { 'x-api-key': key }),
      ...(endpoint.apiVersion !== null && { 'anthropic-version': endpoint.apiVersion }),
    },
    fetch: watchdog.fetch,
    // A redirect could carry the key to another host.
    fetchOptions: { redirect: 'manual' },
    logger: new Console(process.stderr),
    logLevel: logLevels.find((level) => level === env.ANTHROPIC_LOG) ?? 'off',
    openTelemetry: false,
  });
}

/** Time for a body to end after its end event. */
const lingerMs = 1_000;

const logLevels = ['error', 'warn', 'info', 'debug'] as const;

async function receive(
  client: Anthropic,
  request: ModelRequest,
  exchange: Exchange,
  watchdog: Watchdog,
  hooks: AskHooks,
): Promise<void> {
  // Opaque blocks go back exactly as they came, whatever their type was; the SDK's types cannot know them.
  const body = { ...wireRequest(request), stream: true } as unknown as MessageCreateParamsStreaming;
  const {
    data: events,
    response,
    request_id,
  } = await client.messages.create(body, { signal: watchdog.signal }).withResponse();
  exchange.contentType = response.headers.get('content-type');
  exchange.requestId = request_id ?? null;
  let first = true;
  for await (const event of events) {
    if (first) hooks.onFirstEvent?.();
    first = false;
    crashPoint('req.mid-stream');
    const state = exchange.collector.add(event);
    if (state === 'broken') return;
    // Read on to the end of the body, so that the connection can be used again; but the answer is there.
    if (state === 'complete') watchdog.endWithin(lingerMs);
  }
}

interface Ending {
  readonly stalled: string | null;
  readonly aborted: boolean;
  readonly durationMs: number;
}

function outcomeOf(request: ModelRequest, exchange: Exchange, ending: Ending, key: string): ModelOutcome {
  const reply = exchange.collector.result();
  // Whatever broke after its end event, the turn is whole and paid for.
  if (reply.complete) return replyOf(reply, request, exchange, ending);
  if (__PRD_TEST__ && broken('partial-turn') && reply.content.length > 0) {
    return { ...replyOf(reply, request, exchange, ending), stop: 'tool_use' };
  }
  const facts = failureFacts(exchange.error);
  const { kind, said } = whatFailed(exchange, reply, facts, ending);
  return {
    kind: 'failure',
    failure: kind,
    status: facts.status,
    said: printable(said, key),
    retryAfterMs: facts.headers === null ? null : retryAfterMs(facts.headers, Date.now()),
    usage: reply.usage,
    durationMs: ending.durationMs,
  };
}

/** An endpoint that reports no usage is booked by estimate: unknown is not zero. */
function replyOf(reply: CollectedReply, request: ModelRequest, exchange: Exchange, ending: Ending): ModelReply {
  const { content, stop } = reply;
  const estimate = {
    ...noUsage,
    fresh: request.promptTokensEstimate,
    output: Math.ceil(JSON.stringify(content).length / 3),
  };
  return {
    kind: 'reply',
    content,
    stop,
    usage: reply.usage ?? estimate,
    served: reply.served ?? request.model.id,
    requestId: exchange.requestId,
    durationMs: ending.durationMs,
  };
}

function whatFailed(
  { error, contentType }: Exchange,
  reply: CollectedReply,
  facts: ReturnType<typeof failureFacts>,
  ending: Ending,
): { kind: FailureKind; said: string } {
  if (ending.aborted) return { kind: 'aborted', said: 'aborted' };
  if (ending.stalled !== null) return { kind: 'stalled', said: ending.stalled };
  if (reply.broken !== null) return { kind: 'malformed', said: reply.broken };
  // The SDK reports "nothing came" and "it ended early" in the same way: no error at all.
  if (error === null && reply.started) return { kind: 'connection', said: 'the answer ended before its end event' };
  if (error === null) return { kind: 'malformed', said: `no message in ${contentType ?? 'an untyped answer'}` };
  return { kind: failureKind(facts), said: facts.said };
}
