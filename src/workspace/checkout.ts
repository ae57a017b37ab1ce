import { bringObjects, moveBranch, readTip } from './branch.ts';
import { readDirty } from './dirty.ts';
import { canFollow, type Follow, followBranch } from './follow.ts';
import type { Git } from './git.ts';
import { recoverFollow } from './recover-follow.ts';
import type { Checkout, Identity, Oid, UserRepository } from './workspace.ts';

/** The user's branch and checkout. New objects come from the vault. Rejects with `git-failed`, `disk` or `locked`. */
export function openCheckout(git: Git, repository: UserRepository, vaultDir: string): Checkout {
  const place = { git, repository, vaultDir };
  let brought: { readonly to: Oid; readonly done: Promise<void> } | null = null;
  const bring = (from: Oid | null, to: Oid): Promise<void> => {
    if (brought?.to === to) return brought.done;
    const done = bringObjects(git, repository, vaultDir, { from, to });
    done.catch(() => {
      brought = null;
    });
    brought = { to, done };
    return done;
  };
  const follow = (branch: string, from: Oid, to: Oid): Follow => ({ ...place, branch, from, to });
  return {
    tip: (branch) => readTip(git, repository, branch),
    identity: () => readIdentity(git, repository),
    dirty: () => readDirty(git, repository, vaultDir),
    canFollow: (branch, from, to) => canFollow(follow(branch, from, to)),
    bring,
    moveBranch: async (branch, from, to) => {
      await bring(from, to);
      return moveBranch(git, repository, { branch, from, to });
    },
    follow: (branch, from, to) => followBranch(follow(branch, from, to)),
    recoverFollow: (branch, from, to) => recoverFollow(follow(branch, from, to)),
  };
}

/** Without `useConfigOnly` git would make one up from the names of the account and the machine. */
async function readIdentity(git: Git, { gitDir }: UserRepository): Promise<Identity | null> {
  const args = ['var', 'GIT_AUTHOR_IDENT'];
  const { exitCode, stdout } = await git.run({ gitDir, config: 'user', set: ['user.useConfigOnly=true'], args });
  const [, name, email] = /^(.+) <(.+)> \d+ [-+]\d+$/m.exec(stdout.toString('utf8')) ?? [];
  return exitCode === 0 && name !== undefined && email !== undefined ? { name, email } : null;
}
