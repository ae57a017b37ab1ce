import { expect, it } from 'vitest';
import { objectionTo, wireRequestBody } from '../../../src/models/scripted/wire.ts';

const call = (id: string) => ({ type: 'tool_use', id, name: 'x', input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'ok' });
const marked = (ttl?: string) => ({
  type: 'text',
  text: 'a',
  cache_control: { type: 'ephemeral', ...(ttl && { ttl }) },
});
const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });

function objection(messages: readonly unknown[], more: object = {}): string | null {
  return objectionTo(wireRequestBody.parse({ model: 'm', max_tokens: 1, messages, ...more }));
}

it.each<[string, unknown[]]>([
  ['a plain question', [{ role: 'user', content: 'hello' }]],
  ['calls and their results', [user(marked()), assistant(call('1'), call('2')), user(result('1'), result('2'))]],
  ['results in another order', [user(marked()), assistant(call('1'), call('2')), user(result('2'), result('1'))]],
  ['words after the results', [user(marked()), assistant(call('1')), user(result('1'), marked())]],
  ['1 h markers before 5 min markers', [user(marked('1h'), marked('1h'), marked('5m'), marked())]],
])('accepts %s', (_, messages) => {
  expect(objection(messages)).toBeNull();
});

it.each<[string, unknown[], object, RegExp]>([
  ['temperature', [user(marked())], { temperature: 0 }, /^temperature:/],
  ['top_p', [user(marked())], { top_p: 1 }, /^top_p:/],
  [
    'an assistant who begins',
    [assistant('a'), user(marked())].map((m) => ({ ...m, content: 'a' })),
    {},
    /must use the user role/,
  ],
  ['a prefill', [user(marked()), assistant(marked())], {}, /prefill/],
  ['an empty text', [user({ type: 'text', text: '' })], {}, /non-empty/],
  ['an empty system text', [user(marked())], { system: '' }, /non-empty/],
  ['five markers', [user(marked(), marked(), marked(), marked(), marked())], {}, /maximum of 4/],
  [
    'a marker on a tool as the fifth',
    [user(marked(), marked(), marked(), marked())],
    { tools: [{ name: 'x', cache_control: { type: 'ephemeral' } }] },
    /maximum of 4/,
  ],
  ['a 1 h marker after a 5 min marker', [user(marked('5m'), marked('1h'))], {}, /1h cache_control must come before/],
  ['a call without a result', [user(marked()), assistant(call('1')), user(marked())], {}, /does not answer \[1\]/],
  [
    'one result of two',
    [user(marked()), assistant(call('1'), call('2')), user(result('1'))],
    {},
    /does not answer \[1,2\]/,
  ],
  ['a result nobody asked for', [user(result('9'))], {}, /does not answer \[\]/],
  [
    'the same id twice in a turn',
    [user(marked()), assistant(call('1'), call('1')), user(result('1'), result('1'))],
    {},
    /ids must be unique: 1/,
  ],
  [
    'the id of an earlier turn',
    [user(marked()), assistant(call('1')), user(result('1')), assistant(call('1')), user(result('1'))],
    {},
    /ids must be unique/,
  ],
])('refuses %s', (_, messages, more, said) => {
  expect(objection(messages, more)).toMatch(said);
});
