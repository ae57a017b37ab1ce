import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Latency } from './deliver.ts';
import type { FaultPlan } from './faults.ts';
import { type House, handle } from './handle.ts';
import type { Billed, RecordedRequest } from './ledger.ts';
import { openPlaces } from './places.ts';
import { playScript, type Script } from './script.ts';
import type { Responder } from './turn.ts';
import { openPromptCache } from './usage.ts';

export interface ScriptedServerOptions {
  readonly script: Script | Responder;
  /** Default: any free port of the loopback interface. */
  readonly port?: number;
  /** A number is the time to the first token. */
  readonly latencyMs?: number | Latency;
  readonly faults?: FaultPlan;
  /** Requests answered at once; one more is refused with 429. Default: any number. */
  readonly places?: number;
  /** Credentials that are accepted. Default: any. */
  readonly keys?: readonly string[];
  /** Longer prompts are refused, in tokens. Default: the limit of the model. */
  readonly contextLimit?: number;
  /** In tokens. Default: that of the model. */
  readonly minCacheablePrefix?: number;
  /** Milliseconds, for the lifetime of cache entries. */
  readonly now?: () => number;
}

export interface ScriptedServer {
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** What it would have billed so far. */
  readonly ledger: readonly Billed[];
  /** Ends at once, also what is under way. */
  close(): Promise<void>;
}

/** A local HTTP server that speaks the Messages API and plays a script. It has no model and invents nothing. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const requests: RecordedRequest[] = [];
  const closing = new AbortController();
  // One listener for each answer under way.
  setMaxListeners(0, closing.signal);
  const house = openHouse(options, closing.signal);
  const started = performance.now();
  const server = createServer((incoming, response) => {
    bodyOf(incoming)
      .then((text) => {
        const request = recorded(incoming, text, requests.length, Math.round(performance.now() - started));
        requests.push(request);
        return handle(house, request, response);
      })
      .catch(() => response.destroy());
  });
  const url = await listen(server, options.port ?? 0);
  const close = async (): Promise<void> => {
    closing.abort();
    await closed(server);
  };
  return { url, requests, ledger: house.ledger, close };
}

function openHouse(options: ScriptedServerOptions, closing: AbortSignal): House {
  const { script, latencyMs = 0, now = () => performance.now() } = options;
  return {
    player: typeof script === 'function' ? { answer: script, delivered: () => {} } : playScript(script),
    latency: typeof latencyMs === 'number' ? { firstToken: latencyMs, perToken: 0 } : latencyMs,
    faults: options.faults ?? [],
    places: openPlaces(options.places ?? Number.POSITIVE_INFINITY),
    keys: options.keys ?? null,
    contextLimit: options.contextLimit ?? null,
    minCacheablePrefix: options.minCacheablePrefix ?? null,
    now,
    closing,
    cache: openPromptCache(),
    ledger: [],
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer); // no encoding is set: always buffers
  return Buffer.concat(chunks).toString('utf8');
}

function recorded(incoming: IncomingMessage, text: string, number: number, atMs: number): RecordedRequest {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    number,
    atMs,
    method: incoming.method ?? 'GET',
    path: (incoming.url ?? '/').split('?', 1)[0] ?? '/',
    headers: Object.fromEntries(headers),
    text,
    body: jsonOrNull(text),
  };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A TCP server's address is always an object.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
