import { relative } from 'node:path';
import type { Commands } from '../host/process.ts';
import { askCheckout } from './checkout-index.ts';
import { withIndex } from './index-file.ts';
import { findProgram } from './program.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Tree } from './workspace.ts';

/** Untracked files and folders of a tree, ignored ones too; a folder without tracked files stands for all in it. */
export async function untrackedPaths(vault: VaultFolder, tree: Tree): Promise<readonly string[]> {
  return withIndex(vault.dir, async (indexFile) => {
    const place = { workTree: tree.dir, indexFile };
    const args = ['ls-files', '-z', '-o', '--directory', '--no-empty-directory'];
    const output = await askCheckout({ ...vault, ...place, base: tree.commit }, { gitDir: vault.dir, ...place, args });
    return output.toString('utf8').split('\0').filter(Boolean);
  });
}

/** Text files below a folder that name a path, relative. Python environments and some wrappers hold their own place. */
export async function namingFiles(commands: Commands, dir: string, named: string): Promise<readonly string[]> {
  const file = await findProgram('grep', process.env.PATH);
  if (file === null) return [];
  const { stdout } = await commands.runTrusted({
    file,
    args: ['-rlIF', '--null', '--', named, '.'],
    cwd: dir,
    env: { LC_ALL: 'C' },
  });
  const paths = stdout.toString('utf8').split('\0').filter(Boolean);
  return paths.map((path) => relative('.', path));
}
