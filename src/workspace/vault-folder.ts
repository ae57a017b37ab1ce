import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError, errnoOf, onDisk } from '../host/file-operations.ts';
import { remove } from '../host/remove.ts';
import { exists } from './exists.ts';
import { type Git, gitOk } from './git.ts';
import type { UserRepository } from './workspace.ts';

/** Git and the bare repository it works on. */
export interface VaultFolder {
  readonly git: Git;
  readonly dir: string;
}

/**
 * Makes sure that the vault's bare repository exists and sees what the user's repository holds now: its objects, its
 * `info/exclude` and where its history ends. Returns the folder. Rejects with `git-failed` or `disk`.
 */
export async function openVaultFolder(git: Git, repository: UserRepository, stateDir: string): Promise<string> {
  const dir = join(stateDir, 'vault.git');
  if (!(await exists(join(dir, 'HEAD')))) await makeVault(git, repository, dir);
  await onDisk('open', dir, async () => {
    await writeFile(join(dir, 'objects/info/alternates'), `${join(repository.commonDir, 'objects')}\n`);
    await copyOrRemove(join(repository.commonDir, 'info/exclude'), join(dir, 'info/exclude'));
    await copyOrRemove(join(repository.commonDir, 'shallow'), join(dir, 'shallow'));
    await removeOldScratch(scratchDir(dir));
  });
  return dir;
}

/** Folder for private index files of single operations. */
export function scratchDir(vaultDir: string): string {
  return join(vaultDir, 'prd-scratch');
}

// Made beside its final place and renamed, so that a killed start never leaves half a vault.
async function makeVault(git: Git, repository: UserRepository, dir: string): Promise<void> {
  const format = repository.head.length === 64 ? 'sha256' : 'sha1';
  const draft = `${dir}.${randomUUID()}`;
  await onDisk('create', dir, () => mkdir(dirname(dir), { recursive: true, mode: 0o700 }));
  const args = ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, draft];
  await gitOk(git, { gitDir: draft, cwd: dirname(dir), args });
  await onDisk('create', dir, async () => {
    for (const folder of ['info', 'objects/info', 'prd-scratch']) await mkdir(join(draft, folder), { recursive: true });
    await rename(draft, dir).catch((error) => keepOther(draft, error));
  });
}

/** Another `prd` was faster: its vault is as good as ours. */
async function keepOther(draft: string, error: unknown): Promise<void> {
  if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw diskError('create', draft, error);
  await remove(draft);
}

async function copyOrRemove(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    await rm(to, { force: true });
  }
}

/** What killed operations left. A day is longer than any operation lasts. */
async function removeOldScratch(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const dayAgo = Date.now() - 24 * 3_600_000;
  for (const name of await readdir(dir)) {
    const file = join(dir, name);
    const facts = await stat(file).catch(() => null);
    if (facts !== null && facts.mtimeMs < dayAgo) await rm(file, { recursive: true, force: true });
  }
}
