import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';
import { readProcess } from '../../src/host/process-table.ts';
import { acquireLock } from '../../src/journal/lock.ts';
import { holderState, holderText, type LockHolder, parseHolder, thisHolder } from '../../src/journal/lock-holder.ts';
import { startHost } from '../host/host-process.ts';
import { napper, until } from '../host/shell.ts';
import { tempFolder } from '../host/temp-folder.ts';

const self = () => thisHolder(systemClock);
const lockFile = () => join(tempFolder(), 'prd.lock');
const acquire = (file: string, holder = self()) => acquireLock(file, systemClock, holder);

function written(file: string, holder: LockHolder): string {
  writeFileSync(file, holderText(holder));
  return file;
}

/** A pid that certainly belongs to nobody. */
function deadPid(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
}

async function problemOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'acquired',
    (error) => error.problem,
  );
}

const held = (file: string, { pid, since, host }: LockHolder, state = 'running') => ({
  code: 'locked',
  file,
  holder: { pid, since, host, state },
});

describe('a lock that nobody has', () => {
  it('names its holder for everybody to see', async () => {
    const file = lockFile();
    const holder = self();
    await acquire(file, holder);
    expect(parseHolder(readFileSync(file, 'utf8'))).toEqual(holder);
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(file, '..'))).toEqual(['prd.lock']);
  });

  it('is gone after the release, and releasing twice is harmless', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    await Promise.all([lock.release(), lock.release()]);
    await lock.release();
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('can be had again after a release', async () => {
    const file = lockFile();
    await (await acquire(file)).release();
    await (await acquire(file)).release();
  });

  it('in a folder that is not there is a problem of the disk', async () => {
    const file = join(tempFolder(), 'no', 'prd.lock');
    expect(await problemOf(acquire(file))).toMatchObject({ code: 'disk', operation: 'create', errno: 'ENOENT' });
  });
});

