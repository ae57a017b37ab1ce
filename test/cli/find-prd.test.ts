import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFiles } from '../../src/cli/find-files.ts';
import { findPrd, repositoryTop, showPath } from '../../src/cli/find-prd.ts';

let folder = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'prd-find-')));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '{}');
  }
}

describe('looking for the PRD', () => {
  it('takes the first known name and says what else is there', async () => {
    await put('tasks/prd.json', 'scripts/ralph/prd.json', '.ralph/prd.json');
    expect(await findPrd(folder, null)).toMatchObject({
      shown: '.ralph/prd.json',
      others: ['scripts/ralph/prd.json', 'tasks/prd.json'],
    });
  });

  it('one file under two names is one', async () => {
    await put('PRD.json');
    // What a disk that ignores case does, made with a second name for the same file.
    await link(join(folder, 'PRD.json'), join(folder, 'prd.json'));
    expect(await findPrd(folder, null)).toMatchObject({ shown: 'PRD.json', others: [] });
  });

  it('a file that was named wins, and nothing else is looked at', async () => {
    await put('PRD.json', 'docs/plan.json');
    expect(await findPrd(folder, 'docs/plan.json')).toMatchObject({ shown: 'docs/plan.json', others: [] });
  });

  it('looks at the top of the repository when the current folder has none', async () => {
    await put('prd.json', 'src/x.ts', '.git/HEAD');
    expect(await findPrd(join(folder, 'src'), null)).toMatchObject({
      path: join(folder, 'prd.json'),
      shown: '../prd.json',
    });
  });

  it('does not leave the repository', async () => {
    await put('PRD.json', 'inner/.git/HEAD', 'inner/src/x.ts');
    await expect(findPrd(join(folder, 'inner/src'), null)).rejects.toMatchObject({ problem: { code: 'file-missing' } });
  });

  it('follows a link and keeps the name that people know', async () => {
    await put('plans/cart.json');
    await symlink('plans/cart.json', join(folder, 'PRD.json'));
    expect(await findPrd(folder, null)).toMatchObject({ shown: 'PRD.json', realPath: join(folder, 'plans/cart.json') });
  });

  it('a folder of that name is no PRD', async () => {
    await mkdir(join(folder, 'PRD.json'));
    await put('prd.json/x');
    await expect(findPrd(folder, null)).rejects.toMatchObject({ problem: { code: 'file-missing' } });
  });

  it('says where it looked', async () => {
    const refused = {
      problem: { code: 'file-missing', file: 'PRD.json', looked: expect.arrayContaining(['tasks/prd.json']) },
    };
    await expect(findPrd(folder, null)).rejects.toMatchObject(refused);
  });
});

describe('files of lint', () => {
  it('are each taken once, in the order of the arguments', async () => {
    await put('b/prd.json', 'a/prd.json');
    expect(await shownFiles(['b/prd.json', '*/prd.json'])).toEqual(['b/prd.json', 'a/prd.json']);
  });

  it('by glob are found in hidden folders too, but not among templates, archives and packages', async () => {
    await put('.ralph/prd.json', 'archive/prd.json', 'prd-template.json', 'node_modules/x/prd.json', 'docs/prd.json');
    expect(await shownFiles(['**/prd*.json'])).toEqual(['.ralph/prd.json', 'docs/prd.json']);
  });

  it('that are named are taken, whatever their name', async () => {
    await put('archive/prd-template.json');
    expect(await shownFiles(['archive/prd-template.json'])).toEqual(['archive/prd-template.json']);
  });

  it('of a folder are the PRD that is found in it', async () => {
    await put('shop/.ralph/prd.json');
    expect(await shownFiles(['shop'])).toEqual(['shop/.ralph/prd.json']);
  });

  it.each(['nothing.json', 'docs/*.json', 'empty'])('named %s are missing when there are none', async (arg) => {
    await mkdir(join(folder, 'empty'));
    await expect(findFiles([arg], folder)).rejects.toMatchObject({ problem: { code: 'file-missing', file: arg } });
  });
});

async function shownFiles(args: readonly string[]): Promise<readonly string[]> {
  return (await findFiles(args, folder)).map((path) => showPath(path, folder));
}

it('the top of a repository is found upwards, also in a linked worktree', async () => {
  await put('a/b/c/x', 'a/.git');
  expect(await repositoryTop(join(folder, 'a/b/c'))).toBe(join(folder, 'a'));
});
