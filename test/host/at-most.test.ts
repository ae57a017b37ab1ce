import { describe, expect, it } from 'vitest';
import { atMost } from '../../src/host/at-most.ts';

/** Everybody who asks writes down their name once they are inside. */
function visitors(count: number) {
  const { enter } = atMost(count);
  const inside: string[] = [];
  const leaves = new Map<string, () => void>();
  const ask = async (name: string, urgent = false): Promise<void> => {
    leaves.set(name, await enter(urgent));
    inside.push(name);
  };
  const leave = async (name: string): Promise<void> => {
    leaves.get(name)?.();
    await new Promise(setImmediate);
  };
  return { inside, ask, leave };
}

describe('at most', () => {
  it('lets in no more than there are places, and the rest in their order', async () => {
    const { inside, ask, leave } = visitors(2);
    const all = ['a', 'b', 'c', 'd'].map((name) => ask(name));
    await new Promise(setImmediate);
    expect(inside).toEqual(['a', 'b']);
    await leave('b');
    expect(inside).toEqual(['a', 'b', 'c']);
    await leave('c');
    await Promise.all(all);
    expect(inside).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets the urgent go before those who wait longer', async () => {
    const { inside, ask, leave } = visitors(1);
    const all = [ask('a'), ask('b'), ask('c'), ask('now', true), ask('and now', true)];
    await new Promise(setImmediate);
    for (const name of ['a', 'now', 'and now', 'b']) await leave(name);
    await Promise.all(all);
    expect(inside).toEqual(['a', 'now', 'and now', 'b', 'c']);
  });

  it('takes a place back once, however often it is given back', async () => {
    const { inside, ask, leave } = visitors(1);
    const all = ['a', 'b', 'c'].map((name) => ask(name));
    await new Promise(setImmediate);
    await leave('a');
    await leave('a');
    expect(inside).toEqual(['a', 'b']);
    await leave('b');
    await Promise.all(all);
    expect(inside).toEqual(['a', 'b', 'c']);
  });
});
