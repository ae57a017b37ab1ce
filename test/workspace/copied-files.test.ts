import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyFiles } from '../../src/workspace/copied-files.ts';
import { tempFolder } from '../host/temp-folder.ts';

describe('files of the user that a tree gets a copy of', () => {
  let [from, tree] = ['', ''];

  beforeEach(async () => {
    const folder = tempFolder();
    [from, tree] = [join(folder, 'checkout'), join(folder, 'tree')];
    await mkdir(from);
    await mkdir(tree);
    await writeFile(join(folder, 'secret'), 'canary');
  });

  const copy = (...paths: readonly string[]) => copyFiles({ from, paths }, tree);

  it('are copied with their folders, readable for their owner alone', async () => {
    await mkdir(join(from, 'config'));
    await writeFile(join(from, 'config/local.json'), '{}');
    await copy('config/local.json');
    expect(await readFile(join(tree, 'config/local.json'), 'utf8')).toBe('{}');
    expect((await stat(join(tree, 'config/local.json'))).mode & 0o777).toBe(0o600);
  });

  it('never replace what the commit has', async () => {
    await writeFile(join(from, 'a'), 'mine');
    await writeFile(join(tree, 'a'), 'tracked');
    await copy('a');
    expect(await readFile(join(tree, 'a'), 'utf8')).toBe('tracked');
  });

  it.each<[string, () => unknown]>([
    ['that are missing', () => undefined],
    ['that are folders', () => mkdir(join(from, 'x'))],
    ['that are links', () => symlink('../secret', join(from, 'x'))],
    ['that nobody writes', () => execFileSync('mkfifo', [join(from, 'x')])],
    ['of more than 10 MB', () => writeFile(join(from, 'x'), Buffer.alloc(10 * 1024 * 1024 + 1))],
  ])('%s are left out', async (_, make) => {
    await make();
    await copy('x');
    expect(await readdir(tree)).toEqual([]);
  });

  it('below a link that leads out of the checkout are left out', async () => {
    await symlink('..', join(from, 'up'));
    await copy('up/secret');
    expect(await readdir(tree)).toEqual([]);
  });

  it('are not written through a link of the commit', async () => {
    await mkdir(join(from, 'd'));
    await writeFile(join(from, 'd/x'), 'mine');
    await symlink('..', join(tree, 'd'));
    await copy('d/x');
    expect((await readdir(join(tree, '..'))).sort()).toEqual(['checkout', 'secret', 'tree']);
  });

  it('of nobody are none', async () => {
    await copyFiles(undefined, tree);
    expect(await readdir(tree)).toEqual([]);
  });
});
