import { spawn } from 'node:child_process';
import { copyFile, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readProcess } from '../../src/host/process-table.ts';
import type { Oid } from '../../src/workspace/workspace.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

/** Lock of a `prd` that is no more. */
const deadLock = 'prd 4194399 1\n';

describe('recoverFollow', () => {
  let repo: OpenedRepository;
  let to: Oid;

  afterEach(() => repo.cleanup());

  describe('after a small fast-forward was cut off', () => {
    const old = { 'a.ts': 'old a\n', 'b.ts': 'old b\n', 'gone.ts': 'g\n', 'dir/x.ts': 'x\n', 'same.ts': 's\n' };
    const changes = {
      'a.ts': 'new content of a\n',
      'b.ts': 'new b\n',
      'gone.ts': null,
      'added/d.ts': 'a whole new file\n',
    };
    const whole = { 'a.ts': 'new content of a\n', 'b.ts': 'new b\n', 'added/d.ts': 'a whole new file\n' };

    async function landed(): Promise<void> {
      repo = await openedRepository({ files: old });
      to = await repo.candidate(changes);
      expect(await repo.checkout.moveBranch('main', repo.base, to)).toBe('moved');
    }

    const states: [string, Record<string, string | null>][] = [
      ['before it began', {}],
      ['in the middle', { 'a.ts': 'new content of a\n', 'gone.ts': null }],
      ['in the middle of a file', { 'a.ts': 'new cont' }],
      ['in the middle of a new file', { 'a.ts': 'new content of a\n', 'added/d.ts': 'a wh' }],
      ['between removing and writing', { 'a.ts': null, 'b.ts': '' }],
      ['at its very end', { ...whole, 'gone.ts': null }],
    ];

    it.each(states)('%s, it is finished', async (_, state) => {
      await landed();
      await repo.write(state);
      await writeFile(gitFile('index.lock'), deadLock);
      await copyFile(gitFile('index'), gitFile('prd-index-x'));
      await writeFile(gitFile('prd-index-x.lock'), 'half');
      expect(await recover()).toEqual({ kind: 'clean' });
      expect(await repo.git('status', '--porcelain')).toBe('');
      for (const [path, text] of Object.entries(whole)) expect(await repo.read(path)).toBe(text);
      expect(await leftovers()).toEqual([]);
      expect(await recover()).toEqual({ kind: 'clean' });
    });

    it('keeps edits of the user, names them, and finishes the rest', async () => {
      await landed();
      await repo.write({
        'a.ts': 'new content of a\n',
        'b.ts': 'my edit\n',
        'gone.ts': 'my edit\n',
        'added/d.ts': 'mine\n',
      });
      await writeFile(gitFile('index.lock'), deadLock);
      expect(await recover()).toEqual({ kind: 'kept-edits', paths: ['added/d.ts', 'b.ts', 'gone.ts'] });
      expect(await repo.git('status', '--porcelain')).toBe(' M added/d.ts\n M b.ts\n?? gone.ts');
      expect([await repo.read('b.ts'), await repo.read('gone.ts'), await repo.read('added/d.ts')]).toEqual([
        'my edit\n',
        'my edit\n',
        'mine\n',
      ]);
    });

    it('keeps edits of other files without a word', async () => {
      await landed();
      await repo.write({ 'same.ts': 'mine\n', 'own.ts': 'mine\n' });
      await repo.git('add', 'same.ts');
      expect(await recover()).toEqual({ kind: 'clean' });
      expect(await repo.git('status', '--porcelain')).toBe('M  same.ts\n?? own.ts');
    });

    it('keeps what the user staged meanwhile', async () => {
      await landed();
      await repo.write({ 'b.ts': 'staged meanwhile\n' });
      await repo.git('add', 'b.ts');
      await repo.write({ 'b.ts': 'old b\n' });
      expect(await recover()).toEqual({ kind: 'kept-edits', paths: ['b.ts'] });
      expect(await repo.git('show', ':b.ts')).toBe('staged meanwhile');
      expect(await repo.git('status', '--porcelain')).toBe('MM b.ts');
      expect([await repo.read('a.ts'), await repo.read('b.ts')]).toEqual(['new content of a\n', 'old b\n']);
    });

    it('keeps an ignored file in the way of a new one', async () => {
      repo = await openedRepository({ files: { ...old, '.gitignore': '*.secret\n' } });
      to = await repo.candidate({ 'n.secret': 'n\n', 'a.ts': 'A\n' });
      await repo.checkout.moveBranch('main', repo.base, to);
      await repo.write({ 'n.secret': 'mine\n' });
      expect(await recover()).toEqual({ kind: 'kept-edits', paths: ['n.secret'] });
      expect([await repo.read('n.secret'), await repo.read('a.ts')]).toEqual(['mine\n', 'A\n']);
    });

    it('finishes links', async () => {
      repo = await openedRepository({ files: old });
      const blob = (await repo.vault.blobs(repo.base, ['same.ts'])).get('same.ts')?.blob ?? '';
      const edits = [{ path: 'a.ts', kind: 'blob', blob, mode: '120000' }] as const;
      to = await repo.vault.commit({ tree: repo.base, edits, parents: [repo.base], message: 'Link' });
      await repo.checkout.moveBranch('main', repo.base, to);
      await rm(join(repo.root, 'a.ts'));
      await symlink('s\n', join(repo.root, 'a.ts'));
      expect(await recover()).toEqual({ kind: 'clean' });
      expect(await repo.git('status', '--porcelain')).toBe('');
    });

    it('leaves a lock of git alone and says what is open', async () => {
      await landed();
      await writeFile(gitFile('index.lock'), '');
      expect(await recover()).toMatchObject({ kind: 'kept-edits', paths: ['a.ts', 'added/d.ts', 'b.ts', 'gone.ts'] });
      expect(await leftovers()).toEqual(['index.lock']);
      expect(await repo.read('a.ts')).toBe('old a\n');
    });

    it('is refused while another `prd` does it', async () => {
      await landed();
      await writeFile(gitFile('index.lock'), `prd ${process.pid} ${readProcess(process.pid)?.startTicks}\n`);
      const holder = { pid: process.pid, state: 'running' };
      await expect(recover()).rejects.toMatchObject({ problem: { code: 'locked', holder } });
      expect(await leftovers()).toEqual(['index.lock']);
    });

    it('does nothing when the branch did not move, or moved on', async () => {
      repo = await openedRepository({ files: old });
      to = await repo.candidate(changes);
      expect(await recover()).toEqual({ kind: 'clean' });
      expect(await repo.git('status', '--porcelain')).toBe('');
      await repo.commit('By hand', { 'b.ts': 'by hand\n' });
      expect(await recover()).toEqual({ kind: 'clean' });
      expect(await repo.read('b.ts')).toBe('by hand\n');
    });
  });

  describe('after a fast-forward of 1,500 files was killed', () => {
    const names = Array.from({ length: 1_500 }, (_, i) => `d${i % 30}/f${i}.txt`);

    it('is clean at the new commit each time, and an edit made meanwhile survives', async () => {
      repo = await openedRepository({ files: Object.fromEntries(names.map((name) => [name, `old ${name}\n`])) });
      const work = await repo.workspace();
      await Promise.all(names.map((name) => writeFile(join(work.dir, name), `new ${name}\n`.repeat(10))));
      const { commit } = await repo.vault.snapshot({ dir: work.dir, base: repo.base }, 'refs/prd/attempts/1', 'All');
      to = commit ?? '';
      expect(await repo.checkout.moveBranch('main', repo.base, to)).toBe('moved');
      const mixed: boolean[] = [];
      for (const killAfterMs of [10, 30, 60]) {
        await repo.git('reset', '-q', '--hard', repo.base);
        await repo.git('update-ref', 'refs/heads/main', to);
        await killReadTree(killAfterMs);
        mixed.push((await repo.git('diff-index', '--name-only', repo.base)) !== '');
        const edited = names[killAfterMs] ?? '';
        await writeFile(join(repo.root, edited), 'my edit\n');
        expect(await recover()).toEqual({ kind: 'kept-edits', paths: [edited] });
        expect(await repo.read(edited)).toBe('my edit\n');
        expect(await repo.git('status', '--porcelain')).toBe(` M ${edited}`);
        expect(await leftovers()).toEqual([]);
      }
      // The test means something only if kills hit the middle.
      expect(mixed).toContain(true);
    });
  });

  const recover = () => repo.checkout.recoverFollow('main', repo.base, to);
  const gitFile = (name: string) => join(repo.root, '.git', name);

  /** What `follow` starts, killed together with its `prd`. */
  async function killReadTree(afterMs: number): Promise<void> {
    await writeFile(gitFile('index.lock'), deadLock);
    await copyFile(gitFile('index'), gitFile('prd-index-killed'));
    const [seconds] = [Math.floor(Date.now() / 1_000) - 5];
    await utimes(gitFile('prd-index-killed'), seconds, seconds);
    const env = { ...repo.env, GIT_INDEX_FILE: gitFile('prd-index-killed') };
    const child = spawn('git', ['read-tree', '-m', '-u', repo.base, to], { cwd: repo.root, env });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await delay(afterMs);
    child.kill('SIGKILL');
    await ended;
  }

  async function leftovers(): Promise<string[]> {
    const names = await readdir(join(repo.root, '.git'));
    return names.filter((name) => name === 'index.lock' || name.startsWith('prd-'));
  }
});

describe('a lock of ours', () => {
  it('names its holder', async () => {
    const repo = await openedRepository({ files: { 'a.ts': 'a\n', '.gitattributes': 'a.ts filter=peek\n' } });
    const seen = join(repo.folder, 'seen');
    await repo.git(
      'config',
      '--global',
      'filter.peek.smudge',
      `cat ${join(repo.root, '.git/index.lock')} > ${seen}; cat`,
    );
    const to = await repo.candidate({ 'a.ts': 'A\n' });
    await repo.checkout.moveBranch('main', repo.base, to);
    expect(await repo.checkout.follow('main', repo.base, to)).toBe('followed');
    expect(await readFile(seen, 'utf8')).toBe(`prd ${process.pid} ${readProcess(process.pid)?.startTicks}\n`);
    await repo.cleanup();
  });
});
