import { describe, expect, it } from 'vitest';
import type { Git } from '../../src/workspace/git.ts';
import { objectMemory } from '../../src/workspace/object-memory.ts';

const vaultWith = (dir: string, git: Git = { run: () => Promise.reject(new Error('not asked')) }) => ({ git, dir });

describe('objectMemory', () => {
  it('asks once for each key, also while the answer is under way', async () => {
    const memory = objectMemory<number>(10);
    const vault = vaultWith('a');
    let asked = 0;
    const ask = async () => ++asked;
    const answers = await Promise.all([memory.of(vault, 'x', ask), memory.of(vault, 'x', ask)]);
    expect([answers, await memory.of(vault, 'y', ask)]).toEqual([[1, 1], 2]);
  });

  it('keeps repositories apart', async () => {
    const memory = objectMemory<string>(10);
    const a = vaultWith('a');
    const b = vaultWith('b', a.git);
    await memory.of(a, 'x', async () => 'from a');
    expect([memory.known(b, 'x'), await memory.known(a, 'x')]).toEqual([null, 'from a']);
  });

  it('does not remember a failure', async () => {
    const memory = objectMemory<string>(10);
    const vault = vaultWith('a');
    await expect(memory.of(vault, 'x', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await memory.of(vault, 'x', async () => 'there')).toBe('there');
  });

  it('forgets what was asked for longest ago', async () => {
    const memory = objectMemory<string>(2);
    const vault = vaultWith('a');
    for (const key of ['x', 'y']) await memory.of(vault, key, async () => key);
    await memory.known(vault, 'x');
    await memory.of(vault, 'z', async () => 'z');
    expect(['x', 'y', 'z'].map((key) => memory.known(vault, key) !== null)).toEqual([true, false, true]);
  });
});
