import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CollectedReply, collectReply } from '../../src/models/collect-reply.ts';

const start = { type: 'message_start', message: { model: 'm-1', usage: { input_tokens: 7, output_tokens: 1 } } };
const stop = { type: 'message_stop' };

function opened(index: number, block: object) {
  return { type: 'content_block_start', index, content_block: block };
}

function piece(index: number, delta: object) {
  return { type: 'content_block_delta', index, delta };
}

function ended(stop_reason: string | null, usage: object = { output_tokens: 9 }) {
  return { type: 'message_delta', delta: { stop_reason }, usage };
}

function collected(...events: readonly unknown[]): CollectedReply {
  const collector = collectReply();
  for (const event of events) collector.add(event);
  return collector.result();
}

describe('a whole message', () => {
  it('keeps text, the raw input of calls, and thinking unmodified', () => {
    const reply = collected(
      start,
      opened(0, { type: 'thinking', thinking: '', signature: '' }),
      piece(0, { type: 'thinking_delta', thinking: 'hm' }),
      piece(0, { type: 'thinking_delta', thinking: 'm' }),
      piece(0, { type: 'signature_delta', signature: 'sig' }),
      opened(1, { type: 'redacted_thinking', data: 'xyz' }),
      opened(2, { type: 'text', text: '' }),
      piece(2, { type: 'text_delta', text: 'I ' }),
      piece(2, { type: 'text_delta', text: 'read.' }),
      opened(3, { type: 'tool_use', id: 't1', name: 'read', input: {} }),
      piece(3, { type: 'input_json_delta', partial_json: '{"a": ' }),
      piece(3, { type: 'input_json_delta', partial_json: '1e2 }' }),
      ended('tool_use'),
      stop,
    );
    expect(reply).toEqual({
      started: true,
      complete: true,
      broken: null,
      stop: 'tool_use',
      served: 'm-1',
      usage: { fresh: 7, write5m: 0, write1h: 0, cacheRead: 0, output: 9 },
      content: [
        { type: 'opaque', value: { type: 'thinking', thinking: 'hmm', signature: 'sig' } },
        { type: 'opaque', value: { type: 'redacted_thinking', data: 'xyz' } },
        { type: 'text', text: 'I read.' },
        { type: 'tool_use', id: 't1', name: 'read', input: '{"a": 1e2 }' },
      ],
    });
  });

  it.each([
    ['no pieces and no input', {}, '{}'],
    ['no pieces but its whole input at the start', { input: { a: 1 } }, '{"a":1}'],
  ])('reads a call with %s', (_, more, input) => {
    const call = { type: 'tool_use', id: 't', name: 'x', ...more };
    expect(collected(start, opened(0, call), ended('tool_use'), stop).content).toMatchObject([{ input }]);
  });

  it('leaves out an empty text block, which could not be sent back', () => {
    expect(collected(start, opened(0, { type: 'text', text: '' }), ended('end_turn'), stop).content).toEqual([]);
  });

  it.each([
    ['end_turn', 'end_turn'],
    ['tool_use', 'tool_use'],
    ['max_tokens', 'max_tokens'],
    ['refusal', 'refusal'],
    ['pause_turn', 'pause_turn'],
    ['model_context_window_exceeded', 'context_exceeded'],
    ['stop_sequence', { unknown: 'stop_sequence' }],
    ['tomorrow', { unknown: 'tomorrow' }],
    [null, { unknown: 'none' }],
  ])('reads the stop reason %s', (reason, expected) => {
    expect(collected(start, ended(reason), stop)).toMatchObject({ complete: true, stop: expected });
  });

  it.each([
    ['an unknown event', { type: 'tomorrow', what: 1 }],
    ['a ping', { type: 'ping' }],
    ['an unknown kind of piece', piece(0, { type: 'citations_delta', citation: {} })],
    ['a piece named like a prototype method', piece(0, { type: 'constructor' })],
  ])('lets %s pass', (_, event) => {
    const text = opened(0, { type: 'text', text: 'a' });
    expect(collected(start, text, event, ended('end_turn'), stop)).toMatchObject({
      complete: true,
      content: [{ type: 'text', text: 'a' }],
    });
  });

  it('is not changed by what comes after its end', () => {
    expect(collected(start, ended('end_turn'), stop, start, ended('refusal'))).toMatchObject({
      complete: true,
      stop: 'end_turn',
    });
  });
});