describe('a lock that somebody has', () => {
  it('is refused with the holder, and nothing is left of the attempt', async () => {
    const file = lockFile();
    const holder = self();
    await acquire(file, holder);
    expect(await problemOf(acquire(file))).toEqual(held(file, holder));
    expect(readdirSync(join(file, '..'))).toEqual(['prd.lock']);
  });

  it('is refused while the holder is stopped, and says that it is', async () => {
    const { nap } = napper();
    const child = spawn(nap, ['60'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    await until(() => readProcess(pid) !== null);
    child.kill('SIGSTOP');
    await until(() => readProcess(pid)?.state === 'T');
    const holder = { ...self(), pid, startTicks: readProcess(pid)?.startTicks ?? '' };
    const file = written(lockFile(), holder);
    expect(await problemOf(acquire(file))).toEqual(held(file, holder, 'stopped'));
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is not released by another', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    const other = self();
    written(file, other);
    await lock.release();
    expect(parseHolder(readFileSync(file, 'utf8'))).toEqual(other);
  });
});

describe('what became of a holder', () => {
  const here = self();
  it.each<[string, Partial<LockHolder>, string]>([
    ['this very process', {}, 'running'],
    ['a process that is gone', { pid: deadPid() }, 'dead'],
    ['a recycled pid', { startTicks: '1' }, 'dead'],
    ['before the last boot', { bootId: randomUUID() }, 'dead'],
    ['before the last boot, on a machine without start times', { bootId: randomUUID(), startTicks: null }, 'dead'],
    ['a living pid without a start time', { startTicks: null }, 'running'],
    ['another machine', { host: 'elsewhere', bootId: randomUUID(), pid: deadPid() }, 'running'],
    ['another container of this machine', { host: 'elsewhere', pidSpace: 'pid:[1]', pid: deadPid() }, 'running'],
    ['this machine under an older name', { host: 'older-name', pid: deadPid() }, 'dead'],
  ])('%s', (_, facts, state) => {
    expect(holderState({ ...here, ...facts }, here)).toBe(state);
  });
});

describe('the lock of a dead holder', () => {
  const dead = () => ({ ...self(), pid: deadPid() });

  it('is taken over', async () => {
    const file = written(lockFile(), dead());
    const holder = self();
    await acquire(file, holder);
    expect(parseHolder(readFileSync(file, 'utf8'))).toEqual(holder);
    expect(readdirSync(join(file, '..'))).toEqual(['prd.lock']);
  });

  it('is taken over by exactly one of 24 in one process', async () => {
    const file = written(lockFile(), dead());
    const outcomes = await Promise.all(Array.from({ length: 24 }, () => problemOf(acquire(file))));
    expect(outcomes.filter((outcome) => outcome === 'acquired')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome !== 'acquired')).toEqual(
      Array.from({ length: 23 }, () => expect.objectContaining({ code: 'locked' })),
    );
  });

  it.each([1, 2, 3])('is taken over when %i successors died before they were done', async (count) => {
    const chain = Array.from({ length: count + 1 }, dead);
    const file = written(lockFile(), chain[0] ?? dead());
    for (const [index, successor] of chain.slice(1).entries())
      written(`${file}.after-${chain[index]?.token}`, successor);
    const holder = self();
    await acquire(file, holder);
    expect(parseHolder(readFileSync(file, 'utf8'))).toEqual(holder);
    expect(readdirSync(join(file, '..'))).toEqual(['prd.lock']);
  });

  it('is left to a successor that lives', async () => {
    const [gone, successor] = [dead(), self()];
    const file = written(lockFile(), gone);
    written(`${file}.after-${gone.token}`, successor);
    expect(await problemOf(acquire(file))).toEqual(held(file, successor));
    expect(parseHolder(readFileSync(file, 'utf8'))).toEqual(gone);
  });

  it('is taken over from under drafts that dead processes left, which are cleared away', async () => {
    const file = written(lockFile(), dead());
    written(`${file}.${randomUUID()}`, dead());
    const living = `${file}.${randomUUID()}`;
    written(living, self());
    await acquire(file);
    expect(readdirSync(join(file, '..')).sort()).toEqual(['prd.lock', basename(living)].sort());
  });
});

describe('a lock that cannot be read', () => {
  it.each<[string, (file: string) => void]>([
    ['garbage', (file) => writeFileSync(file, 'garbage')],
    ['nothing', (file) => writeFileSync(file, '')],
    ['half a holder', (file) => writeFileSync(file, holderText(self()).slice(0, 40))],
    ['another version', (file) => writeFileSync(file, holderText(self()).replace('"v":1', '"v":2'))],
    ['a link', (file) => symlinkSync('/no/such', file)],
    ['a folder', (file) => mkdirSync(file)],
  ])('is never taken for no lock: %s', async (_, arrange) => {
    const file = lockFile();
    arrange(file);
    expect(await problemOf(acquire(file))).toEqual({ code: 'lock-unreadable', file });
    expect(readdirSync(join(file, '..'))).toEqual(['prd.lock']);
  });

  it('beside the lock does no harm', async () => {
    const file = lockFile();
    writeFileSync(`${file}.${randomUUID()}`, 'garbage');
    mkdirSync(`${file}.${randomUUID()}`);
    writeFileSync(`${file}.backup`, 'not ours');
    await acquire(file);
    expect(existsSync(`${file}.backup`)).toBe(true);
  });
});

describe('24 contenders in four processes', () => {
  const contender = `
    import { acquireLock } from '#src/journal/lock.ts';
    import { systemClock } from '#src/host/clock.ts';
    const file = process.argv[2];
    const attempts = Array.from({ length: 6 }, () => acquireLock(file, systemClock).then(() => 1, () => 0));
    const won = (await Promise.all(attempts)).reduce((sum, one) => sum + one, 0);
    console.log('won ' + won);
    setInterval(() => {}, 1000);
  `;

  it.each<[string, (file: string) => void]>([
    ['nobody has the lock', () => {}],
    ['its holder is dead', (file) => written(file, { ...self(), pid: deadPid() })],
  ])('have one winner when %s', async (_, arrange) => {
    const file = lockFile();
    arrange(file);
    const hosts = await Promise.all([1, 2, 3, 4].map(() => startHost(contender, file)));
    await Promise.all(hosts.map(({ line }) => Promise.any([line('won 0'), line('won 1')])));
    const [winner, ...more] = hosts.filter(({ printed }) => printed() === 'won 1\n');
    expect(more).toEqual([]);
    expect(parseHolder(readFileSync(file, 'utf8'))?.pid).toBe(winner?.child.pid);
  });

  it('get the lock one after the other when each dies with it', async () => {
    const file = lockFile();
    for (let round = 0; round < 3; round += 1) {
      const { child, line, ended } = await startHost(contender, file);
      await line('won 1');
      child.kill('SIGKILL');
      await ended;
    }
  });
});
