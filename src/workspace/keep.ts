import { PrdError } from '../problem.ts';
import { type Git, gitProblem } from './git.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid, UserRepository } from './workspace.ts';

/** Where commits are pinned in the user's repository: the vault borrows their objects and must survive a prune. */
export const keepPrefix = 'refs/prd/keep/';

export interface Keeper {
  /** Pins a commit in the user's repository, once. Rejects with `objects-missing` for a commit nobody has. */
  keep(commit: Oid): Promise<void>;
  /** The vault made this commit a moment ago and borrows nothing for it that is not pinned already. */
  made(commit: Oid): void;
}

export function keeper(
  vault: VaultFolder,
  repository: UserRepository,
  writing: <T>(act: () => Promise<T>) => Promise<T>,
): Keeper {
  const kept = new Set<Oid>();
  const keep = async (commit: Oid): Promise<void> => {
    if (kept.has(commit)) return;
    await pin(vault, repository, commit);
    kept.add(commit);
  };
  return {
    keep: async (commit) => (kept.has(commit) ? undefined : writing(() => keep(commit))),
    made: (commit) => void kept.add(commit),
  };
}

async function pin(vault: VaultFolder, repository: UserRepository, commit: Oid): Promise<void> {
  const args = ['update-ref', '-m', 'prd: keep', '--end-of-options', `${keepPrefix}${commit}`, commit];
  const call = { gitDir: repository.commonDir, args };
  const result = await vault.git.run(call);
  if (result.exitCode === 0) return;
  if (await hasCommit(vault.git, repository.commonDir, commit)) throw new PrdError(gitProblem(call, result));
  // A commit that only the vault has, such as a snapshot, is kept by the vault's own refs.
  if (!(await hasCommit(vault.git, vault.dir, commit))) throw new PrdError({ code: 'objects-missing', commit });
}

async function hasCommit(git: Git, gitDir: string, commit: Oid): Promise<boolean> {
  return (await git.run({ gitDir, args: ['cat-file', '-e', `${commit}^{commit}`] })).exitCode === 0;
}
