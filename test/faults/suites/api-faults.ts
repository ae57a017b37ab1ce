import type { Fault } from '../../../src/models/scripted/faults.ts';

/** What a request meets when it is sent for the first time, and what the run makes of it. */
export interface ProviderFault {
  readonly name: string;
  readonly fault: Fault;
  /** `goes on`: the story lands in the same run. `stops`: exit 4, nothing lands, and the next run lands it. */
  readonly outcome: 'goes on' | 'stops';
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
  { name: '429', fault: status(429), outcome: 'goes on' },
  { name: '429, retry-after 0', fault: retryAfter('0'), outcome: 'goes on' },
  { name: '429, retry-after 1', fault: retryAfter('1'), outcome: 'goes on' },
  { name: '429, retry-after in the past', fault: retryAfter('Wed, 21 Oct 2015 07:28:00 GMT'), outcome: 'goes on' },
  { name: '429, retry-after garbage', fault: retryAfter('soon'), outcome: 'goes on' },
  { name: '429, negative retry-after', fault: retryAfter('-5'), outcome: 'goes on' },
  { name: '408', fault: { kind: 'status', status: 408, type: 'timeout_error' }, outcome: 'goes on' },
  { name: '409', fault: { kind: 'status', status: 409, type: 'conflict_error' }, outcome: 'goes on' },
  { name: '500', fault: status(500), outcome: 'goes on' },
  { name: '502', fault: status(502), outcome: 'goes on' },
  { name: '503', fault: status(503), outcome: 'goes on' },
  { name: '504', fault: status(504), outcome: 'goes on' },
  { name: '529', fault: status(529), outcome: 'goes on' },
  { name: 'overloaded as the first event', fault: event(0, 'overloaded_error'), outcome: 'goes on' },
  { name: 'overloaded in mid-stream', fault: event(7, 'overloaded_error'), outcome: 'goes on' },
  { name: 'api error in mid-stream', fault: event(9, 'api_error'), outcome: 'goes on' },
  { name: 'rate limit in mid-stream', fault: event(5, 'rate_limit_error'), outcome: 'goes on' },
  { name: 'reset before the headers', fault: { kind: 'cut', afterBytes: -1, how: 'reset' }, outcome: 'goes on' },
  { name: 'reset at the first byte', fault: { kind: 'cut', afterBytes: 0, how: 'reset' }, outcome: 'goes on' },
  { name: 'reset in the first call', fault: { kind: 'cut', afterBytes: 900, how: 'reset' }, outcome: 'goes on' },
  { name: 'ended in the first call', fault: { kind: 'cut', afterBytes: 900, how: 'end' }, outcome: 'goes on' },
  { name: 'silence for ever, no headers', fault: { kind: 'stall', afterBytes: -1 }, outcome: 'goes on' },
  { name: 'silence for ever in a call', fault: { kind: 'stall', afterBytes: 800 }, outcome: 'goes on' },
  {
    name: 'pings in the middle of an event',
    fault: { kind: 'stall', afterBytes: 800, pingEveryMs: 100, forMs: 600 },
    outcome: 'goes on',
  },
  { name: 'a page in HTML', fault: { kind: 'body', body: 'html' }, outcome: 'goes on' },
  { name: 'garbage that claims to be gzip', fault: { kind: 'body', body: 'gzip-garbage' }, outcome: 'goes on' },
  { name: 'gzip that was cut', fault: { kind: 'body', body: 'cut-gzip' }, outcome: 'goes on' },
  { name: 'an empty 200', fault: { kind: 'body', body: 'empty' }, outcome: 'goes on' },
  { name: 'an error with 200', fault: { kind: 'body', body: 'json-error' }, outcome: 'goes on' },
  {
    name: 'an event that is no JSON',
    fault: { kind: 'noise', afterEvents: 6, text: 'event: content_block_delta\ndata: {"type": "content_bl\n\n' },
    outcome: 'goes on',
  },
  {
    name: 'an event of tomorrow',
    fault: { kind: 'noise', afterEvents: 6, text: 'event: tomorrow\ndata: {"type": "tomorrow"}\n\n' },
    outcome: 'goes on',
    whole: true,
  },
  { name: 'max_tokens inside a call', fault: stop('max_tokens'), outcome: 'goes on' },
  { name: 'refusal with half a call', fault: stop('refusal'), outcome: 'goes on' },
  { name: 'pause_turn', fault: stop('pause_turn'), outcome: 'goes on' },
  { name: 'context exceeded', fault: stop('model_context_window_exceeded'), outcome: 'goes on' },
  { name: 'a stop reason of tomorrow', fault: stop('went_home'), outcome: 'goes on' },
  {
    name: 'another model answers',
    fault: { kind: 'served', model: 'claude-other-1' },
    outcome: 'goes on',
    whole: true,
  },
  { name: 'every call has the same id', fault: { kind: 'same-ids' }, outcome: 'goes on', whole: true },
  { name: '400', fault: status(400), outcome: 'goes on' },
  { name: '413', fault: status(413), outcome: 'goes on' },
  { name: '401', fault: status(401), outcome: 'stops' },
  { name: '402', fault: status(402), outcome: 'stops' },
  { name: '403', fault: status(403), outcome: 'stops' },
  {
    name: '429 that is a spend limit',
    fault: { kind: 'status', status: 429, type: 'billing_error', message: 'Your credit balance is too low' },
    outcome: 'stops',
  },
  { name: '429, retry-after a day', fault: retryAfter('86400'), outcome: 'stops' },
];
