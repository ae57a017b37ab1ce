import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { type Notice, notifyEnd } from '../../src/cli/notify.ts';
import type { Commands, TrustedSpec } from '../../src/host/process.ts';
import { runSummary } from '../../src/report/summary.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { spawned } from '../helpers/cli.ts';
import { fileStory, runBench, writes } from '../helpers/run.ts';
import { tempFolder } from '../host/temp-folder.ts';
import { aDollarAMillion, fakeOut, record, smallRun } from '../report/builders.ts';

const prices = { entry: () => aDollarAMillion };

function told(env: Readonly<Record<string, string>> = {}, isTTY = false) {
  const [stdout, stderr] = [fakeOut(), fakeOut({ isTTY })];
  const context: Pick<Context, 'env' | 'home' | 'cwd' | 'stdout' | 'stderr'> = {
    ...{ env: { PATH: process.env.PATH ?? '', ...env }, home: '/home/me', cwd: tempFolder(), stdout, stderr },
  };
  return { context, stdout, stderr };
}

async function notified(
  notify: string | null,
  { context, stdout, stderr }: ReturnType<typeof told>,
  more: {
    readonly allowEnv?: readonly string[];
    readonly commands?: Commands;
    readonly records?: readonly JournalRecord[];
  } = {},
): Promise<{ stdout: string; stderr: string }> {
  const notice: Notice = { notify, allowEnv: more.allowEnv ?? [], root: '/repo' };
  const summary = runSummary(more.records ?? smallRun, prices);
  await notifyEnd({ exit: 1, summary }, notice, context, more.commands);
  return { stdout: stdout.text(), stderr: stderr.text() };
}

/** What the command sees of its environment. */
async function environmentOf(env: Readonly<Record<string, string>>, more: Parameters<typeof notified>[2] = {}) {
  const room = told(env);
  expect(await notified('env > seen', room, more)).toEqual({ stdout: '', stderr: '' });
  const lines = (await readFile(join(room.context.cwd, 'seen'), 'utf8')).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

describe('the end of a run', () => {
  it.each<[string, string | null, boolean, string]>([
    ['the bell of a terminal', 'bell', true, '\u0007'],
    ['no bell in a pipe', 'bell', false, ''],
    ['none', 'none', true, ''],
    ['nothing chosen', null, true, ''],
    ['an empty choice', '', true, ''],
  ])('rings: %s', async (_, notify, isTTY, stderr) => {
    expect(await notified(notify, told({}, isTTY))).toEqual({ stdout: '', stderr });
  });

  it('gives the facts to the command', async () => {
    expect(await environmentOf({})).toMatchObject({
      ...{ PRD_RUN: 'r-1', PRD_EXIT_CODE: '1', PRD_REASON: 'done', PRD_LANDED: '1', PRD_BLOCKED: '1' },
      ...{ PRD_SELECTED: '2', PRD_COST_USD: '0.31', PRD_DURATION_MS: '250000' },
    });
  });

  it('an unknown price is empty, not zero', async () => {
    const records = [...smallRun.slice(0, -1), record(250_000, 'run.finished', { unpriced: 2 })];
    expect(await environmentOf({}, { records })).toMatchObject({ PRD_COST_USD: '' });
  });

  it('gives what a desktop needs and what the user listed, and no key', async () => {
    const keys = { ANTHROPIC_API_KEY: 'sk-ant-secret', GITHUB_TOKEN: 'ghp_secret', NODE_OPTIONS: '--inspect' };
    const env = { ...keys, DISPLAY: ':0', HOOK_URL: 'https://hook.test', PATH: `/repo/bin:${process.env.PATH}` };
    const seen = await environmentOf(env, { allowEnv: ['HOOK_URL', 'NODE_OPTIONS'] });
    expect(seen).toMatchObject({ DISPLAY: ':0', HOOK_URL: 'https://hook.test', HOME: '/home/me' });
    expect(Object.keys(seen).filter((name) => name in keys)).toEqual([]);
    expect(seen.PATH).not.toContain('/repo/bin');
  });

  it.each([
    ['exit 3', 'warning: the command of --notify failed (exit 3)\n'],
    ['echo "no \u001b[2Jbus" >&2; exit 1', 'warning: the command of --notify failed (exit 1): no bus\n'],
    ['nosuchprogram 2>/dev/null', 'warning: the command of --notify failed (exit 127)\n'],
    ['echo fine', ''],
  ])('a command that fails is a warning: %s', async (command, stderr) => {
    expect(await notified(command, told())).toEqual({ stdout: '', stderr });
  });

  it('has a deadline', async () => {
    const specs: TrustedSpec[] = [];
    const ended = { exitCode: null, stdout: Buffer.alloc(0), stderr: '', notStarted: null, timedOut: true };
    const runTrusted = async (spec: TrustedSpec) => {
      specs.push(spec);
      return ended;
    };
    const commands = { runTrusted } as unknown as Commands;
    const { stderr } = await notified('sleep 60', told(), { commands });
    expect(stderr).toBe('warning: the command of --notify took longer than 10s and was ended\n');
    expect(specs).toMatchObject([{ file: '/bin/sh', args: ['-c', 'sleep 60'], timeoutMs: 10_000 }]);
  });
});

describe('run --notify', () => {
  const bench = () => runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });

  it('runs the command once all is said, in the real program', async () => {
    const { repository, env } = await bench();
    const file = join(repository.folder, 'told');
    const command = `echo "$PRD_EXIT_CODE $PRD_LANDED $PRD_BLOCKED" >> ${file}; test ! -e .git/prd.lock; echo "$?" >> ${file}; exit 9`;
    const { exit, stderr } = await spawned(['run', '--notify', command], { cwd: repository.root, env });
    expect({ exit, told: await readFile(file, 'utf8') }).toEqual({ exit: 0, told: '0 1 0\n0\n' });
    expect(stderr).toMatch(/\nwarning: the command of --notify failed \(exit 9\)\n$/);
  });

  it('a repository cannot choose the command', async () => {
    const { repository, prd } = await bench();
    const file = join(repository.folder, 'told');
    await repository.write({ 'prd.config.json': JSON.stringify({ notify: `touch ${file}` }) });
    const { exit, stderr } = await prd('run');
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr: expect.stringContaining('`notify` is ignored: only your own configuration may set it'),
    });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('a dry run tells nobody', async () => {
    const { repository, prd, env } = await bench();
    const file = join(repository.folder, 'told');
    env.PRD_NOTIFY = `touch ${file}`;
    expect((await prd('run', '--dry-run')).exit).toBe(0);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});
