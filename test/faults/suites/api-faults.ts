import type { Fault } from '../../../src/models/scripted/faults.ts';

/** What a request meets when it is sent for the first time, and what the run makes of it. */
export interface ProviderFault {
  readonly name: string;
  readonly fault: Fault;
  /** `goes on`: the story lands in the same run. `stops`: exit 4, nothing lands, and the next run lands it. */
  readonly then: 'goes on' | 'stops';
  /** The answer is whole all the same, so its calls run. */
  readonly whole?: true;
}

const status = (code: number, headers?: Readonly<Record<string, string>>): Fault => {
  return { kind: 'status', status: code, ...(headers && { headers }) };
};
const retryAfter = (value: string): Fault => status(429, { 'retry-after': value });
const event = (afterEvents: number, type: string): Fault => ({ kind: 'error-event', afterEvents, type });
const stop = (reason: string): Fault => ({ kind: 'stop', stop: reason, halfCall: true });

export const providerFaultTable: readonly ProviderFault[] = [
  { name: '429', fault: status(429), then: 'goes on' },
  { name: '429, retry-after 0', fault: retryAfter('0'), then: 'goes on' },
  { name: '429, retry-after 1', fault: retryAfter('1'), then: 'goes on' },
  { name: '429, retry-after in the past', fault: retryAfter('Wed, 21 Oct 2015 07:28:00 GMT'), then: 'goes on' },
  { name: '429, retry-after garbage', fault: retryAfter('soon'), then: 'goes on' },
  { name: '429, negative retry-after', fault: retryAfter('-5'), then: 'goes on' },
  { name: '408', fault: { kind: 'status', status: 408, type: 'timeout_error' }, then: 'goes on' },
  { name: '409', fault: { kind: 'status', status: 409, type: 'conflict_error' }, then: 'goes on' },
  { name: '500', fault: status(500), then: 'goes on' },
  { name: '502', fault: status(502), then: 'goes on' },
  { name: '503', fault: status(503), then: 'goes on' },
  { name: '504', fault: status(504), then: 'goes on' },
  { name: '529', fault: status(529), then: 'goes on' },
  { name: 'overloaded as the first event', fault: event(0, 'overloaded_error'), then: 'goes on' },
  { name: 'overloaded in mid-stream', fault: event(7, 'overloaded_error'), then: 'goes on' },
  { name: 'api error in mid-stream', fault: event(9, 'api_error'), then: 'goes on' },
  { name: 'rate limit in mid-stream', fault: event(5, 'rate_limit_error'), then: 'goes on' },
  { name: 'reset before the headers', fault: { kind: 'cut', afterBytes: -1, how: 'reset' }, then: 'goes on' },
  { name: 'reset at the first byte', fault: { kind: 'cut', afterBytes: 0, how: 'reset' }, then: 'goes on' },
  { name: 'reset in the first call', fault: { kind: 'cut', afterBytes: 900, how: 'reset' }, then: 'goes on' },
  { name: 'ended in the first call', fault: { kind: 'cut', afterBytes: 900, how: 'end' }, then: 'goes on' },
  { name: 'silence for ever, no headers', fault: { kind: 'stall', afterBytes: -1 }, then: 'goes on' },
  { name: 'silence for ever in a call', fault: { kind: 'stall', afterBytes: 800 }, then: 'goes on' },
  {
    name: 'pings in the middle of an event',
    fault: { kind: 'stall', afterBytes: 800, pingEveryMs: 100, forMs: 600 },
    then: 'goes on',
  },
  { name: 'a page in HTML', fault: { kind: 'body', body: 'html' }, then: 'goes on' },
  { name: 'garbage that claims to be gzip', fault: { kind: 'body', body: 'gzip-garbage' }, then: 'goes on' },
  { name: 'gzip that was cut', fault: { kind: 'body', body: 'cut-gzip' }, then: 'goes on' },
  { name: 'an empty 200', fault: { kind: 'body', body: 'empty' }, then: 'goes on' },
  { name: 'an error with 200', fault: { kind: 'body', body: 'json-error' }, then: 'goes on' },
  {
    name: 'an event that is no JSON',
    fault: { kind: 'noise', afterEvents: 6, text: 'event: content_block_delta\ndata: {"type": "content_bl\n\n' },
    then: 'goes on',
  },
  { name: 'max_tokens inside a call', fault: stop('max_tokens'), then: 'goes on' },
  { name: 'refusal with half a call', fault: stop('refusal'), then: 'goes on' },
  { name: 'pause_turn', fault: stop('pause_turn'), then: 'goes on' },
  { name: 'context exceeded', fault: stop('model_context_window_exceeded'), then: 'goes on' },
  { name: 'a stop reason of tomorrow', fault: stop('went_home'), then: 'goes on' },
  { name: 'another model answers', fault: { kind: 'served', model: 'claude-other-1' }, then: 'goes on', whole: true },
  { name: 'every call has the same id', fault: { kind: 'same-ids' }, then: 'goes on', whole: true },
  { name: '400', fault: status(400), then: 'goes on' },
  { name: '413', fault: status(413), then: 'goes on' },
  { name: '401', fault: status(401), then: 'stops' },
  { name: '402', fault: status(402), then: 'stops' },
  { name: '403', fault: status(403), then: 'stops' },
  {
    name: '429 that is a spend limit',
    fault: { kind: 'status', status: 429, type: 'billing_error', message: 'Your credit balance is too low' },
    then: 'stops',
  },
  { name: '429, retry-after a day', fault: retryAfter('86400'), then: 'stops' },
];
