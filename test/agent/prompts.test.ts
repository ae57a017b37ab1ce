import { describe, expect, it } from 'vitest';
import { markMessages } from '../../src/agent/prompts/cache-marks.ts';
import { firstMessage } from '../../src/agent/prompts/first-message.ts';
import { prefixTtl, systemBlocks, systemRules } from '../../src/agent/prompts/system.ts';
import { toolSchemas } from '../../src/agent/prompts/tool-schemas.ts';
import type { Block, Message } from '../../src/models/model.ts';

/** As everywhere in the project: characters / 4. */
const tokens = (value: unknown): number => (typeof value === 'string' ? value : JSON.stringify(value)).length / 4;

describe('the tools', () => {
  it('come in one order, the orchestrator with its two more', () => {
    const work = ['read', 'search', 'edit', 'write', 'run', 'finish'];
    expect(toolSchemas('delegate').map(({ name }) => name)).toEqual(work);
    expect(toolSchemas('orchestrator').map(({ name }) => name)).toEqual([
      ...work,
      'submit_refinement',
      'submit_review',
    ]);
  });

  it('are made once', () => {
    expect(toolSchemas('delegate')).toBe(toolSchemas('delegate'));
  });

  it('the six cost at most 700 tokens', () => {
    expect(tokens(toolSchemas('delegate'))).toBeLessThanOrEqual(700);
  });

  it('what is submitted is strict: every key required, no other keys, no bounds', () => {
    const strict = toolSchemas('orchestrator').filter((tool) => tool.strict);
    expect(strict).toHaveLength(2);
    const objects = strict.flatMap(({ inputSchema }) => objectsIn(inputSchema));
    expect(objects.length).toBeGreaterThan(5);
    for (const object of objects) {
      expect(object.additionalProperties).toBe(false);
      expect(object.required).toEqual(Object.keys(object.properties as object));
    }
    expect(JSON.stringify(strict)).not.toMatch(/"(?:min|max)[A-Z]\w*"|"minimum"|"maximum"|"\$ref"|"propertyNames"/);
  });

  it('what is used is tolerant: the schema names only what is needed', () => {
    const required = Object.fromEntries(
      toolSchemas('delegate').map(({ name, inputSchema }) => [name, inputSchema.required]),
    );
    expect(required).toEqual({
      read: ['files'],
      search: ['pattern'],
      edit: ['path', 'edits'],
      write: ['path', 'content'],
      run: ['command'],
      finish: ['status', 'summary'],
    });
  });
});

function objectsIn(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(objectsIn);
  return 'properties' in value ? [value as Record<string, unknown>, ...below] : below;
}

describe('the system blocks', () => {
  it.each(['delegate', 'orchestrator'] as const)('tell the %s how to work in at most 600 tokens', (role) => {
    expect(tokens(systemRules[role])).toBeLessThanOrEqual(600);
    expect(systemRules[role]).not.toMatch(/\/tmp|\/home|\d{4}-\d{2}-\d{2}/);
  });

  it('carry the first marker on the last of them, for longer where gaps are long', () => {
    expect(systemBlocks('delegate', 'shared')).toEqual([
      { text: systemRules.delegate },
      { text: 'shared', cache: '5m' },
    ]);
    expect(systemBlocks('orchestrator', '')).toEqual([{ text: systemRules.orchestrator, cache: prefixTtl }]);
    expect(prefixTtl).toBe('5m');
  });
});

describe('the first message', () => {
  const spec = { storyId: 'US-1', title: 'Cart', shared: '', shown: new Map() };

  it.each([['# Story US-1: Cart\n\nDo it.'], ['Do it.']])(
    'names the story first, whether the brief does or not',
    (brief) => {
      expect(firstMessage({ ...spec, brief })).toEqual({
        role: 'user',
        content: [{ type: 'text', text: '# Story US-1: Cart\n\nDo it.' }],
      });
    },
  );
});

describe('the markers of the messages', () => {
  const text: Block = { type: 'text', text: 't' };
  const use: Block = { type: 'tool_use', id: 'u', name: 'read', input: '{}' };
  const result: Block = { type: 'tool_result', toolUseId: 'u', content: 'r' };
  const opaque: Block = { type: 'opaque', value: {} };
  const story: Message = { role: 'user', content: [text] };
  const turn = (calls: number): readonly Message[] => [
    { role: 'assistant', content: Array<Block>(calls).fill(use) },
    { role: 'user', content: Array<Block>(calls).fill(result) },
  ];

  /** Positions of the marked blocks, counted through all messages. */
  const marks = (messages: readonly Message[]): readonly number[] =>
    markMessages(messages, '5m')
      .flatMap(({ content }) => content)
      .flatMap((block, index) => ('cache' in block ? [index] : []));

  it.each([
    ['the story alone', [story], [0]],
    ['one turn: the story and the last block', [story, ...turn(1)], [0, 2]],
    ['three turns: one more between', [story, ...turn(1), ...turn(1), ...turn(1)], [0, 2, 6]],
    [
      'many turns: at most 15 blocks before the last',
      [story, ...Array.from({ length: 20 }, () => turn(1)).flat()],
      [0, 26, 40],
    ],
    ['a turn of twelve calls', [story, ...turn(1), ...turn(12)], [0, 15, 26]],
    ['a last block that cannot carry one', [story, { role: 'assistant', content: [opaque] } as Message], [0]],
  ])('%s', (_, messages, expected) => {
    expect(marks(messages)).toEqual(expected);
  });

  it('with the one of the system blocks there are never more than four', () => {
    for (let turns = 0; turns < 40; turns++) {
      const messages = [story, ...Array.from({ length: turns }, (_, index) => turn((index % 12) + 1)).flat()];
      expect(marks(messages).length).toBeLessThanOrEqual(3);
    }
  });

  it('change nothing else', () => {
    const messages = [story, ...turn(3)];
    const bare = markMessages(messages, '5m').map(({ role, content }) => ({
      role,
      content: content.map((block) => Object.fromEntries(Object.entries(block).filter(([key]) => key !== 'cache'))),
    }));
    expect(bare).toEqual(messages);
  });
});
