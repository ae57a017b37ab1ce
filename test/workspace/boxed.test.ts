import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTrees } from '../../src/workspace/clone.ts';
import { openSetup } from '../../src/workspace/setup.ts';
import type { Setup, Trees } from '../../src/workspace/workspace.ts';
import { boxWith, inBox, noBox } from '../host/here.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

/** A stand-in for npm that leaves something in its cache and in the tree. */
const fakeNpm = `#!/bin/sh
[ "$1" = --version ] && exit
echo downloaded > "$npm_config_cache/package" && mkdir -p node_modules/x && cp "$npm_config_cache/package" node_modules/x/
touch "$HOME/../../../planted" "${'$'}{npm_config_cache%/*}/.npmrc" 2>/dev/null || true
`;

describe.skipIf(noBox !== null)(inBox, () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  async function open(): Promise<{ home: string; trees: Trees; setup: Setup }> {
    repo = await openedRepository({ files: { 'package.json': '{}', 'a.ts': 'a\n' } });
    const home = repo.env.HOME ?? '';
    const bin = join(home, 'tools/bin');
    await mkdir(join(home, 'tools/lib'), { recursive: true });
    await mkdir(bin);
    await writeFile(join(bin, 'npm'), fakeNpm, { mode: 0o755 });
    const path = `${bin}:${repo.env.PATH}`;
    const env = { ...repo.env, PATH: path };
    const box = await boxWith({ env, masked: [home, repo.root, repo.stateDir] });
    const environment = ({ home, tmp }: { home: string; tmp: string }) => ({ PATH: path, HOME: home, TMPDIR: tmp });
    const { prdGit: git, vault, commands, treesDir: dir } = repo;
    const trees = openTrees({ git, commands, vaultDir: vault.dir, dir, environment, sandbox: async () => box });
    const cacheDir = join(repo.folder, 'cache');
    const setup = openSetup({ git, trees, vault, commands, cacheDir, config: { setup: ['npm ci'] }, env });
    return { home, trees, setup };
  }

  const limits = { timeoutMs: 20_000 };

  it('setup fills the cache of its package manager, made if it is missing, and nothing else of the home', async () => {
    const { home, setup } = await open();
    await setup.prepare(repo.base);
    expect(await readFile(join(home, '.npm/package'), 'utf8')).toBe('downloaded\n');
    expect((await readdir(home)).sort()).toEqual(['.gitconfig', '.npm', 'tools']);
    expect(await readdir(repo.folder)).not.toContain('planted');
  });

  it('what setup prepared is there as a copy; the cache is not', async () => {
    const { home, trees, setup } = await open();
    const prepared = await setup.prepare(repo.base);
    const tree = await trees.open(repo.base, 'verify', { setup: prepared });
    const look = `cat node_modules/x/package; echo changed > node_modules/x/package; ls ${home}/.npm ${prepared.dir} || echo gone`;
    expect((await tree.shell(look, limits)).stdout.text).toBe('downloaded\ngone\n');
    expect(await readFile(join(prepared.dir ?? '', 'node_modules/x/package'), 'utf8')).toBe('downloaded\n');
    const next = await trees.open(repo.base, 'verify', { setup: prepared });
    expect((await next.shell('cat node_modules/x/package', limits)).stdout.text).toBe('downloaded\n');
  });

  it('a command finds its toolchain in the home, and cannot change it', async () => {
    const { home, trees } = await open();
    const tree = await trees.open(repo.base, 'verify');
    const { stdout } = await tree.shell(`command -v npm; echo x >> ${home}/tools/bin/npm || echo kept`, limits);
    expect(stdout.text).toBe(`${home}/tools/bin/npm\nkept\n`);
  });

  it('home and temporary files of a tree stay from one command to the next, and are no other tree’s', async () => {
    const { trees } = await open();
    const [one, two] = [await trees.open(repo.base, 'a'), await trees.open(repo.base, 'b')];
    await one.shell('echo 1 > ~/x; echo 2 > $TMPDIR/y; echo 3 > /tmp/z', limits);
    expect((await one.shell('cat ~/x $TMPDIR/y; ls /tmp/z || echo none', limits)).stdout.text).toBe('1\n2\nnone\n');
    expect((await two.shell(`cat ${one.dir}/a.ts ${one.dir}/../home/x || echo none`, limits)).stdout.text).toBe(
      'none\n',
    );
  });
});
