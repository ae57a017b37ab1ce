import { describe, expect, it } from 'vitest';
import {
  maskResults,
  promptTokens,
  startConversation,
  withReply,
  withResults,
  withWord,
} from '../../src/agent/conversation.ts';
import type { Block } from '../../src/models/model.ts';
import { reply } from './scripted-models.ts';

const text = (said: string): Block => ({ type: 'text', text: said });
const use = (id: string): Block => ({ type: 'tool_use', id, name: 'read', input: '{}' });
const result = (id: string, content: string) => ({
  label: `read ${id}.ts`,
  block: { type: 'tool_result' as const, toolUseId: id, content },
});
const start = startConversation({ role: 'user', content: [text('x'.repeat(300))] }, 600);

describe('a conversation', () => {
  it('takes a reply as it came, with what is opaque unmodified', () => {
    const thinking: Block = { type: 'opaque', value: { type: 'thinking', signature: 's' } };
    const { messages } = withReply(start, reply([thinking, text('so'), use('a')]));
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: [thinking, text('so'), use('a')] });
  });

  it.each([
    ['nothing', []],
    ['blanks', [text(' \n')]],
    ['thinking alone', [{ type: 'opaque', value: { type: 'thinking' } } as Block]],
  ])('leaves out a reply that holds %s, and the next word joins the last message', (_, content) => {
    const { messages } = withWord(withReply(start, reply(content)), 'go on');
    expect(messages).toEqual([{ role: 'user', content: [text('x'.repeat(300)), text('go on')] }]);
  });

  it('puts all results of a turn and the notice into one message, in call order', () => {
    const said = withReply(start, reply([use('a'), use('b')]));
    const { messages } = withResults(said, 1, [result('a', '1'), result('b', '2')], '[turn 30 of 40]');
    expect(messages.at(-1)).toEqual({
      role: 'user',
      content: [result('a', '1').block, result('b', '2').block, text('[turn 30 of 40]')],
    });
  });

  it('knows its size from what was counted, and guesses the rest', () => {
    expect(promptTokens(start)).toBe(300);
    const usage = { fresh: 10, write5m: 20, write1h: 30, cacheRead: 40, output: 50 };
    const said = withReply(start, reply([use('a')], { usage }));
    expect(promptTokens(said)).toBe(150);
    expect(promptTokens(withResults(said, 1, [result('a', 'x'.repeat(30))], null))).toBe(160);
  });
});

describe('masking', () => {
  const long = 'x'.repeat(4_000);
  const first = withResults(withReply(start, reply([use('a')])), 1, [result('a', long)], null);
  const second = withResults(
    withReply(first, reply([use('b'), use('c')])),
    2,
    [result('b', long), result('c', 'ok')],
    null,
  );

  it('replaces old results by a line that says what stood there', () => {
    const masked = maskResults(second, 1);
    expect(masked.messages[2]?.content).toEqual([
      { ...result('a', '').block, content: '[read a.ts, shown at turn 1]' },
    ]);
    expect(masked.messages[4]).toEqual(second.messages[4]);
    expect(promptTokens(masked)).toBeLessThan(promptTokens(second));
  });

  it('leaves what is shorter than its stub, and everything that is no result', () => {
    const masked = maskResults(second, 2);
    expect(masked.messages[4]?.content[1]).toEqual(result('c', 'ok').block);
    expect([0, 1, 3].map((index) => masked.messages[index])).toEqual([0, 1, 3].map((index) => second.messages[index]));
  });
});
