import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/models/scripted/faults.ts';
import { buildLab, type Lab } from './lab/build.ts';
import { stories, twoTurns } from './lab/script.ts';
import { type Ended, openWorld, type World } from './lab/world.ts';

/** Issue text and README promise these two: a person sits there and waits. */
const refusedMs = 2_000;
const unreachableMs = 30_000;
/** The best of so many counts: what else the machine does is not the program's time. */
const looks = 4;
/** What a bare node takes from start to end on a quiet machine; this one may be busier. */
const bareMs = 60;

describe('what no waiting can help is said at once', () => {
  let lab: Lab;
  let world: World;
  const all = stories(1);

  beforeAll(async () => {
    lab = await buildLab();
    const refusal: Fault = { kind: 'status', status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
    world = await openWorld(lab, { stories: all, answer: twoTurns(all), faults: () => refusal });
  });
  afterAll(async () => {
    await world.close();
    await lab.remove();
  });

  it('a refused key in less than two seconds, with the next step', { timeout: 120_000 }, async () => {
    const runs: Timed[] = [];
    while (runs.length < looks && !runs.some(({ quietMs }) => quietMs < refusedMs)) runs.push(await timed(world));
    expect(Math.min(...runs.map(({ quietMs }) => quietMs))).toBeLessThan(refusedMs);
    for (const { exit, stderr } of runs) {
      expect(exit).toBe(4);
      expect(stderr).toMatch(/^error: `http.*` refused the key for `sonnet`: .*\nhint: run `prd doctor`/m);
    }
    // Each run asked once: a key does not get better by asking.
    expect(world.server.requests).toHaveLength(runs.length);
  });

  it('an endpoint where nobody listens in less than thirty, with the next step', { timeout: 120_000 }, async () => {
    const { exit, stderr, quietMs } = await timed(world, { ANTHROPIC_BASE_URL: await deadAddress() });
    expect(quietMs).toBeLessThan(unreachableMs);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error: cannot reach `http:\/\/127\.0\.0\.1:\d+` for `sonnet`: .*\nhint: .*run again/m);
  });
});

interface Timed extends Ended {
  /** Milliseconds that it would have taken had nothing else run. */
  readonly quietMs: number;
}

async function timed(world: World, env: Readonly<Record<string, string>> = {}): Promise<Timed> {
  const bare = await clocked(() => promisify(execFile)(process.execPath, ['-e', '0']));
  const ran = await clocked(() => world.prd(['run', '--quiet'], env).ended);
  return { ...ran.result, quietMs: ran.ms / Math.max(1, bare.ms / bareMs) };
}

async function clocked<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const started = performance.now();
  const result = await act();
  return { result, ms: performance.now() - started };
}

/** An address of this machine that was free a moment ago. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
