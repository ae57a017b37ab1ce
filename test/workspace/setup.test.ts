import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTrees } from '../../src/workspace/clone.ts';
import { openSetup } from '../../src/workspace/setup.ts';
import type { Setup, SetupStep } from '../../src/workspace/workspace.ts';
import type { Files } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository, sandbox } from './opened-repository.ts';

/** A stand-in for a package manager: these tests are about files, not about the network. */
const fakePip = '#!/bin/sh\n[ "$1" = --version ] || { mkdir -p dep && echo made > dep/x && echo made > dep/y; }\n';
const install = 'pip install -r requirements.txt';

describe('setup', () => {
  let repo: OpenedRepository;
  let cacheDir: string;

  afterEach(() => repo.cleanup());

  async function open(files: Files, commands: readonly string[] | null): Promise<Setup> {
    repo = await openedRepository({ files });
    cacheDir = join(repo.folder, 'cache');
    await mkdir(join(repo.folder, 'bin'));
    await writeFile(join(repo.folder, 'bin/pip'), fakePip, { mode: 0o755 });
    return setupWith(commands);
  }

  function setupWith(setup: readonly string[] | null): Setup {
    const path = `${join(repo.folder, 'bin')}:${repo.env.PATH}`;
    const { prdGit: git, vault, commands } = repo;
    const environment = ({ home, tmp }: { home: string; tmp: string }) => ({ PATH: path, HOME: home, TMPDIR: tmp });
    const trees = openTrees({ git, commands, vaultDir: vault.dir, dir: repo.treesDir, environment, sandbox });
    return openSetup({ git, trees, vault, commands, cacheDir, config: { setup }, env: { ...repo.env, PATH: path } });
  }

  it('has nothing to do where nothing is pinned, and starts nothing', async () => {
    const setup = await open({ 'package.json': '{"dependencies": {"x": "1"}}' }, null);
    expect(await setup.steps(repo.base)).toEqual([]);
    expect(await setup.prepare(repo.base)).toEqual({ digest: expect.any(String), steps: [], dir: null });
    await expect(stat(cacheDir)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(repo.folder)).not.toContain('trees');
  });

  it('shows its steps without running them', async () => {
    const setup = await open({ 'a.ts': 'a' }, ['touch "$HOME/ran"', 'false']);
    expect(await setup.steps(repo.base)).toEqual([
      { command: 'touch "$HOME/ran"', because: 'setup in prd.config.json' },
      { command: 'false', because: 'setup in prd.config.json' },
    ]);
    expect(await readdir(repo.folder)).not.toContain('trees');
  });

  it('keeps what it produced, tracked files left out, and gives a copy to every tree', async () => {
    const command =
      'mkdir -p dep/bin web/node_modules && echo echo 1 > dep/bin/x && ln -s bin/x dep/l && chmod +x dep/bin/x && echo 2 > web/node_modules/y && echo 3 > one.txt && echo changed > a.ts';
    const setup = await open({ 'a.ts': 'a\n', 'web/w.ts': 'w\n', '.gitignore': 'dep/\nnode_modules/\n' }, [command]);
    const result = await setup.prepare(repo.base);
    expect((await readdir(result.dir ?? '')).sort()).toEqual(['dep', 'one.txt', 'web']);
    expect(await repo.treeNames()).toEqual([]);

    const [one, two] = await Promise.all(
      ['v1', 'v2'].map((label) => repo.trees.open(repo.base, label, { setup: result })),
    );
    expect(
      await one?.shell('dep/l; cat web/node_modules/y one.txt a.ts; git status --porcelain', {
        timeoutMs: 5_000,
      }),
    ).toMatchObject({
      stdout: { text: '1\n2\n3\na\n?? one.txt\n' },
    });
    await writeFile(join(one?.dir ?? '', 'dep/bin/x'), 'evil');
    expect(await readFile(join(two?.dir ?? '', 'dep/bin/x'), 'utf8')).toBe('echo 1\n');
    expect(await readFile(join(result.dir ?? '', 'dep/bin/x'), 'utf8')).toBe('echo 1\n');
    expect(await two?.changedFiles()).toEqual([]);
  });

  it('is not in a snapshot, ignored or not', async () => {
    const setup = await open({ 'a.ts': 'a\n' }, ['mkdir -p dep && echo 1 > dep/x && echo 2 > one.txt']);
    const prepared = await setup.prepare(repo.base);
    const tree = await repo.trees.open(repo.base, 'US-1', { setup: prepared });
    await writeFile(join(tree.dir, 'new.ts'), 'n');
    await writeFile(join(tree.dir, 'dep/x'), 'planted');
    const { changes } = await repo.vault.snapshot({ dir: tree.dir, base: repo.base }, 'refs/prd/attempts/1', 'x');
    expect(changes.map(({ path }) => path)).toEqual(['new.ts']);
  });

  it('runs once for many commits with the same inputs, also when asked at the same time', async () => {
    const setup = await open({ 'requirements.txt': 'y\n', 'a.ts': 'a\n' }, [install]);
    const other = await repo.candidate({ 'a.ts': 'A\n' });
    const changed = await repo.candidate({ 'requirements.txt': 'z\n' });
    const started: SetupStep[] = [];
    const onStart = (step: SetupStep) => started.push(step);
    const [one, two] = await Promise.all([setup.prepare(repo.base, { onStart }), setup.prepare(other, { onStart })]);
    const again = await setupWith([install]).prepare(repo.base, { onStart });
    expect(new Set([one, two, again].map(({ digest }) => digest)).size).toBe(1);
    expect(again.dir).toBe(one.dir);
    expect(started).toHaveLength(1);
    expect((await setup.prepare(changed, { onStart })).digest).not.toBe(one.digest);
    expect(started).toHaveLength(2);
  });

  it('makes a Python environment work where it is copied to', async () => {
    const script = 'echo "#!$PWD/.venv/bin/python" > .venv/bin/tool && echo "$PWD/src" > .venv/own.pth';
    const setup = await open({ 'requirements.txt': '\n' }, ['python3 -m venv --without-pip .venv', script]);
    const tree = await repo.trees.open(repo.base, 'v', { setup: await setup.prepare(repo.base) });
    const look = '. .venv/bin/activate && echo "$VIRTUAL_ENV" && cat .venv/bin/tool .venv/own.pth';
    const { stdout } = await tree.shell(look, { timeoutMs: 20_000 });
    const own = await realpath(tree.dir);
    expect(stdout.text).toBe(`${own}/.venv\n#!${own}/.venv/bin/python\n${own}/src\n`);
  });

  it('takes what the commit tracks over what setup produced', async () => {
    const setup = await open({ 'requirements.txt': '\n' }, [install]);
    const result = await setup.prepare(repo.base);
    const commit = await repo.candidate({ 'dep/x': 'tracked\n' });
    const tree = await repo.trees.open(commit, 'v', { setup: result });
    expect(await readFile(join(tree.dir, 'dep/x'), 'utf8')).toBe('tracked\n');
    expect(await readFile(join(tree.dir, 'dep/y'), 'utf8')).toBe('made\n');
    expect(await tree.changedFiles()).toEqual([]);
  });

  it('remembers that there was nothing to keep', async () => {
    const setup = await open({ 'a.ts': 'a\n' }, ['true']);
    const started: SetupStep[] = [];
    const prepare = () => setup.prepare(repo.base, { onStart: (step) => started.push(step) });
    expect([(await prepare()).dir, (await prepare()).dir]).toEqual([null, null]);
    expect(started).toHaveLength(1);
  });

  it('says which command failed, with the end of its output and the whole log', async () => {
    const setup = await open({ 'a.ts': 'a\n' }, [
      'true',
      'echo first; seq 2000; echo "no such package" >&2; exit 3',
      'true',
    ]);
    const started: string[] = [];
    const failing = setup.prepare(repo.base, { onStart: ({ command }) => started.push(command) });
    const problem = await failing.then(
      () => null,
      (error) => error.problem,
    );
    expect(problem).toMatchObject({
      code: 'setup-failed',
      exitCode: 3,
      tail: expect.stringMatching(/no such package$/),
    });
    expect(problem.tail.length).toBeLessThan(2_100);
    expect(await readFile(problem.log, 'utf8')).toContain('no such package');
    expect(started).toHaveLength(2);
    expect(await repo.treeNames()).toEqual([]);
    await expect(setup.prepare(repo.base)).rejects.toMatchObject({ problem: { code: 'setup-failed' } });
  });

  it('says that a program is missing', async () => {
    const setup = await open({ 'a.ts': 'a\n' }, ['no-such-package-manager install']);
    await expect(setup.prepare(repo.base)).rejects.toMatchObject({ problem: { code: 'setup-failed', exitCode: 127 } });
  });

  it('lets an abort through', async () => {
    const setup = await open({ 'a.ts': 'a\n' }, ['sleep 30']);
    const abort = new AbortController();
    const stopping = setup.prepare(repo.base, { signal: abort.signal, onStart: () => abort.abort() });
    await expect(stopping).rejects.toMatchObject({ name: 'AbortError' });
    expect(await repo.treeNames()).toEqual([]);
  });

  it('installs what npm pins, scripts included', async () => {
    const files = {
      'package.json': '{"name": "shop", "version": "1.0.0", "dependencies": {"dep": "file:./dep"}}',
      'dep/package.json': '{"name": "dep", "version": "1.0.0", "main": "i.js"}',
      'dep/i.js': 'module.exports = 42;\n',
      'package-lock.json': JSON.stringify({
        name: 'shop',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'shop', version: '1.0.0', dependencies: { dep: 'file:./dep' } },
          dep: { version: '1.0.0' },
          'node_modules/dep': { resolved: 'dep', link: true },
        },
      }),
    };
    const setup = await open(files, null);
    const result = await setup.prepare(repo.base);
    expect(result).toMatchObject({ steps: [{ command: 'npm ci --no-audit --no-fund', because: 'package-lock.json' }] });
    const tree = await repo.trees.open(repo.base, 'v', { setup: result });
    expect(await tree.shell(`node -p "require('dep')"`, { timeoutMs: 20_000 })).toMatchObject({
      stdout: { text: '42\n' },
    });
    expect(await readdir(join(repo.folder, 'home'))).toContain('.npm');
    await rm(tree.dir, { recursive: true });
  });
});
