import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { gitOk } from './git.ts';
import { ourselves } from './git-pins.ts';
import { copyIndex } from './index-file.ts';
import type { Packs } from './packs.ts';
import type { TreePlace } from './tree-place.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid } from './workspace.ts';

/** Trees can be made again: their bytes need not reach the disk before we go on. */
export const disposable = ['core.fsync=none'];

/** Writes the files of a commit, with the vault's configuration: no filter runs, LFS files stay pointers. */
export async function checkOut(vault: VaultFolder, place: TreePlace, commit: Oid): Promise<void> {
  await gitOk(vault.git, {
    gitDir: vault.dir,
    workTree: place.tree,
    indexFile: place.index,
    args: ['read-tree', '--reset', '-u', '--end-of-options', commit],
    set: disposable,
  });
}

/**
 * Makes the `.git` that commands in the tree may use: what a clone of depth 1 holds, without a remote, hooks or a way
 * back to the vault. Packed straight from the vault, which takes half the time of `git clone`.
 */
export async function makeGitFolder(packs: Packs, place: TreePlace, commit: Oid): Promise<void> {
  const folder = join(place.tree, '.git');
  await onDisk('create', folder, async () => {
    for (const name of ['objects/pack', 'refs/heads', 'info']) await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, 'config'), configFor(commit));
    await writeFile(join(folder, 'shallow'), `${commit}\n`);
    await writeFile(join(folder, 'refs/heads/work'), `${commit}\n`);
    await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/work\n');
  });
  await packs.copyTo(join(folder, 'objects/pack'), commit);
}

/** Lets git commands in the tree start from the files as they were checked out. */
export async function shareIndex(place: TreePlace): Promise<void> {
  await copyIndex(place.index, join(place.tree, '.git/index'));
}

function configFor(commit: Oid): string {
  const format = commit.length === 64 ? '[extensions]\n\tobjectFormat = sha256\n' : '';
  return `[core]
	repositoryformatversion = ${format === '' ? 0 : 1}
	filemode = true
	bare = false
${format}[user]
	name = ${ourselves.name}
	email = ${ourselves.email}
[gc]
	auto = 0
[maintenance]
	auto = false
[filter "lfs"]
	clean =
	smudge =
	process =
	required = false
`;
}
