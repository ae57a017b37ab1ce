import { expect, it } from 'vitest';
import { wireRequest } from '../../src/models/wire-request.ts';
import { assistant, entry, modelRequest, user } from './builders.ts';

it('writes a request as the Messages API wants it', () => {
  const wire = wireRequest(
    modelRequest({
      maxTokens: 99,
      system: [{ text: 'who you are' }, { text: 'the project', cache: '1h' }],
      tools: [{ name: 'read', description: 'reads', inputSchema: { type: 'object' }, strict: true }],
      messages: [
        user({ type: 'text', text: '# Story', cache: '5m' }),
        assistant(
          { type: 'opaque', value: { type: 'thinking', thinking: 'hm', signature: 's' } },
          'reading',
          { type: 'tool_use', id: 't1', name: 'read', input: '{"files": [1]}' },
          { type: 'tool_use', id: 't2', name: 'read', input: '' },
        ),
        user(
          { type: 'tool_result', toolUseId: 't1', content: 'text' },
          { type: 'tool_result', toolUseId: 't2', content: 'no JSON', isError: true, cache: '5m' },
        ),
      ],
    }),
  );
  expect(wire).toEqual({
    model: 'claude-sonnet-5',
    max_tokens: 99,
    tools: [{ name: 'read', description: 'reads', input_schema: { type: 'object' }, strict: true }],
    system: [
      { type: 'text', text: 'who you are' },
      { type: 'text', text: 'the project', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ],
    messages: [
      { role: 'user', content: [{ type: 'text', text: '# Story', cache_control: { type: 'ephemeral' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'text', text: 'reading' },
          { type: 'tool_use', id: 't1', name: 'read', input: { files: [1] } },
          { type: 'tool_use', id: 't2', name: 'read', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: 'text' },
          {
            type: 'tool_result',
            tool_use_id: 't2',
            content: 'no JSON',
            is_error: true,
            cache_control: { type: 'ephemeral' },
          },
        ],
      },
    ],
  });
});

it('says nothing about sampling, thinking or tool choice, and leaves out what is empty', () => {
  expect(Object.keys(wireRequest(modelRequest()))).toEqual(['model', 'max_tokens', 'messages']);
});

it.each([
  ['a level the model accepts', ['low', 'medium'], 'medium', { effort: 'medium' }],
  ['a level it does not know', ['low'], 'max', undefined],
  ['a model without levels', undefined, 'low', undefined],
  ['no wish', ['low'], undefined, undefined],
])('sends effort only for %s: %#', (_, known, effort, expected) => {
  const model = entry({ ...(known && { effort: known }) });
  const wire = wireRequest(modelRequest({ model, ...(effort && { effort }) }));
  expect(wire.output_config).toEqual(expected);
});

it.each(['[1]', 'null', '"text"', '{"a":', '{"a":1} x'])(
  'sends the input %s of an old call as an empty object',
  (input) => {
    const wire = wireRequest(modelRequest({ messages: [assistant({ type: 'tool_use', id: 't', name: 'x', input })] }));
    expect(wire.messages[0]?.content[0]).toMatchObject({ input: {} });
  },
);

it('writes equal requests as equal bytes', () => {
  const write = () => JSON.stringify(wireRequest(modelRequest({ system: [{ text: 'a', cache: '5m' }] })));
  expect(write()).toBe(write());
});
