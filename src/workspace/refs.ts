import { gitOk, gitText } from './git.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid } from './workspace.ts';

/** What a ref of the vault points to, or null. */
export async function readRef(vault: VaultFolder, name: string): Promise<Oid | null> {
  return (await readRefs(vault, name)).get(name) ?? null;
}

/** Refs that are `prefix` or lie below it, by full name. */
export async function readRefs(vault: VaultFolder, prefix: string): Promise<ReadonlyMap<string, Oid>> {
  const args = ['for-each-ref', '--format=%(refname)%00%(objectname)', '--end-of-options', prefix];
  const listing = await gitText(vault.git, { gitDir: vault.dir, args });
  const lines = listing.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => line.split('\0') as [string, Oid]));
}

/** Sets a ref of the vault, or deletes it; deleting twice is harmless. Rejects with `git-failed` for a bad name. */
export async function writeRef(vault: VaultFolder, name: string, commit: Oid | null): Promise<void> {
  const args = commit === null ? ['-d', '--end-of-options', name] : ['--end-of-options', name, commit];
  await gitOk(vault.git, { gitDir: vault.dir, args: ['update-ref', ...args] });
}
