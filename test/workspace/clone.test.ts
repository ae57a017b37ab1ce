import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandSpec, Commands } from '../../src/host/process.ts';
import { readProcess } from '../../src/host/process-table.ts';
import { openTrees } from '../../src/workspace/clone.ts';
import type { Oid, Tree } from '../../src/workspace/workspace.ts';
import { type OpenedRepository, openedRepository, openOn, sandbox } from './opened-repository.ts';

const files = { 'a.ts': 'a\n', 'lib/b.ts': 'b\n', 'run.sh': '#!/bin/sh\necho ran\n' };
const limits = { timeoutMs: 20_000 };

describe('a tree', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  it('holds one commit and no way to another', async () => {
    repo = await openedRepository({ files });
    const second = await repo.commit('Second', { 'b.ts': 'b\n' });
    const solution = await repo.commit('Solution', { 'a.ts': 'the answer\n' });
    const tree = await repo.trees.open(second, 'US-1');
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: tree.dir, env: repo.env, encoding: 'utf8' }).trim();
    expect(git('rev-list', '--all', '--count')).toBe('1');
    expect(git('log', '-1', '--format=%H %s')).toBe(`${second} Second`);
    expect([git('remote'), git('status', '--porcelain'), git('stash', 'list'), git('tag')]).toEqual(['', '', '', '']);
    expect(git('fsck', '--strict', '--full')).toBe('');
    for (const other of [repo.base, solution]) expect(() => git('cat-file', '-e', other)).toThrow();
    expect(await readdir(join(tree.dir, '.git/objects'))).toEqual(['pack']);
    const config = await readFile(join(tree.dir, '.git/config'), 'utf8');
    expect(config).not.toMatch(/remote|url|credential|extraheader|vault/);
    expect(await readdir(join(tree.dir, '.git'))).not.toContain('hooks');
  });

  it('lets the implementer use git as usual', async () => {
    repo = await openedRepository({ files });
    const tree = await repo.trees.open(repo.base, 'US-1');
    const result = await tree.shell(
      'echo x > a.ts && git diff --stat && git commit -qam x && git log --oneline | wc -l',
      limits,
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: { text: expect.stringMatching(/a.ts \| 2 [\s\S]*2\n$/) } });
    expect(await tree.changedFiles()).toEqual(['a.ts']);
  });

  it('has a private home and temp folder beside it, gone with it', async () => {
    repo = await openedRepository({ files });
    const [one, two] = await Promise.all([repo.trees.open(repo.base, 'US-1'), repo.trees.open(repo.base, 'US-1')]);
    const where = async (tree: Tree) =>
      (await tree.shell('touch ~/h "$TMPDIR/t"; echo "$HOME $TMPDIR $PWD"', limits)).stdout.text;
    const [a, b] = [(await where(one)).trim().split(' '), (await where(two)).trim().split(' ')];
    expect(a).toEqual(['home', 'tmp', 'tree'].map((name) => join(dirname(one.dir), name)));
    expect(new Set([...a, ...b]).size).toBe(6);
    await Promise.all([one.remove(), two.remove()]);
    await one.remove();
    expect(await repo.treeNames()).toEqual([]);
  });

  it('is named safely, whatever its label', async () => {
    repo = await openedRepository({ files });
    const labels = ['../../x', '-D', 'CON', 'a\0b', 'x'.repeat(300), '🛒', ''];
    for (const label of labels) await repo.trees.open(repo.base, label);
    const names = await repo.treeNames();
    expect(names).toHaveLength(labels.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,60}$/);
  });

  it('runs commands so that no failure is hidden', async () => {
    repo = await openedRepository({ files });
    const tree = await repo.trees.open(repo.base, 'verify');
    const exit = async (command: string) => (await tree.shell(command, limits)).exitCode;
    expect(await exit('false | cat')).toBe(1);
    expect(await exit('false; echo done')).toBe(1);
    expect(await exit('./run.sh')).toBe(126);
    expect(await exit('-x')).toBe(127);
    expect(await exit('sh run.sh && [[ a == a ]]')).toBe(0);
  });

  it('runs commands in `cwd`, which never leaves the tree', async () => {
    repo = await openedRepository({ files });
    const tree = await repo.trees.open(repo.base, 'verify');
    await symlink('/', join(tree.dir, 'out'));
    await symlink('lib', join(tree.dir, 'in'));
    const run = async (cwd: string) => {
      const { notStarted, stdout } = await tree.shell('pwd', { ...limits, cwd });
      return notStarted ?? stdout.text.trim().slice(tree.dir.length);
    };
    expect(await Promise.all(['lib', './lib/', 'in', '.', tree.dir].map(run))).toEqual([
      '/lib',
      '/lib',
      '/lib',
      '',
      '',
    ]);
    expect(await Promise.all(['..', '/', 'out', 'lib/../..', '../home', 'out/tmp'].map(run))).toEqual(
      Array(6).fill('cwd-outside'),
    );
    expect(await Promise.all(['nope', 'a.ts/x'].map(run))).toEqual(['ENOENT', 'ENOTDIR']);
  });

  it('hands limits, environment and signal to the command', async () => {
    repo = await openedRepository({ files });
    const seen: CommandSpec[] = [];
    const commands: Commands = {
      ...repo.commands,
      run: (spec) => {
        seen.push(spec);
        return repo.commands.run(spec);
      },
    };
    const environment = ({ home }: { home: string }) => ({ PATH: process.env.PATH ?? '', HOME: home, A: '1', B: '2' });
    const trees = openTrees({
      git: repo.prdGit,
      commands,
      vaultDir: repo.vault.dir,
      dir: repo.treesDir,
      environment,
      sandbox,
    });
    const tree = await trees.open(repo.base, 'verify');
    const { signal } = new AbortController();
    await tree.shell('true', { timeoutMs: 5, maxBytes: 7, logDir: join(repo.folder, 'logs'), signal, env: { B: '3' } });
    expect(seen).toMatchObject([
      {
        args: ['-e', '-o', 'pipefail', '-c', '--', 'true'],
        timeoutMs: 5,
        maxBytes: 7,
        env: { A: '1', B: '3' },
        signal,
      },
    ]);
    expect(Object.keys(seen[0]?.env ?? {}).sort()).toEqual(['A', 'B', 'HOME', 'PATH']);
  });

  it('takes a plain shell where there is no bash, and says when there is none', async () => {
    repo = await openedRepository({ files });
    const bin = join(repo.folder, 'bin');
    await mkdir(bin);
    const environment = () => ({ PATH: bin });
    const options = { git: repo.prdGit, commands: repo.commands, vaultDir: repo.vault.dir, dir: repo.treesDir };
    const tree = await openTrees({ ...options, environment, sandbox }).open(repo.base, 'verify');
    expect(await tree.shell('true', limits)).toMatchObject({ exitCode: null, notStarted: 'ENOENT' });
    await symlink('/bin/sh', join(bin, 'sh'));
    expect(await tree.shell('false; echo no', limits)).toMatchObject({ exitCode: 1, stdout: { text: '' } });
  });

  it('knows which tracked files are no longer the commit’s', async () => {
    repo = await openedRepository({
      files: { ...files, 'gone.ts': 'g\n', 'mode.ts': 'm\n', 'link.ts': 'l\n', '.gitignore': 'x\n' },
    });
    const tree = await repo.trees.open(repo.base, 'verify');
    expect(await tree.changedFiles()).toEqual([]);
    await utimes(join(tree.dir, 'lib/b.ts'), 1, 1);
    await writeFile(join(tree.dir, 'untracked.ts'), 'u');
    await writeFile(join(tree.dir, 'x'), 'ignored');
    expect(await tree.changedFiles()).toEqual([]);
    await writeFile(join(tree.dir, 'a.ts'), 'A\n');
    await rm(join(tree.dir, 'gone.ts'));
    await chmod(join(tree.dir, 'mode.ts'), 0o755);
    await rm(join(tree.dir, 'link.ts'));
    await symlink('a.ts', join(tree.dir, 'link.ts'));
    await tree.shell('git update-index --assume-unchanged a.ts && rm -rf .git && git init -q', limits);
    expect(await tree.changedFiles()).toEqual(['a.ts', 'gone.ts', 'link.ts', 'mode.ts']);
  });

  it('has every tracked file, also what `git archive` would leave out', async () => {
    repo = await openedRepository({ files: { '.gitattributes': 'test export-ignore\n', 'test/a.test.ts': 't\n' } });
    const tree = await repo.trees.open(repo.base, 'verify');
    expect(await readFile(join(tree.dir, 'test/a.test.ts'), 'utf8')).toBe('t\n');
  });

  it('is opened many times at once', async () => {
    repo = await openedRepository({ files });
    for (let round = 0; round < 3; round += 1) {
      const trees = await Promise.all(Array.from({ length: 8 }, (_, i) => repo.trees.open(repo.base, `US-${i}`)));
      expect(new Set(trees.map(({ dir }) => dir)).size).toBe(8);
      await Promise.all(trees.map((tree) => tree.remove()));
    }
    expect(await repo.treeNames()).toEqual([]);
  });

  it('leaves no folder behind when it cannot be opened', async () => {
    repo = await openedRepository({ files });
    await expect(repo.trees.open('d'.repeat(40), 'verify')).rejects.toMatchObject({
      problem: { code: 'objects-missing' },
    });
    expect(await repo.treeNames()).toEqual([]);
  });
});

