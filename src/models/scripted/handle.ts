import type { ServerResponse } from 'node:http';
import { catalog } from '../catalog.ts';
import { promptTokensOf } from '../cost.ts';
import type { ModelEntry } from '../model.ts';
import { type Answer, answerOf, messageOf, outputTokensOf, streamOf, withinTokens } from './answer.ts';
import { deliver, type Latency, pause } from './deliver.ts';
import { bogusBody, type Fault, type FaultPlan, faultFor, spoiled } from './faults.ts';
import { type Billed, billed, type RecordedRequest } from './ledger.ts';
import type { Places } from './places.ts';
import type { Asked, Player } from './turn.ts';
import type { Measured, PromptCache } from './usage.ts';
import { objectionTo, wireRequestBody } from './wire.ts';

/** What all requests of one server share. */
export interface House {
  readonly player: Player;
  readonly latency: Latency;
  readonly faults: FaultPlan;
  readonly places: Places;
  readonly keys: readonly string[] | null;
  readonly contextLimit: number | null;
  readonly minCacheablePrefix: number | null;
  readonly now: () => number;
  readonly closing: AbortSignal;
  readonly cache: PromptCache;
  readonly ledger: Billed[];
}

/** Answers one request. Resolves when nothing more will be written. */
export async function handle(house: House, request: RecordedRequest, response: ServerResponse): Promise<void> {
  response.setHeader('request-id', `req_${request.number}`);
  if (request.method === 'GET' && request.path === '/v1/models') return sendJson(response, 200, modelList());
  if (request.method !== 'POST' || request.path !== '/v1/messages') {
    return sendError(response, {
      status: 404,
      type: 'not_found_error',
      message: `no ${request.method} ${request.path} here`,
    });
  }
  const fault = faultFor(house.faults, request);
  if (await failsBefore(fault, house, response)) return;
  const refused = refusalOf(house, request);
  if (refused !== null) return sendError(response, refused);
  // The refusal above has parsed it already.
  const asked = { request: wireRequestBody.parse(request.body), number: request.number };
  if (!house.places.take()) return sendError(response, { status: 429, type: typeOf(429), message: 'too many at once' });
  await answer(house, asked, fault, response).finally(house.places.giveBack);
}

interface Refused {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly errorCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Faults that replace the answer as a whole. */
async function failsBefore(fault: Fault | null, { closing }: House, response: ServerResponse): Promise<boolean> {
  if (fault?.kind === 'status') {
    const { status, type = typeOf(status), message = `scripted ${status}` } = fault;
    sendError(response, { ...fault, status, type, message });
    return true;
  }
  if (fault?.kind === 'body') {
    const { headers, bytes } = bogusBody(fault.body);
    response.writeHead(200, headers).end(bytes);
    return true;
  }
  if ((fault?.kind !== 'cut' && fault?.kind !== 'stall') || fault.afterBytes >= 0) return false;
  if (fault.kind === 'stall') await pause(fault.forMs ?? Number.POSITIVE_INFINITY, response, closing);
  else response.socket?.resetAndDestroy();
  return fault.kind === 'cut' || fault.forMs === undefined;
}

function refusalOf({ keys }: House, { headers, body }: RecordedRequest): Refused | null {
  const key = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  if (key === undefined || (keys !== null && !keys.includes(key))) {
    return { status: 401, type: 'authentication_error', message: 'invalid credentials' };
  }
  const refuse = (message: string): Refused => ({ status: 400, type: 'invalid_request_error', message });
  if (headers['anthropic-version'] === undefined) return refuse('anthropic-version: header is required');
  const read = wireRequestBody.safeParse(body);
  if (!read.success)
    return refuse(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const objection = objectionTo(read.data);
  return objection === null ? null : refuse(objection);
}

async function answer(house: House, asked: Asked, fault: Fault | null, response: ServerResponse): Promise<void> {
  const { request, number } = asked;
  const entry = entryOf(request.model);
  const measured = house.cache.measure(request, house.minCacheablePrefix ?? entry.minCacheablePrefix, house.now());
  const tooLong = tooLongFor(measured, house.contextLimit ?? entry.contextLimit);
  if (tooLong !== null) return sendError(response, tooLong);
  const turn = await Promise.resolve(asked)
    .then(house.player.answer)
    .catch((error: unknown) => String(error));
  if (typeof turn === 'string') return sendError(response, { status: 500, type: 'api_error', message: turn });
  const said = spoiled(withinTokens(answerOf(turn, request.model, number), request.max_tokens), fault);
  await pause(house.latency.firstToken, response, house.closing);
  measured.commit();
  const outputTokens = await send(house, asked, said, measured, fault, response);
  // Refused before a message began, as the API does when it is overloaded: nobody pays for that.
  if (fault?.kind === 'error-event' && fault.afterEvents === 0) return;
  house.ledger.push(billed(number, entry, { ...measured.usage, output: outputTokens }));
}

/** Resolves to the output tokens that would be billed. */
async function send(
  house: House,
  asked: Asked,
  said: Answer,
  measured: Measured,
  fault: Fault | null,
  response: ServerResponse,
): Promise<number> {
  const usage = { ...measured.usage, output: outputTokensOf(said) };
  const canBeActedOn = said.stop === 'tool_use' || said.stop === 'end_turn';
  if (asked.request.stream !== true) {
    if (canBeActedOn) house.player.delivered(asked);
    sendJson(response, 200, messageOf(said, usage));
    return usage.output;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const pieces = streamOf(said, usage);
  const perTokenMs = house.latency.perToken;
  const { outputTokens, whole } = await deliver({ response, pieces, fault, perTokenMs, closing: house.closing });
  if (whole && canBeActedOn) house.player.delivered(asked);
  response.end();
  return outputTokens;
}

/** A model nobody has heard of answers too, at an unknown price. */
function entryOf(id: string): ModelEntry {
  const [first] = catalog;
  const known = catalog.find((entry) => entry.id === id);
  // The catalog is a literal with rows in it.
  return known ?? { ...(first as ModelEntry), id, price: null };
}

function tooLongFor({ usage }: Measured, limit: number): Refused | null {
  const tokens = promptTokensOf(usage);
  if (tokens <= limit) return null;
  return {
    status: 400,
    type: 'invalid_request_error',
    message: `prompt is too long: ${tokens} tokens > ${limit} maximum`,
  };
}

function typeOf(status: number): string {
  const types: Readonly<Record<number, string>> = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    402: 'billing_error',
    403: 'permission_error',
    404: 'not_found_error',
    413: 'request_too_large',
    429: 'rate_limit_error',
    504: 'timeout_error',
    529: 'overloaded_error',
  };
  return types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

function sendError(response: ServerResponse, { status, type, message, errorCode, headers }: Refused): void {
  const details = errorCode === undefined ? {} : { details: { error_code: errorCode } };
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  sendJson(response, status, { type: 'error', error: { type, message, ...details } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function modelList(): unknown {
  const data = catalog.map(({ id }) => ({ type: 'model', id, display_name: `${id} (scripted)` }));
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
