import { gzipSync } from 'node:zlib';
import type { Answer, AnswerBlock } from './answer.ts';
import type { RecordedRequest } from './ledger.ts';

/** What can go wrong with one request, on demand. */
export type Fault =
  /** An error answer instead of a message. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly type?: string;
      readonly errorCode?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Something with status 200 that is no answer: a login page of a proxy, garbage that claims to be gzip, nothing. */
  | { readonly kind: 'body'; readonly body: 'html' | 'gzip-garbage' | 'empty' | 'json-error' | 'cut-gzip' }
  /** The line is cut after this many bytes of the body: reset, or ended as if all had been said. */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly how: 'reset' | 'end' }
  /** Silence after this many bytes (-1: not even headers); with `pingEveryMs` the line stays alive, for `forMs`, then goes on. */
  | { readonly kind: 'stall'; readonly afterBytes: number; readonly pingEveryMs?: number; readonly forMs?: number }
  /** An `error` event after this many events of a stream that had begun with 200. */
  | { readonly kind: 'error-event'; readonly afterEvents: number; readonly type: string }
  /** Bytes that are no event, in the middle of the stream. */
  | { readonly kind: 'noise'; readonly afterEvents: number; readonly text: string }
  /** The answer ends for this reason; `halfCall` leaves its last tool call half written. */
  | { readonly kind: 'stop'; readonly stop: string; readonly halfCall?: boolean }
  /** Another model than the one asked for says it answered. */
  | { readonly kind: 'served'; readonly model: string }
  /** All tool calls of the answer carry the same id. */
  | { readonly kind: 'same-ids' };

/** Faults by number of the HTTP request, from 0, or by a function of the request. */
export type FaultPlan = readonly (Fault | null)[] | ((request: RecordedRequest) => Fault | null);

export function faultFor(plan: FaultPlan | undefined, request: RecordedRequest): Fault | null {
  if (plan === undefined) return null;
  return typeof plan === 'function' ? plan(request) : (plan[request.number] ?? null);
}

/** What the fault does to the answer itself; most faults leave it alone and spoil its delivery. */
export function spoiled(answer: Answer, fault: Fault | null): Answer {
  switch (fault?.kind) {
    case 'stop':
      return { ...answer, stop: fault.stop, blocks: fault.halfCall ? withHalfCall(answer.blocks) : answer.blocks };
    case 'served':
      return { ...answer, model: fault.model };
    case 'same-ids':
      return {
        ...answer,
        blocks: answer.blocks.map((block) => (block.kind === 'call' ? { ...block, id: 'toolu_same' } : block)),
      };
    default:
      return answer;
  }
}

function withHalfCall(blocks: readonly AnswerBlock[]): readonly AnswerBlock[] {
  const last = blocks.findLastIndex((block) => block.kind === 'call');
  return blocks
    .slice(0, last + 1)
    .map((block, index) => (index === last ? { ...block, text: halfOf(block.text) } : block));
}

function halfOf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}

/** The bytes and headers of a 200 that is no answer. */
export function bogusBody(body: Extract<Fault, { kind: 'body' }>['body']): {
  headers: Record<string, string>;
  bytes: Buffer;
} {
  switch (body) {
    case 'html':
      return {
        headers: { 'content-type': 'text/html' },
        bytes: Buffer.from('<html><h1>Sign in to the network</h1></html>'),
      };
    case 'gzip-garbage':
      return {
        headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' },
        bytes: Buffer.from('not gzip at all'),
      };
    case 'cut-gzip':
      return {
        headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' },
        bytes: gzipSync('event: message_start\ndata: {}\n\n').subarray(0, 20),
      };
    case 'empty':
      return { headers: { 'content-type': 'text/event-stream' }, bytes: Buffer.alloc(0) };
    case 'json-error':
      return {
        headers: { 'content-type': 'application/json' },
        bytes: Buffer.from(JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'upstream failed' } })),
      };
    default:
      return body satisfies never;
  }
}
