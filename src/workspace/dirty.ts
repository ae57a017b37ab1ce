import { constants } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, onDisk } from '../host/file-operations.ts';
import { type Git, gitOk } from './git.ts';
import { copyIndex, withIndex } from './index-file.ts';
import type { UserRepository } from './workspace.ts';

/** More would only fill the screen. */
const maxPaths = 1_000;

/**
 * Paths with edits that no commit holds, sorted. Asked through the vault's configuration on a copy of the index:
 * nothing that the repository configures runs.
 */
export async function readDirty(git: Git, repository: UserRepository, vaultDir: string): Promise<readonly string[]> {
  return withIndex(vaultDir, async (indexFile) => {
    const [head, ignored] = await Promise.all([
      readHead(git, repository),
      ignoreFile(git, repository),
      copyUserIndex(repository.gitDir, indexFile, vaultDir),
    ]);
    const call = { gitDir: vaultDir, workTree: repository.root, indexFile, set: ignored };
    const listings = await Promise.all([
      gitOk(git, { ...call, args: ['ls-files', '-z', '-m', '-d', '-o', '--exclude-standard', '--deduplicate'] }),
      gitOk(git, { ...call, args: ['diff-index', '--cached', '-z', '--name-only', '--no-renames', head] }),
    ]);
    const paths = listings.flatMap((listing) => listing.toString('utf8').split('\0').filter(Boolean));
    return [...new Set(paths)].sort().slice(0, maxPaths);
  });
}

async function readHead(git: Git, { gitDir }: UserRepository): Promise<string> {
  const head = await gitOk(git, { gitDir, args: ['rev-parse', '--verify', 'HEAD^{commit}'] });
  return head.toString('utf8').trim();
}

/** What the user never wants to see, in any repository. */
async function ignoreFile(git: Git, { gitDir }: UserRepository): Promise<string[]> {
  const args = ['config', '--null', '--type=path', '--get', 'core.excludesFile'];
  const { exitCode, stdout } = await git.run({ gitDir, config: 'user', args });
  return exitCode === 0 ? [`core.excludesFile=${stdout.toString('utf8').replace(/\0$/, '')}`] : [];
}

/** An index may be split in two; git looks for the second part beside the git folder it is told. */
async function copyUserIndex(gitDir: string, indexFile: string, vaultDir: string): Promise<void> {
  await copyIndex(join(gitDir, 'index'), indexFile);
  await onDisk('copy', gitDir, async () => {
    for (const name of await readdir(gitDir)) {
      if (name.startsWith('sharedindex.')) await copyOnce(join(gitDir, name), join(vaultDir, name));
    }
  });
}

async function copyOnce(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
}
