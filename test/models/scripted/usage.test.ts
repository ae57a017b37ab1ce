import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptTokensOf } from '../../../src/models/cost.ts';
import type { Usage } from '../../../src/models/model.ts';
import { openPromptCache, tokensIn } from '../../../src/models/scripted/usage.ts';
import { type WireBlock, type WireRequest, wireRequestBody } from '../../../src/models/scripted/wire.ts';

const minute = 60_000;

function text(tokens: number, ttl?: '5m' | '1h', letter = 'a'): WireBlock {
  return { type: 'text', text: letter.repeat(tokens * 4), ...(ttl && { cache_control: { type: 'ephemeral', ttl } }) };
}

function request(parts: {
  system?: WireBlock[];
  first?: WireBlock[];
  more?: WireRequest['messages'];
  model?: string;
  tools?: object[];
}): WireRequest {
  const { system = [], first = [text(1)], more = [], model = 'm', tools } = parts;
  return wireRequestBody.parse({
    model,
    max_tokens: 1,
    system,
    tools,
    messages: [{ role: 'user', content: first }, ...more],
  });
}

/** Sends requests one after the other, each `gapMs` later, and answers with what each would use. */
function used(requests: readonly WireRequest[], gapMs = 0, minPrefix = 0): readonly Usage[] {
  const cache = openPromptCache();
  return requests.map((sent, index) => {
    const measured = cache.measure(sent, minPrefix, index * gapMs);
    measured.commit();
    return measured.usage;
  });
}

const nothing = { fresh: 0, write5m: 0, write1h: 0, cacheRead: 0, output: 0 };

describe('the prompt cache', () => {
  it('caches nothing without a marker', () => {
    const plain = request({ system: [text(100)] });
    expect(used([plain, plain])).toEqual([
      { ...nothing, fresh: 101 },
      { ...nothing, fresh: 101 },
    ]);
  });

  it('writes up to the marker once and reads it afterwards', () => {
    const marked = request({ system: [text(100, '5m')], first: [text(7)] });
    expect(used([marked, marked])).toEqual([
      { ...nothing, write5m: 100, fresh: 7 },
      { ...nothing, cacheRead: 100, fresh: 7 },
    ]);
  });

  it('books each stretch in the class of its own marker', () => {
    const marked = request({ system: [text(50), text(50, '1h')], first: [text(30, '5m'), text(3)] });
    expect(used([marked, marked])).toEqual([
      { ...nothing, write1h: 100, write5m: 30, fresh: 3 },
      { ...nothing, cacheRead: 130, fresh: 3 },
    ]);
  });

  it('reads the longest prefix that two stories share', () => {
    const system = [text(100, '1h')];
    const [, second] = used([
      request({ system, first: [text(20, '5m', 'x')] }),
      request({ system, first: [text(30, '5m', 'y')] }),
    ]);
    expect(second).toEqual({ ...nothing, cacheRead: 100, write5m: 30 });
  });

  it('grows with a conversation whose marker moves on', () => {
    const turn = (count: number): WireRequest =>
      request({
        system: [text(100, '5m')],
        more: Array.from({ length: count }, (_, index) => [
          { role: 'assistant' as const, content: [text(10, undefined, 'b')] },
          { role: 'user' as const, content: [text(20, index === count - 1 ? '5m' : undefined, 'c')] },
        ]).flat(),
      });
    expect(used([turn(1), turn(2), turn(3)])).toEqual([
      { ...nothing, write5m: 131 },
      { ...nothing, cacheRead: 131, write5m: 30 },
      { ...nothing, cacheRead: 161, write5m: 30 },
    ]);
  });

  it.each([
    ['of the tools', { tools: [{ name: 'read' }, { name: 'edit' }] }],
    ['of the system text', { system: [text(100, '5m', 'z')] }],
    ['of the model', { model: 'other' }],
  ])('is lost by a change %s', (_, change) => {
    const base = { tools: [{ name: 'read' }], system: [text(100, '5m')] };
    const [, second] = used([request(base), request({ ...base, ...change })]);
    expect(second?.cacheRead).toBe(0);
  });

  it('survives a marker that wandered off its block', () => {
    const first = request({ first: [text(40, '5m'), text(1)] });
    const later = request({ first: [text(40), text(1), text(9, '5m')] });
    expect(used([first, later])[1]).toEqual({ ...nothing, cacheRead: 40, write5m: 10 });
  });

  it('looks back 20 blocks from a marker, no further', () => {
    const filler = (count: number) => Array.from({ length: count }, () => text(1));
    const first = request({ first: [text(40, '5m')] });
    const near = request({ first: [text(40), ...filler(19), text(1, '5m')] });
    const far = request({ first: [text(40), ...filler(20), text(1, '5m')] });
    expect(used([first, near])[1]?.cacheRead).toBe(40);
    expect(used([first, far])[1]?.cacheRead).toBe(0);
  });

  it('silently ignores a prefix under the minimum', () => {
    const short = request({ system: [text(99, '5m')] });
    const long = request({ system: [text(100, '5m')] });
    expect(used([short, short], 0, 100).map(({ cacheRead, write5m }) => cacheRead + write5m)).toEqual([0, 0]);
    expect(used([long, long], 0, 100).map(({ cacheRead, write5m }) => cacheRead + write5m)).toEqual([100, 100]);
  });

  it.each([
    ['5m', 4 * minute, true],
    ['5m', 6 * minute, false],
    ['1h', 59 * minute, true],
    ['1h', 61 * minute, false],
  ] as const)('keeps a %s entry for its time: after %i ms %s', (ttl, gapMs, kept) => {
    const marked = request({ system: [text(100, ttl)] });
    expect(used([marked, marked], gapMs)[1]?.cacheRead).toBe(kept ? 100 : 0);
  });

  it('is refreshed by every read', () => {
    const marked = request({ system: [text(100, '5m')] });
    expect(used([marked, marked, marked, marked], 4 * minute).map(({ cacheRead }) => cacheRead)).toEqual([
      0, 100, 100, 100,
    ]);
  });

  it('is readable only once the first answer has started', () => {
    const cache = openPromptCache();
    const marked = request({ system: [text(100, '5m')] });
    const first = cache.measure(marked, 0, 0);
    expect(cache.measure(marked, 0, 0).usage.cacheRead).toBe(0);
    first.commit();
    expect(cache.measure(marked, 0, 0).usage.cacheRead).toBe(100);
  });
});

it('the input classes always add up to the prompt', () => {
  const block = fc.record({
    tokens: fc.nat(40),
    letter: fc.constantFrom('a', 'b'),
    ttl: fc.constantFrom(undefined, '5m', '1h'),
  });
  const prompts = fc.array(fc.array(block, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(prompts, fc.nat(60), (all, minPrefix) => {
      const requests = all.map((blocks) =>
        request({ first: blocks.map(({ tokens, ttl, letter }) => text(tokens, ttl, letter)) }),
      );
      for (const [index, usage] of used(requests, minute, minPrefix).entries()) {
        const total = (all[index] ?? []).reduce((sum, { tokens }) => sum + tokens, 0);
        expect(promptTokensOf(usage)).toBe(total);
        expect(Math.min(usage.fresh, usage.write5m, usage.write1h, usage.cacheRead)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

it('a token is four characters', () => {
  expect(['', 'a', 'abcd', 'abcde'].map(tokensIn)).toEqual([0, 1, 1, 2]);
});
