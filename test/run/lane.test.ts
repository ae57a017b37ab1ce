import { describe, expect, it } from 'vitest';
import { openLane } from '../../src/run/lane.ts';

const moment = () => new Promise(setImmediate);

describe('the lane', () => {
  it('gives turns in the order in which they came', async () => {
    const lane = openLane();
    const done: string[] = [];
    const places = ['a', 'b', 'c'].map((name) => ({ name, place: lane.enter() }));
    const turns = places.map(async ({ name, place }, at) => {
      // The last is ready first.
      for (let wait = 0; wait < 3 - at; wait += 1) await moment();
      await place.turn(async () => {
        done.push(name);
        await moment();
      });
      place.leave();
    });
    await Promise.all(turns);
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('tells who waits what those before are going to leave on the branch', async () => {
    const lane = openLane();
    const [first, second, third] = [lane.enter(), lane.enter(), lane.enter()];
    expect(await first.ahead).toBeNull();
    first.expect('c1');
    first.expect('ignored');
    expect(await second.ahead).toBe('c1');
    second.expect('c2');
    expect(await third.ahead).toBe('c2');
  });

  it('expects nothing behind a place that was left without a word', async () => {
    const lane = openLane();
    const [first, second] = [lane.enter(), lane.enter()];
    first.leave();
    expect(await second.ahead).toBeNull();
  });

  it('has nobody ahead of the first one after all have left', async () => {
    const lane = openLane();
    const before = lane.enter();
    before.expect('old');
    before.leave();
    expect(await lane.enter().ahead).toBeNull();
  });

  it('keeps whoever is behind waiting for all, also when one of them goes before its turn', async () => {
    const lane = openLane();
    const [first, second, third] = [lane.enter(), lane.enter(), lane.enter()];
    const done: string[] = [];
    const last = third.turn(async () => done.push('third'));
    second.leave();
    await moment();
    expect(done).toEqual([]);
    await first.turn(async () => done.push('first'));
    first.leave();
    await last;
    expect(done).toEqual(['first', 'third']);
  });

  it('passes on what is expected through those who add nothing of their own', async () => {
    const lane = openLane();
    const first = lane.enter();
    const between = lane.inTurn(async () => 'note');
    const behind = lane.enter();
    first.expect('c1');
    expect(await behind.ahead).toBe('c1');
    first.leave();
    expect(await between).toBe('note');
  });

  it('goes on after a turn that failed', async () => {
    const lane = openLane();
    const failed = lane.inTurn(() => Promise.reject(new Error('no')));
    const next = lane.inTurn(async () => 'next');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('next');
  });
});
