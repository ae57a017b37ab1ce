import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openVaultFolder } from '../../src/workspace/vault-folder.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

describe('the folder of a vault', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  const again = () => openVaultFolder(repo.prdGit, repo.repository, repo.stateDir);
  const inode = async (name: string) => (await stat(join(repo.vault.dir, name))).ino;

  it('is left as it is where nothing differs, since git of another prd may be reading it', async () => {
    repo = await openedRepository();
    await writeFile(join(repo.repository.commonDir, 'info/exclude'), '*.log\n');
    await again();
    const names = ['objects/info/alternates', 'info/exclude'];
    const before = await Promise.all(names.map(inode));
    await again();
    expect(await Promise.all(names.map(inode))).toEqual(before);
  });

  it('follows the exclude file of the user, also when that goes', async () => {
    repo = await openedRepository();
    const exclude = join(repo.repository.commonDir, 'info/exclude');
    await writeFile(exclude, '*.log\n');
    await again();
    expect(await readFile(join(repo.vault.dir, 'info/exclude'), 'utf8')).toBe('*.log\n');
    await rm(exclude);
    await again();
    await expect(stat(join(repo.vault.dir, 'info/exclude'))).rejects.toThrow('ENOENT');
  });
});
