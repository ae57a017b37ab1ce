import { describe, expect, it } from 'vitest';
import { type Gate, openGate, openGates, type Pass } from '../../src/models/gate.ts';
import { endpointAt, entry } from './builders.ts';
import { fakeTime } from './fake-time.ts';

async function entered(gate: Gate, signal?: AbortSignal): Promise<Pass> {
  const pass = await gate.enter(signal);
  if (pass === null) throw new Error('aborted');
  return pass;
}

const answered = { kind: 'answered' } as const;
const limited = (askedMs: number) => ({ kind: 'limited', askedMs, backoffMs: 0 }) as const;

describe('places', () => {
  it('are never given to more requests than there are', async () => {
    const gate = openGate({ places: 2, time: fakeTime() });
    const first = await entered(gate);
    await entered(gate);
    const third = gate.enter();
    await Promise.resolve();
    expect(gate.state()).toEqual({ limit: 2, running: 2, waiting: 1, heard: false });
    first.leave(answered);
    expect(await third).not.toBeNull();
    expect(gate.state()).toEqual({ limit: 2, running: 2, waiting: 0, heard: true });
  });

  it('are halved by a limit, but never to none', async () => {
    const time = fakeTime();
    const gate = openGate({ places: 4, time });
    for (const limit of [2, 1, 1]) {
      const pass = await time.run(entered(gate));
      pass.leave(limited(0));
      expect(gate.state().limit).toBe(limit);
      await time.run(time.sleep(10));
    }
  });

  it('are halved once by one round of requests that are all refused', async () => {
    const time = fakeTime();
    const gate = openGate({ places: 8, time });
    const round = await Promise.all(Array.from({ length: 8 }, () => entered(gate)));
    await time.run(time.sleep(100));
    for (const pass of round) pass.leave(limited(0));
    expect(gate.state().limit).toBe(4);
  });

  it('come back with answers, one per full round', async () => {
    const time = fakeTime();
    const gate = openGate({ places: 4, time });
    (await entered(gate)).leave(limited(0));
    expect(gate.state().limit).toBe(2);
    for (let answers = 0; answers < 3; answers += 1) (await entered(gate)).leave(answered);
    expect(gate.state().limit).toBe(3);
    for (let answers = 0; answers < 20; answers += 1) (await entered(gate)).leave(answered);
    expect(gate.state().limit).toBe(4);
  });

  it('stay as many as are served when the rest is refused, and others go on at once', async () => {
    const time = fakeTime();
    const gate = openGate({ places: 16, time });
    const round = await Promise.all(Array.from({ length: 14 }, () => entered(gate)));
    for (const pass of round.slice(4)) pass.leave({ kind: 'limited', askedMs: 0, backoffMs: 900 });
    expect(gate.state()).toMatchObject({ limit: 4, running: 4 });
    round[0]?.leave(answered);
    await entered(gate);
    expect(time.now()).toBe(0);
  });

  it('above those that were refused are tried once in four rounds of answers', async () => {
    const gate = openGate({ places: 16, time: fakeTime() });
    const round = await Promise.all(Array.from({ length: 6 }, () => entered(gate)));
    for (const pass of round.slice(4)) pass.leave(limited(0));
    let answers = 0;
    for (; gate.state().limit === 4; answers += 1) {
      round[answers % 4]?.leave(answered);
      round[answers % 4] = await entered(gate);
    }
    expect(answers).toBe(18);
  });

  it('come back as fast as ever when the last refusal is half a minute old', async () => {
    const time = fakeTime();
    const gate = openGate({ places: 16, time });
    const round = await Promise.all(Array.from({ length: 6 }, () => entered(gate)));
    for (const pass of round.slice(2)) pass.leave(limited(0));
    await time.run(time.sleep(31_000));
    for (const pass of round.slice(0, 2)) pass.leave(answered);
    expect(gate.state().limit).toBe(2);
    (await entered(gate)).leave(answered);
    expect(gate.state().limit).toBe(3);
  });

  it.each([
    ['close for nobody while others are served', 1, 0],
    ['close for a pause when everybody is refused', 0, 800],
  ])('%s', async (_, beside, at) => {
    const time = fakeTime(() => 0);
    const gate = openGate({ places: 8, time });
    const round = await Promise.all(Array.from({ length: beside + 2 }, () => entered(gate)));
    for (const pass of round.slice(beside)) pass.leave({ kind: 'limited', askedMs: 0, backoffMs: 800 });
    for (const pass of round.slice(0, beside)) pass.leave(answered);
    await time.run(entered(gate));
    expect(time.now()).toBe(at);
  });

  it('are kept by a request that merely failed', async () => {
    const gate = openGate({ places: 4, time: fakeTime() });
    (await entered(gate)).leave({ kind: 'failed', heard: false });
    expect(gate.state()).toEqual({ limit: 4, running: 0, waiting: 0, heard: false });
  });
});

describe('a closed gate', () => {
  it('lets nobody pass before its time, and then not all at the same moment', async () => {
    const randoms = [0, 0.25, 0.5, 0.75];
    const time = fakeTime(() => randoms.shift() ?? 0);
    const gate = openGate({ places: 8, time });
    (await entered(gate)).leave(limited(20_000));
    const moments: number[] = [];
    const late = Array.from({ length: 4 }, () => entered(gate).then(() => moments.push(time.now())));
    await time.run(Promise.all(late));
    expect(moments).toEqual([20_000, 20_250, 20_500, 20_750]);
  });

  it('stays closed for the longest wait that was asked for', async () => {
    const time = fakeTime(() => 0);
    const gate = openGate({ places: 8, time });
    const [first, second] = await Promise.all([entered(gate), entered(gate)]);
    first.leave(limited(9_000));
    second.leave(limited(2_000));
    await time.run(entered(gate));
    expect(time.now()).toBe(9_000);
  });
});

describe('whoever gives up', () => {
  it.each(['before', 'while'])('gets no pass: %s waiting', async (when) => {
    const gate = openGate({ places: 1, time: fakeTime() });
    const first = await entered(gate);
    const giveUp = new AbortController();
    if (when === 'before') giveUp.abort();
    const second = gate.enter(giveUp.signal);
    giveUp.abort();
    expect(await second).toBeNull();
    first.leave(answered);
    expect(gate.state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it('does not wait for a closed gate to open', async () => {
    const gate = openGate({ time: fakeTime() });
    (await entered(gate)).leave(limited(60_000));
    const giveUp = new AbortController();
    const second = gate.enter(giveUp.signal);
    giveUp.abort();
    expect(await second).toBeNull();
  });
});

it('there is one gate per endpoint and model', () => {
  const { gateOf } = openGates();
  const here = entry({ endpoint: endpointAt('http://here') });
  expect(gateOf(here)).toBe(gateOf({ ...here }));
  expect(gateOf(here)).not.toBe(gateOf({ ...here, id: 'claude-haiku-4-5' }));
  expect(gateOf(here)).not.toBe(gateOf({ ...here, endpoint: endpointAt('http://there') }));
});
