import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
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
    await keepEqual(join(dir, 'objects/info/alternates'), Buffer.from(`${join(repository.commonDir, 'objects')}\n`));
    for (const name of ['info/exclude', 'shallow']) {
      await keepEqual(join(dir, name), await readIfThere(join(repository.commonDir, name)));
    }
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

/** Changed whole and only where it differs: git of another `prd` may be reading it at this moment. */
async function keepEqual(file: string, bytes: Buffer | null): Promise<void> {
  const now = await readIfThere(file);
  if (bytes === null) return now === null ? undefined : rm(file, { force: true });
  if (now?.equals(bytes)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeAtomic(file, bytes);
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
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
