import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isBlanked } from '../../src/workspace/blank-secrets.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

describe('tracked settings that may hold secrets', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  const files = { '.env': 'TOKEN=canary\n', 'app/.env.local': 'A=canary\n', '.env.example': 'TOKEN=\n', 'a.ts': 'a\n' };
  const opened = async () => {
    repo = await openedRepository({ files });
    const workspace = await repo.workspace();
    return { workspace, text: (path: string) => readFile(join(workspace.dir, path), 'utf8') };
  };
  const snapshot = (dir: string) => repo.vault.snapshot({ dir, base: repo.base }, 'refs/prd/attempts/a', 'a');

  it('are empty where an implementer works, templates of them are not', async () => {
    const { text } = await opened();
    expect([await text('.env'), await text('app/.env.local')]).toEqual(['', '']);
    expect(await text('.env.example')).toBe('TOKEN=\n');
  });

  it('are in a verify tree as they are', async () => {
    await opened();
    const tree = await repo.trees.open(repo.base, 'verify');
    expect(await readFile(join(tree.dir, '.env'), 'utf8')).toBe('TOKEN=canary\n');
    await tree.remove();
  });

  it.each([
    ['left alone', async () => {}],
    ['written to', (dir: string) => writeFile(join(dir, '.env'), 'TOKEN=mine\n')],
    ['deleted', (dir: string) => rm(join(dir, '.env'))],
  ])('are in the snapshot as on the base when they were %s', async (_, act) => {
    const { workspace } = await opened();
    await act(workspace.dir);
    await writeFile(join(workspace.dir, 'a.ts'), 'b\n');
    const { commit, changes } = await snapshot(workspace.dir);
    expect(changes.map(({ path }) => path)).toEqual(['a.ts']);
    expect(await repo.vault.read(commit ?? '', '.env')).toBe('TOKEN=canary\n');
  });

  it('a new one is taken like any other file, for the rules that look at secrets', async () => {
    const { workspace } = await opened();
    await writeFile(join(workspace.dir, '.env.test'), 'PORT=1\n');
    expect((await snapshot(workspace.dir)).changes.map(({ path }) => path)).toEqual(['.env.test']);
  });
});

it.each([
  ['.env', true],
  ['app/.ENV.production', true],
  ['.env.example', false],
  ['.env.local.template', false],
  ['.envrc', false],
  ['env', false],
  ['.environment.ts', false],
])('%s is blanked: %s', (path, wanted) => {
  expect(isBlanked(path)).toBe(wanted);
});
