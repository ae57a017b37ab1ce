import { join } from 'node:path';
import { type Advance, advance } from './advance.ts';
import { readChanges } from './changes.ts';
import { exists } from './exists.ts';
import type { Git } from './git.ts';
import { copyIndex, withIndex } from './index-file.ts';
import { changeIndex } from './index-lock.ts';
import type { Change, Oid, UserRepository } from './workspace.ts';
import { type Worktree, worktreesOn } from './worktrees.ts';

/** A branch of the user's repository between two commits. */
export interface Follow {
  readonly git: Git;
  readonly repository: UserRepository;
  readonly vaultDir: string;
  readonly branch: string;
  readonly from: Oid;
  readonly to: Oid;
}

/** Could every checkout of the branch move without losing an edit? Changes nothing. */
export async function canFollow(follow: Follow): Promise<boolean> {
  const { worktrees, changes } = await look(follow);
  if (worktrees === null) return false;
  for (const worktree of worktrees) {
    if (!(await isReady(worktree))) return false;
    const isPossible = await withIndex(follow.vaultDir, async (indexFile) => {
      await copyIndex(join(worktree.gitDir, 'index'), indexFile);
      return advance(stepOf(follow, { worktree, changes, indexFile, how: 'ask' }));
    });
    if (!isPossible) return false;
  }
  return true;
}

/** Moves every checkout of the branch. `left`: an edit would be lost, and the files stay as they were. */
export async function followBranch(follow: Follow): Promise<'followed' | 'left'> {
  const { worktrees, changes } = await look(follow);
  let isLeft = worktrees === null;
  for (const worktree of worktrees ?? []) {
    const move = (indexFile: string) => advance(stepOf(follow, { worktree, changes, indexFile, how: 'move' }));
    if (!(await changeIndex(worktree.gitDir, move))) isLeft = true;
  }
  return isLeft ? 'left' : 'followed';
}

/** What moving needs to know: where the branch is checked out, and what would change there. */
export async function look(follow: Follow): Promise<{
  readonly worktrees: readonly Worktree[] | null;
  readonly changes: readonly Change[];
}> {
  const { git, repository, vaultDir, branch, from, to } = follow;
  const [worktrees, changes] = await Promise.all([
    worktreesOn(git, repository, branch),
    readChanges({ git, dir: vaultDir }, from, to),
  ]);
  return { worktrees, changes };
}

export function stepOf(
  { git, vaultDir, from, to }: Follow,
  rest: Pick<Advance, 'worktree' | 'changes' | 'indexFile' | 'how'>,
): Advance {
  return { git, from, to, objects: join(vaultDir, 'objects'), ...rest };
}

/** A checkout whose index is locked or missing is left to its user. */
async function isReady({ gitDir }: Worktree): Promise<boolean> {
  return (await exists(join(gitDir, 'index'))) && !(await exists(join(gitDir, 'index.lock')));
}
