import { PrdError } from '../problem.ts';
import { gitProblem } from './git.ts';
import { ownTree } from './objects.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Merge, Oid } from './workspace.ts';

/** Merges two commits into a tree. No merge driver runs: the vault's configuration names none. */
export async function mergeTrees(vault: VaultFolder, ours: Oid, theirs: Oid): Promise<Merge> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', '--end-of-options', ours, theirs];
  const call = { gitDir: vault.dir, args };
  const result = await vault.git.run(call);
  const [tree = '', ...rest] = result.stdout.toString('utf8').split('\0');
  if (result.exitCode === 0) return { kind: 'clean', tree: ownTree(vault, tree) };
  if (result.exitCode === 1 && tree !== '') return { kind: 'conflict', paths: rest.filter((path) => path !== '') };
  throw new PrdError(gitProblem(call, result));
}
