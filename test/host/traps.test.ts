import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commands, napper, shell } from './shell.ts';

/**
 * What the pinned execa does by itself, and what we do instead. A red test in the first half means that an upgrade
 * changed a fact on which `host/` is built: read it again before going on.
 */
describe('execa alone', () => {
  const pending = Symbol('pending');
  const within = <T>(promise: Promise<T>, ms: number) => Promise.race([promise, delay(ms, pending)]);

  it('does not settle at its timeout while a grandchild holds the pipe', async () => {
    const { nap, alive } = napper();
    const run = execa('sh', ['-c', `${nap} 30 & ${nap} 30`], { timeout: 50, reject: false });
    expect(await within(run, 400)).toBe(pending);
    for (const pid of alive()) process.kill(pid, 'SIGKILL');
    await run;
  });

  it('does not settle after an exit that left a daemon with the pipe', async () => {
    const { nap, alive } = napper();
    const run = execa('sh', ['-c', `${nap} 30 & exit 0`], { reject: false });
    expect(await within(run, 400)).toBe(pending);
    for (const pid of alive()) process.kill(pid, 'SIGKILL');
    await run;
  });

  it('says exit 0 for a command that trapped the TERM of its timeout', async () => {
    const run = execa('sh', ['-c', 'trap "exit 0" TERM; while :; do sleep 0.05; done'], {
      timeout: 100,
      reject: false,
    });
    expect(await run).toMatchObject({ exitCode: 0, timedOut: true });
  });

  it('gives a child a stdin that never ends', async () => {
    const run = execa('cat', [], { reject: false });
    onTestFinished(() => void run.kill('SIGKILL'));
    expect(await within(run, 300)).toBe(pending);
  });

  it('lets a detached child live on when its own parent is asked to end', async () => {
    const { nap, alive } = napper();
    const run = execa(nap, ['30'], { detached: true, reject: false, cleanup: true, stdio: 'ignore' });
    expect(alive()).toEqual([run.pid]);
    process.kill(-(run.pid ?? 0), 'SIGKILL');
    await run;
  });

  it('hands an environment over whole unless it is told not to', async () => {
    const { stdout } = await execa('sh', ['-c', 'echo $HOME'], { env: {} });
    expect(stdout).toBe(process.env.HOME);
  });
});

/** Far below the 30 s of a sleeper, far above what a loaded machine needs. */
const soon = 6_000;

describe('our runner', () => {
  const settled = async (script: string, options: Parameters<typeof shell>[1] = {}) => {
    const started = performance.now();
    const result = await commands.run(shell(script, options));
    return { result, ms: performance.now() - started };
  };

  it('settles at the timeout with two sleepers in the group, and neither is left', async () => {
    const { nap, alive } = napper();
    const { result, ms } = await settled(`${nap} 30 & ${nap} 30`, { timeoutMs: 100 });
    expect(result).toMatchObject({ timedOut: true, exitCode: null });
    expect(ms).toBeLessThan(soon);
    expect(alive()).toEqual([]);
  });

  it('ends a grandchild that left the group by setsid', async () => {
    const { nap, alive } = napper();
    const { result, ms } = await settled(`setsid ${nap} 30 & ${nap} 30`, { timeoutMs: 100 });
    expect(result.timedOut).toBe(true);
    expect(ms).toBeLessThan(soon);
    expect(alive()).toEqual([]);
  });

  it('ends the daemon of a command that exited 0, and believes the 0', async () => {
    const { nap, alive } = napper();
    const { result, ms } = await settled(`setsid ${nap} 30 & ${nap} 30 & exit 0`);
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    expect(ms).toBeLessThan(soon);
    expect(alive()).toEqual([]);
  });

  it('gives a child of the group that is still writing a moment to finish', async () => {
    const { result } = await settled('(sleep 0.02; echo late) & exit 0');
    expect(result.stdout.text).toBe('late\n');
  });

  it('escalates to KILL when TERM is ignored, within the grace', async () => {
    const { result, ms } = await settled('trap "" TERM; while :; do sleep 0.1; done', { timeoutMs: 500 });
    expect(result).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
    expect(ms).toBeGreaterThan(2_000);
    expect(ms).toBeLessThan(2_000 + soon);
  });

  it('lets a child of another group in our session alone', async () => {
    const { nap, alive } = napper();
    const bystander = spawn(nap, ['30'], { stdio: 'ignore' });
    await settled('exit 0');
    await settled('sleep 30', { timeoutMs: 50 });
    expect(alive()).toEqual([bystander.pid]);
    bystander.kill('SIGKILL');
    await once(bystander, 'exit');
  });
});