describe('sweep', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  /** As if the process that opened the tree had died. */
  const orphan = (dir: string) => writeFile(join(dirname(dir), 'owner.json'), '{"pid":4194399,"startTicks":"1"}');
  const snapshot = (dir: string, n = 1) =>
    repo.vault.snapshot({ dir, base: repo.base }, `refs/prd/attempts/${n}`, 'Attempt');

  it('removes trees of dead processes and nothing of a living one', async () => {
    repo = await openedRepository({ files });
    const [dead, alive] = [await repo.trees.open(repo.base, 'verify'), await repo.trees.open(repo.base, 'verify')];
    await orphan(dead.dir);
    expect(await repo.trees.sweep()).toBe(1);
    await expect(stat(alive.dir)).resolves.toBeDefined();
    await expect(stat(dead.dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells a recycled process id by its start', async () => {
    repo = await openedRepository({ files });
    const tree = await repo.trees.open(repo.base, 'verify');
    await writeFile(join(dirname(tree.dir), 'owner.json'), `{"pid":${process.pid},"startTicks":"1"}`);
    expect(await repo.trees.sweep()).toBe(1);
  });

  it('never removes work that the vault does not have', async () => {
    repo = await openedRepository({ files });
    const works = await Promise.all([1, 2, 3, 4].map(() => repo.workspace()));
    const [untouched, unsaved, saved, savedThenEdited] = works.map(({ dir }) => dir) as [
      string,
      string,
      string,
      string,
    ];
    for (const dir of [unsaved, saved, savedThenEdited]) await writeFile(join(dir, 'a.ts'), `${dir}\n`);
    await snapshot(saved, 1);
    await snapshot(savedThenEdited, 2);
    await writeFile(join(savedThenEdited, 'new.ts'), 'later\n');
    for (const dir of [untouched, unsaved, saved, savedThenEdited]) await orphan(dir);
    expect(await repo.trees.sweep()).toBe(2);
    expect(await repo.treeNames()).toEqual([unsaved, savedThenEdited].map(nameOf).sort());
    await snapshot(unsaved, 3);
    await snapshot(savedThenEdited, 4);
    expect(await repo.trees.sweep()).toBe(2);
    expect((await repo.vault.refs('refs/prd/attempts/')).size).toBe(4);
  });

  it('keeps what it cannot judge', async () => {
    repo = await openedRepository({ files });
    const work = await repo.workspace();
    await orphan(work.dir);
    await truncate(join(dirname(work.dir), 'stored'), 10);
    await mkdir(join(repo.treesDir, 'young/tree'), { recursive: true });
    await mkdir(join(repo.treesDir, 'damaged'));
    await writeFile(join(repo.treesDir, 'damaged/owner.json'), 'garbage');
    await mkdir(join(repo.treesDir, 'cut-short/tree'), { recursive: true });
    const anHourAgo = Date.now() / 1_000 - 3_600;
    await utimes(join(repo.treesDir, 'cut-short'), anHourAgo, anHourAgo);
    expect(await repo.trees.sweep()).toBe(1);
    expect(await repo.treeNames()).toEqual([nameOf(work.dir), 'damaged', 'young'].sort());
  });

  it('removes at once what a removal left that was cut off before its last step', async () => {
    repo = await openedRepository({ files });
    await mkdir(join(repo.treesDir, 'us-1-1-00000001'), { recursive: true });
    expect(await repo.trees.sweep()).toBe(1);
    expect(await repo.treeNames()).toEqual([]);
  });

  it('removes what a killed maker left before it said whose it is, and nothing of a living one', async () => {
    repo = await openedRepository({ files });
    const ours = `making-${process.pid}-${readProcess(process.pid)?.startTicks}-00000001`;
    for (const name of [ours, 'making-4194399-1-00000002']) await mkdir(join(repo.treesDir, name), { recursive: true });
    const anHourAgo = Date.now() / 1_000 - 3_600;
    await utimes(join(repo.treesDir, ours), anHourAgo, anHourAgo);
    expect(await repo.trees.sweep()).toBe(1);
    expect(await readdir(repo.treesDir)).toEqual([ours]);
  });

  it('removes a workspace whose removal was cut off, though it no longer holds what the vault has', async () => {
    repo = await openedRepository({ files });
    const work = await repo.workspace();
    await orphan(work.dir);
    await rm(join(dirname(work.dir), 'stored'));
    await rm(join(work.dir, 'a.ts'));
    expect(await repo.trees.sweep()).toBe(1);
    expect(await repo.treeNames()).toEqual([]);
  });

  it('removes a workspace whose maker was killed while it noted what the vault has of it', async () => {
    repo = await openedRepository({ files });
    const work = await repo.workspace();
    await orphan(work.dir);
    await truncate(join(dirname(work.dir), 'stored'), 0);
    expect(await repo.trees.sweep()).toBe(1);
  });

  it('has nothing to do before the first tree', async () => {
    repo = await openedRepository({ files });
    expect(await (await openOn(repo)).trees.sweep()).toBe(0);
  });

  const nameOf = (dir: string) => dirname(dir).slice(repo.treesDir.length + 1);
});

describe('a workspace', () => {
  it('goes on from an earlier snapshot and still counts from its base', async () => {
    const repo = await openedRepository({ files });
    const from: Oid = await repo.candidate({ 'a.ts': 'half done\n' });
    const work = await repo.workspace({ from });
    expect([work.commit, work.base]).toEqual([from, repo.base]);
    expect(await readFile(join(work.dir, 'a.ts'), 'utf8')).toBe('half done\n');
    await repo.cleanup();
  });
});
