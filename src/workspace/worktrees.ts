import { readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exists } from './exists.ts';
import { type Git, gitOk } from './git.ts';
import type { UserRepository } from './workspace.ts';

/** A checkout of a branch. */
export interface Worktree {
  readonly root: string;
  readonly gitDir: string;
}

/** Every checkout of the branch, linked worktrees included. Null when there is one whose files we cannot find. */
export async function worktreesOn(
  git: Git,
  repository: UserRepository,
  branch: string,
): Promise<readonly Worktree[] | null> {
  const own = (await isOn(repository.gitDir, branch)) ? [repository] : [];
  const hasOthers =
    repository.gitDir !== repository.commonDir || (await exists(join(repository.commonDir, 'worktrees')));
  if (!hasOthers) return own;
  const others: Worktree[] = [];
  for (const path of await listed(git, repository, branch)) {
    const found = await worktreeAt(path);
    // Git lists the repository's own folder when it cannot tell where the files of a separate one are.
    if (found === null && (await exists(path)) && path !== repository.gitDir) return null;
    if (found !== null && found.gitDir !== repository.gitDir) others.push(found);
  }
  return [...own, ...others];
}

/** Read as the file it is: a run asks twice for every landing. */
async function isOn(gitDir: string, branch: string): Promise<boolean> {
  const head = await readFile(join(gitDir, 'HEAD'), 'utf8').catch(() => '');
  return head.trim() === `ref: refs/heads/${branch}`;
}

/** Folders that git knows as checkouts of the branch. */
async function listed(git: Git, { commonDir }: UserRepository, branch: string): Promise<string[]> {
  const listing = await gitOk(git, { gitDir: commonDir, args: ['worktree', 'list', '--porcelain', '-z'] });
  const records = listing.toString('utf8').split('\0\0');
  return records
    .map((record) => record.split('\0'))
    .filter((lines) => lines.includes(`branch refs/heads/${branch}`))
    .flatMap((lines) =>
      lines.filter((line) => line.startsWith('worktree ')).map((line) => line.slice('worktree '.length)),
    );
}

async function worktreeAt(path: string): Promise<Worktree | null> {
  try {
    const root = await realpath(path);
    const dotGit = join(root, '.git');
    if ((await stat(dotGit)).isDirectory()) return { root, gitDir: await realpath(dotGit) };
    const pointer = /^gitdir: (.*)$/m.exec(await readFile(dotGit, 'utf8'))?.[1];
    return pointer === undefined ? null : { root, gitDir: await realpath(resolve(root, pointer)) };
  } catch {
    return null;
  }
}
