import { readFile, rm, writeFile } from 'node:fs/promises';
import { onDisk } from '../host/file-operations.ts';
import { openBlobReader } from './blob-reader.ts';
import { parseChanges, plain } from './changes.ts';
import { gitOk, gitText } from './git.ts';
import { flattenRules, workspaceExcludes } from './ignore-rules.ts';
import { withIndex } from './index-file.ts';
import { ownTree, pathsAt, readText } from './objects.ts';
import { stage } from './stage.ts';
import { placeOfTree } from './tree-place.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Change, Oid, Refusal } from './workspace.ts';

export interface WorkTree extends VaultFolder {
  /** Folder of the workspace. */
  readonly workTree: string;
  /** Commit that the changes are counted from. */
  readonly base: Oid;
}

export interface StagedTree {
  readonly tree: Oid;
  readonly changes: readonly Change[];
  readonly refused: readonly Refusal[];
}

/** Turns what a workspace's folder holds into a tree of the vault, by the snapshot policy. */
export async function stageWorkTree(work: WorkTree): Promise<StagedTree> {
  const excludes = await onDisk('read', work.workTree, () => excludesOf(work.workTree));
  const staged = await stageWith(work, excludes);
  const weakened = staged.changes.filter(({ path, status }) => isIgnoreFile(path) && status !== 'added');
  // A rule that the attempt took away still keeps build products out, unless it says `!` explicitly.
  return weakened.length === 0 ? staged : stageWith(work, (await rulesAt(work)) + excludes);
}

async function stageWith(work: WorkTree, excludes: string): Promise<StagedTree> {
  return withIndex(work.dir, async (indexFile) => {
    const excludesFile = `${indexFile}.excludes`;
    await onDisk('write', excludesFile, () => writeFile(excludesFile, excludes));
    try {
      const refused = await stage({ ...work, indexFile, excludesFile });
      return { ...(await treeAndChanges(work, indexFile)), refused };
    } finally {
      await rm(excludesFile, { force: true });
    }
  });
}

async function treeAndChanges({ git, dir, base }: WorkTree, indexFile: string) {
  const call = { gitDir: dir, indexFile };
  const diff = ['diff-index', '--cached', '-z', ...plain, '--raw', '--end-of-options', base];
  const [tree, raw] = await Promise.all([
    gitText(git, { ...call, args: ['write-tree'] }),
    gitOk(git, { ...call, args: diff }),
  ]);
  return { tree: ownTree({ git, dir }, tree), changes: parseChanges(raw.toString('utf8')) };
}

function isIgnoreFile(path: string): boolean {
  return path === '.gitignore' || path.endsWith('/.gitignore');
}

async function rulesAt(work: WorkTree): Promise<string> {
  const readBlob = openBlobReader(work);
  const paths = (await pathsAt(work, work.base)).filter(isIgnoreFile);
  const texts = await Promise.all(paths.map((path) => readText(work, readBlob, work.base, path)));
  return flattenRules(paths.map((path, place) => ({ path, text: texts[place] ?? '' })));
}

async function excludesOf(workTree: string): Promise<string> {
  return readFile(placeOfTree(workTree).excludes, 'utf8').catch(() => workspaceExcludes([]));
}
