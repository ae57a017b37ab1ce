import { exists } from './exists.ts';
import { type GitCall, gitOk } from './git.ts';
import { copyIndex } from './index-file.ts';
import { placeOfTree } from './tree-place.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid } from './workspace.ts';

/**
 * Runs a git command on a copy of the index that a tree was checked out with, which knows the files nobody touched.
 * Where that index is missing or damaged, one made from the commit answers: slower, and the same.
 */
export async function askCheckout(
  vault: VaultFolder & { readonly workTree: string; readonly base: Oid; readonly indexFile: string },
  call: GitCall,
): Promise<Buffer> {
  const { index } = placeOfTree(vault.workTree);
  if (await exists(index)) {
    await copyIndex(index, vault.indexFile);
    const result = await vault.git.run(call);
    if (result.exitCode === 0) return result.stdout;
  }
  const args = ['read-tree', '--end-of-options', vault.base];
  await gitOk(vault.git, { gitDir: vault.dir, indexFile: vault.indexFile, args });
  return gitOk(vault.git, call);
}
