import { describe, expect, it } from 'vitest';
import { inTurn } from '../../src/host/in-turn.ts';

describe('inTurn', () => {
  it('starts one only when the one before it has ended, however it ended', async () => {
    const turn = inTurn();
    const happened: string[] = [];
    const act = (name: string, fails: boolean) => async () => {
      happened.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      happened.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([turn(act('a', false)), turn(act('b', true)), turn(act('c', false))]);
    expect(happened).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
