import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playScript, readScript, type Script, script } from '../../../src/models/scripted/script.ts';
import type { Turn } from '../../../src/models/scripted/turn.ts';
import { type WireRequest, wireRequestBody } from '../../../src/models/scripted/wire.ts';

const say = (text: string) => ({ say: text, calls: [] });

const played: Script = script.parse({
  stories: {
    'US-1': {
      implement: [[say('1.1'), say('1.2')], [say('2.1')]],
      refine: [[say('refined')]],
      review: [[say('reviewed')]],
      diagnose: [[say('diagnosed')]],
    },
    'US-10': { implement: [[say('ten')]] },
    'a story, with: colon': { implement: [[say('odd')]] },
  },
});

/** A request that begins with `first` and has had `turns` answers. */
function request(first: string, turns = 0, more: object = {}): WireRequest {
  const said = Array.from({ length: turns }, () => [
    { role: 'assistant', content: 'ok' },
    { role: 'user', content: 'go on' },
  ]).flat();
  const body = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: first }, ...said], ...more };
  return wireRequestBody.parse(body);
}

function player() {
  const { answer, delivered } = playScript(played);
  let number = 0;
  /** Asks, and reads the answer to its end unless it is cut. */
  const ask = (asked: WireRequest, end: 'whole' | 'cut' = 'whole'): string => {
    const turn = answer({ request: asked, number }) as Turn;
    if (end === 'whole') delivered({ request: asked, number });
    number += 1;
    return turn.say ?? '';
  };
  return { ask };
}

describe('the place in the script', () => {
  it.each([
    ['# Story US-1: Cart like US-10\nmore', '1.1'],
    ['# Story US-10: Cart', 'ten'],
    ['# Story US-1', '1.1'],
    ['# Refine US-1', 'refined'],
    ['# Refine US-1, US-10', 'refined'],
    ['# Refine stories US-99 US-1', 'refined'],
    ['# Review US-1: Cart', 'reviewed'],
    ['# Diagnose US-1: Cart', 'diagnosed'],
    ['# Story US-9: Nobody', 'no script for "# Story US-9: Nobody"'],
    ['# Review US-10: Cart', 'no script for story US-10, step review'],
    ['# Paint US-1: Cart', 'no script for "# Paint US-1: Cart"'],
    ['# constructor US-1', 'no script for "# constructor US-1"'],
    ['Hello', 'no script for "Hello"'],
    ['Hello\n# Story US-1: Cart', 'no script for "Hello"'],
  ])('is found by the first line %j', (first, expected) => {
    expect(player().ask(request(first))).toBe(expected);
  });

  it('is found in the first text block', () => {
    const content = [
      { type: 'text', text: '# Story US-1: Cart' },
      { type: 'text', text: '# Story US-10: no' },
    ];
    const body = wireRequestBody.parse({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content }] });
    expect(player().ask(body)).toBe('1.1');
  });

  it('moves on with each answer of the conversation', () => {
    const { ask } = player();
    const first = '# Story US-1: Cart';
    expect([ask(request(first)), ask(request(first, 1))]).toEqual(['1.1', '1.2']);
    expect(ask(request(first, 2))).toBe('the script of story US-1, step implement, has 2 turns and no turn 3');
  });
});

describe('a second attempt', () => {
  it('plays the next conversation, and the last one for ever', () => {
    const { ask } = player();
    const attempts = ['# Story US-1: Cart', '# Story US-1: Cart\nit failed', '# Story US-1: Cart\nit failed again'];
    expect(attempts.map((first) => ask(request(first)))).toEqual(['1.1', '2.1', '2.1']);
  });

  it('with the same words is told from a resend by whether the first answer arrived', () => {
    const { ask } = player();
    const first = request('# Story US-1: Cart');
    expect([ask(first, 'cut'), ask(first, 'cut'), ask(first), ask(first)]).toEqual(['1.1', '1.1', '1.1', '2.1']);
  });

  it('may run beside the first', () => {
    const { ask } = player();
    const [one, two] = ['# Story US-1: Cart', '# Story US-1: Cart\nagain'];
    expect([ask(request(one)), ask(request(two)), ask(request(one, 1))]).toEqual(['1.1', '2.1', '1.2']);
  });

  it('is also that of another model with the same words', () => {
    const { ask } = player();
    const first = '# Story US-1: Cart';
    expect([ask(request(first)), ask(request(first, 0, { model: 'other' })), ask(request(first, 1))]).toEqual([
      '1.1',
      '2.1',
      '1.2',
    ]);
  });

  it('is not made by a turn that is sent again, nor by a marker that moved', () => {
    const { ask } = player();
    const marked = (marker: object) =>
      wireRequestBody.parse({
        model: 'm',
        max_tokens: 1,
        messages: [
          { role: 'user', content: [{ type: 'text', text: '# Story US-1: Cart', ...marker }] },
          { role: 'assistant', content: 'a' },
          { role: 'user', content: 'b' },
        ],
      });
    ask(request('# Story US-1: Cart'));
    expect([ask(marked({})), ask(marked({})), ask(marked({ cache_control: { type: 'ephemeral' } }))]).toEqual([
      '1.2',
      '1.2',
      '1.2',
    ]);
  });
});

describe('reading a script', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'prd-script-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, content: unknown): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  const calling = (input: unknown) => ({ stories: { A: { implement: [[{ calls: [{ tool: 'write', input }] }]] } } });

  it('puts files in the place of their names, wherever they stand', async () => {
    await write('cart.ts', 'export {};\n');
    const file = await write(
      'script.json',
      calling({ path: 'cart.ts', edits: [{ new: { $file: 'cart.ts' } }], n: 1, no: null }),
    );
    expect((await readScript(file)).stories.A?.implement?.[0]?.[0]?.calls).toEqual([
      { tool: 'write', input: { path: 'cart.ts', edits: [{ new: 'export {};\n' }], n: 1, no: null } },
    ]);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['a word it does not know', { stories: {}, extra: 1 }, /extra/],
    ['a story without conversations', { stories: { A: { implement: [] } } }, /implement/],
    ['a call without a tool', { stories: { A: { implement: [[{ calls: [{ input: {} }] }]] } } }, /tool/],
    ['a file that is missing', calling({ $file: 'gone.ts' }), /cannot read .*gone\.ts/],
    ['a file that is elsewhere', calling({ $file: '../secret' }), /is not beside it/],
  ])('refuses %s', async (_, content, what) => {
    const file = await write('script.json', content);
    await expect(readScript(file)).rejects.toMatchObject({
      problem: { code: 'bad-config', file, what: expect.stringMatching(what) },
    });
  });

  it('refuses a script that is not there', async () => {
    await expect(readScript(path.join(folder, 'none.json'))).rejects.toMatchObject({ problem: { code: 'bad-config' } });
  });
});