describe('a message that is none', () => {
  it.each<[string, unknown[]]>([
    ['a second start', [start, start]],
    ['a block before the start', [opened(0, { type: 'text' })]],
    ['a block out of order', [start, opened(1, { type: 'text' })]],
    ['the same block twice', [start, opened(0, { type: 'text' }), opened(0, { type: 'text' })]],
    ['a piece of an unopened block', [start, piece(0, { type: 'text_delta', text: 'a' })]],
    ['text in a call', [start, opened(0, { type: 'tool_use' }), piece(0, { type: 'text_delta', text: 'a' })]],
    [
      'input in a text',
      [start, opened(0, { type: 'text' }), piece(0, { type: 'input_json_delta', partial_json: '{' })],
    ],
    ['a piece without its value', [start, opened(0, { type: 'text' }), piece(0, { type: 'text_delta' })]],
    ['an end before the start', [stop]],
    ['an event that is no object', ['hello']],
    ['an event without a type', [start, { index: 0 }]],
    ['usage in words', [{ ...start, message: { usage: { input_tokens: 'many' } } }]],
  ])('is broken by %s, for good', (_, events) => {
    const reply = collected(...events, ended('tool_use'), stop);
    expect(reply.complete).toBe(false);
    expect(reply.broken).not.toBeNull();
  });
});

describe('usage', () => {
  const cacheStart = (usage: object) => ({ type: 'message_start', message: { usage } });

  it('splits cache writes by class', () => {
    const usage = {
      input_tokens: 5,
      cache_read_input_tokens: 40,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      output_tokens: 1,
    };
    expect(collected(cacheStart(usage), ended('end_turn'), stop).usage).toEqual({
      fresh: 5,
      write5m: 10,
      write1h: 20,
      cacheRead: 40,
      output: 9,
    });
  });

  it('counts writes of no named class as 5 min', () => {
    expect(collected(cacheStart({ cache_creation_input_tokens: 30 }), stop).usage).toMatchObject({
      write5m: 30,
      write1h: 0,
    });
  });

  it('takes later counts as totals that replace earlier ones', () => {
    const last = ended('end_turn', { output_tokens: 12, input_tokens: 8, cache_read_input_tokens: null });
    expect(collected(start, ended(null, { output_tokens: 4 }), last, stop).usage).toMatchObject({
      fresh: 8,
      output: 12,
    });
  });

  it('is null when nothing was ever reported', () => {
    expect(collected({ type: 'message_start', message: {} }, stop).usage).toBeNull();
    expect(collected().usage).toBeNull();
  });

  it('of a cut message covers what had arrived', () => {
    const text = piece(0, { type: 'text_delta', text: 'x'.repeat(300) });
    expect(collected(start, opened(0, { type: 'text' }), text).usage).toMatchObject({ fresh: 7, output: 100 });
  });
});

it('no prefix of a message is complete', () => {
  const message = [
    start,
    opened(0, { type: 'tool_use', id: 't', name: 'write', input: {} }),
    piece(0, { type: 'input_json_delta', partial_json: '{"path":"a"}' }),
    { type: 'content_block_stop', index: 0 },
    ended('tool_use'),
    stop,
  ];
  fc.assert(
    fc.property(fc.nat(message.length - 1), (length) => {
      expect(collected(...message.slice(0, length)).complete).toBe(false);
    }),
  );
});

it('never throws, whatever arrives', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom(start, stop, opened(0, { type: 'text' })))),
      (events) => {
        expect(() => collected(...events)).not.toThrow();
      },
    ),
  );
});
