import { moveBranch, readTip } from './branch.ts';
import { readChanges } from './changes.ts';
import { readDirty } from './dirty.ts';
import { canFollow, type Follow, followBranch } from './follow.ts';
import type { Git } from './git.ts';
import { recoverFollow } from './recover-follow.ts';
import type { Change, Checkout, Identity, Oid, UserRepository } from './workspace.ts';

/** The user's branch and checkout. New objects come from the vault. Rejects with `git-failed`, `disk` or `locked`. */
export function openCheckout(git: Git, repository: UserRepository, vaultDir: string): Checkout {
  const place = { git, repository, vaultDir, readChanges: rememberLast(git, vaultDir) };
  const follow = (branch: string, from: Oid, to: Oid): Follow => ({ ...place, branch, from, to });
  return {
    tip: (branch) => readTip(git, repository, branch),
    identity: () => readIdentity(git, repository),
    dirty: () => readDirty(git, repository, vaultDir),
    canFollow: (branch, from, to) => canFollow(follow(branch, from, to)),
    moveBranch: (branch, from, to) => moveBranch(git, repository, vaultDir, { branch, from, to }),
    follow: (branch, from, to) => followBranch(follow(branch, from, to)),
    recoverFollow: (branch, from, to) => recoverFollow(follow(branch, from, to)),
  };
}

/** A landing asks whether the checkout can follow, and then follows, between the same two commits. */
function rememberLast(git: Git, vaultDir: string): Follow['readChanges'] {
  let last: { readonly from: Oid; readonly to: Oid; readonly changes: readonly Change[] } | null = null;
  return async (from, to) => {
    if (last?.from === from && last.to === to) return last.changes;
    const changes = await readChanges({ git, dir: vaultDir }, from, to);
    last = { from, to, changes };
    return changes;
  };
}

/** Without `useConfigOnly` git would make one up from the names of the account and the machine. */
async function readIdentity(git: Git, { gitDir }: UserRepository): Promise<Identity | null> {
  const args = ['var', 'GIT_AUTHOR_IDENT'];
  const { exitCode, stdout } = await git.run({ gitDir, config: 'user', set: ['user.useConfigOnly=true'], args });
  const [, name, email] = /^(.+) <(.+)> \d+ [-+]\d+$/m.exec(stdout.toString('utf8')) ?? [];
  return exitCode === 0 && name !== undefined && email !== undefined ? { name, email } : null;
}
