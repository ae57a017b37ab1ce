import { execFileSync } from 'node:child_process';
import { chown, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import { openGit } from '../../src/workspace/git.ts';
import { findRepository } from '../../src/workspace/repository.ts';
import { gitIn, type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';

describe('findRepository', () => {
  let repo: TemporaryRepository;

  afterEach(() => repo.cleanup());

  const find = async (folder = repo.root, env = repo.env) => findRepository(await openGit(openCommands(), env), folder);

  it('finds the root, the branch and the head', async () => {
    repo = await temporaryRepository({ branch: 'trunk' });
    expect(await find()).toEqual({
      root: repo.root,
      gitDir: join(repo.root, '.git'),
      commonDir: join(repo.root, '.git'),
      id: expect.stringMatching(/^repo-[0-9a-f]{8}$/),
      branch: 'trunk',
      head: await repo.git('rev-parse', 'HEAD'),
    });
  });

  it('starts from a subfolder, whatever its name', async () => {
    repo = await temporaryRepository();
    const folder = join(repo.root, 'a b/--upload-pack=x\nü');
    await mkdir(folder, { recursive: true });
    expect(await find(folder)).toEqual(await find());
  });

  it('names a linked worktree as the repository it belongs to', async () => {
    repo = await temporaryRepository();
    await repo.git('worktree', 'add', '-q', '-b', 'side', join(repo.folder, 'side'));
    const [main, side] = [await find(), await find(join(repo.folder, 'side'))];
    expect(side).toEqual({
      ...main,
      root: join(repo.folder, 'side'),
      gitDir: join(repo.root, '.git/worktrees/side'),
      branch: 'side',
    });
  });

  it('has no branch when HEAD is detached', async () => {
    repo = await temporaryRepository();
    await repo.git('checkout', '-q', '--detach');
    expect(await find()).toMatchObject({ branch: null, head: await repo.git('rev-parse', 'HEAD') });
  });

  it('accepts a shallow clone and a sha256 repository', async () => {
    repo = await temporaryRepository({ objectFormat: 'sha256' });
    await repo.commit('Second');
    expect((await find()).head).toHaveLength(64);
    const shallow = join(repo.folder, 'shallow');
    await repo.git('clone', '-q', '--depth', '1', `file://${repo.root}`, shallow);
    expect(await find(shallow)).toMatchObject({ root: await realpath(shallow), branch: 'main' });
  });

  const refusals: [string, (repo: TemporaryRepository) => Promise<unknown>, object][] = [
    ['no repository', (r) => rm(join(r.root, '.git'), { recursive: true }), { code: 'not-a-repository' }],
    [
      'the inside of `.git`',
      (r) => Promise.resolve(join(r.root, '.git')),
      { code: 'unsupported-repository', kind: 'bare' },
    ],
    ['a bare repository', bareClone, { code: 'unsupported-repository', kind: 'bare' }],
    ['a sparse checkout', (r) => r.git('config', 'core.sparseCheckout', 'true'), { kind: 'sparse' }],
    ['a sparse worktree', sparseWorktree, { kind: 'sparse' }],
    ['a partial clone', (r) => r.git('config', 'remote.origin.promisor', 'true'), { kind: 'partial' }],
    ['a partial clone of old', (r) => r.git('config', 'extensions.partialClone', 'origin'), { kind: 'partial' }],
    [
      'a branch without a commit',
      (r) => r.git('checkout', '-q', '--orphan', 'next'),
      { code: 'unborn-branch', branch: 'next' },
    ],
  ];

  it.each(refusals)('refuses %s', async (_, arrange, problem) => {
    repo = await temporaryRepository();
    const folder = await arrange(repo);
    const where = typeof folder === 'string' && folder.startsWith('/') ? folder : repo.root;
    await expect(find(where)).rejects.toMatchObject({ problem });
  });

  it('accepts switches that are off', async () => {
    repo = await temporaryRepository();
    await repo.git('config', 'core.sparseCheckout', 'false');
    await repo.git('config', 'remote.origin.promisor', 'no');
    await expect(find()).resolves.toMatchObject({ branch: 'main' });
  });

  it.runIf(process.getuid?.() === 0)(
    'refuses the repository of somebody else unless the user calls it safe',
    async () => {
      repo = await temporaryRepository();
      await chown(repo.root, 54_321, 54_321);
      await expect(find()).rejects.toMatchObject({
        problem: { code: 'unsupported-repository', kind: 'foreign-owner' },
      });
      await gitIn(repo.folder, repo.env)('config', '--global', 'safe.directory', repo.root);
      await expect(find()).resolves.toMatchObject({ root: repo.root });
    },
  );

  it('gives two clones of one project different names', async () => {
    repo = await temporaryRepository();
    const other = join(repo.folder, 'other/repo');
    execFileSync('git', ['clone', '-q', repo.root, other], { env: repo.env });
    expect((await find(other)).id).not.toBe((await find()).id);
  });
});

async function bareClone(repo: TemporaryRepository): Promise<string> {
  const folder = join(repo.folder, 'bare');
  await repo.git('clone', '-q', '--bare', repo.root, folder);
  return folder;
}

async function sparseWorktree(repo: TemporaryRepository): Promise<void> {
  await repo.git('config', 'extensions.worktreeConfig', 'true');
  await repo.git('config', '--worktree', 'core.sparseCheckout', 'true');
}
