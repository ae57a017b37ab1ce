import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';
import type { RunLock } from '../../src/journal/journal.ts';
import { acquireLock } from '../../src/journal/lock.ts';
import { holderText, thisHolder } from '../../src/journal/lock-holder.ts';
import { main } from '../../src/main.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { fakeIo } from '../helpers/cli.ts';
import { runsFolder, writeJournal } from '../helpers/journals.ts';
import { type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';
import { smallRun } from '../report/builders.ts';

const story = { id: 'US-1', title: 'Cart', acceptanceCriteria: ['`npm test` passes'], passes: false };
const prd = `${JSON.stringify({ project: 'shop', userStories: [story] })}\n`;
// The last thing that happened happened just now.
const end = Date.now();
const lasted = smallRun.at(-1)?.mono ?? 0;
const records = smallRun.map((one, seq): JournalRecord => {
  const ts = new Date(end - lasted + one.mono).toISOString();
  return { ...one, seq, ts };
});

let repository: TemporaryRepository;
let lock: RunLock | null;

beforeEach(async () => {
  repository = await temporaryRepository({ files: { 'PRD.json': prd } });
  lock = null;
});

afterEach(async () => {
  await lock?.release();
  await repository.cleanup();
});

function lockFile(): string {
  return join(repository.root, '.git', 'prd.lock');
}

/** This process is the run: it has the lock, and a journal with these records. */
async function running(told: readonly JournalRecord[]): Promise<(more: readonly JournalRecord[]) => Promise<void>> {
  lock = await acquireLock(lockFile(), systemClock);
  const runs = await runsFolder(repository);
  await mkdir(runs, { recursive: true });
  const file = join(runs, '20260101-000000-abcdef.jsonl');
  const say = (some: readonly JournalRecord[]) =>
    appendFile(file, some.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await say(told);
  return say;
}

/** The real program, which learns something whenever it says what is awaited. */
function watching(...argv: readonly string[]) {
  const bin = resolve('bin/prd.js');
  const child = spawn(process.execPath, [bin, 'status', '--watch', ...argv], {
    cwd: repository.root,
    env: repository.env,
  });
  const written = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  const said = async (words: string, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> => {
    while (!written[stream].includes(words)) await once(child[stream], 'data');
  };
  const ended = once(child, 'close').then(([exit]) => ({ exit, ...written }));
  return { child, said, ended };
}

describe('status --watch', () => {
  it('shows what was and what comes, and ends with the run and its exit code', async () => {
    const say = await running(records.slice(0, 4));
    const { said, ended } = watching();
    await said('attempt 1  delegate (sonnet)\n');
    await say(records.slice(4));
    const { exit, stdout, stderr } = await ended;
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      '00:00  run     run        2 stories on main at 3f9c2ab · builtin',
      '00:08  US-054  baseline   1 proof',
      '00:09  US-054  attempt 1  delegate (sonnet)',
      expect.stringMatching(/^01:09 {2}US-054 {2}still/),
    ]);
    expect(stdout).toContain('\nUS-054  passes   proven, 2 attempts');
  });

  it('as JSON is one record per line, the lines of the journal', async () => {
    const say = await running(records.slice(0, 2));
    const { said, ended } = watching('--json');
    await said('story.started');
    await say(records.slice(2));
    const { exit, stdout, stderr } = await ended;
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(records);
  });

  it('has the exit code of the run', async () => {
    const last = records.at(-1) as JournalRecord;
    const stopped = { ...last, data: { ...last.data, exitCode: 3, reason: 'limit' } } as JournalRecord;
    await running([...records.slice(0, -1), stopped]);
    expect((await watching('--quiet').ended).exit).toBe(3);
  });

  it('is left by Ctrl-C; the run never notices', async () => {
    const say = await running(records.slice(0, 4));
    const { child, said, ended } = watching();
    await said('attempt 1');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exit: 130, stderr: 'left; the run goes on\n' });
    await say(records.slice(4));
    expect((await watching().ended).exit).toBe(0);
  });

  it('ends quietly when nobody reads it any more', async () => {
    const say = await running(records.slice(0, 4));
    const { child, said, ended } = watching();
    await said('attempt 1');
    child.stdout.destroy();
    await say(records.slice(8, 9).map((one) => ({ ...one, seq: 4 })));
    expect(await ended).toMatchObject({ exit: 0, stderr: '' });
  });

  it('waits for the first word of whoever has the lock, and does not take an older journal for its own', async () => {
    await writeJournal(repository, '20250101-000000-abcdef', records.slice(0, 3));
    lock = await acquireLock(lockFile(), systemClock);
    const { said, ended } = watching();
    await said(`process ${process.pid} gets ready\n`, 'stderr');
    await writeJournal(repository, '20260101-000000-abcdef', records);
    expect((await ended).stdout).toContain('01:14  US-054  verify ');
  });

  it('a run that is killed does not keep its watchers', async () => {
    await running(records.slice(0, 4));
    const { said, ended } = watching();
    await said('attempt 1');
    await lock?.release();
    const { exit, stderr, stdout } = await ended;
    expect({ exit, stderr }).toEqual({
      exit: 1,
      stderr:
        'error: the run `20260101-000000-abcdef` broke off: its process is gone and did not say how it ended\nhint: `prd run` goes on where it was\n',
    });
    expect(stdout).toContain('0 of 2 stories');
  });

  it('stops at a damaged journal', async () => {
    const say = await running(records.slice(0, 2));
    await say([records[4] as JournalRecord]);
    expect(await watching('--json').ended).toMatchObject({
      exit: 7,
      stdout: expect.stringMatching(/"code":"journal-damaged".*\n$/),
    });
  });

  it('says that nothing runs, and where everything stands', async () => {
    const io = fakeIo({ argv: ['status', '--watch'], cwd: repository.root, env: repository.env });
    expect(await main(io)).toBe(0);
    expect(io.written.stderr).toBe('nothing runs here now; `prd run` starts\n');
    expect(io.written.stdout).toMatch(/^PRD\.json on main at /);
  });

  it('as JSON says nothing about nothing', async () => {
    const io = fakeIo({ argv: ['status', '--watch', '--json'], cwd: repository.root, env: repository.env });
    expect({ exit: await main(io), ...io.written }).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  it('the lock of a dead process is nobody', async () => {
    const dead = { ...thisHolder(systemClock), pid: 2 ** 22 + 1, startTicks: '1' };
    await writeFile(lockFile(), holderText(dead));
    const io = fakeIo({ argv: ['status', '--watch'], cwd: repository.root, env: repository.env });
    expect(await main(io)).toBe(0);
  });
});
