import { lstat, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { type Advance, adopt, advance, stagedByOthers } from './advance.ts';
import { parseBatch } from './blob-reader.ts';
import { readTip } from './branch.ts';
import { readDiskStates } from './disk-state.ts';
import { type Follow, look, stepOf } from './follow.ts';
import { gitOk } from './git.ts';
import { changeIndex, removeDeadLock } from './index-lock.ts';
import { commitTree } from './tree-edit.ts';
import type { Change, Checkout, Oid, TreeEdit } from './workspace.ts';
import type { Worktree } from './worktrees.ts';

type Recovery = Awaited<ReturnType<Checkout['recoverFollow']>>;

/**
 * Finishes a fast-forward that was cut off. What it had written half is written whole; any other difference is the
 * user's: those files stay as they are, and the rest is finished around them.
 */
export async function recoverFollow(follow: Follow): Promise<Recovery> {
  const { worktrees, changes } = await look(follow);
  for (const { gitDir } of worktrees ?? []) await removeDeadLock(gitDir);
  // Not moved, or moved on by somebody since: then nothing of ours is open.
  if ((await readTip(follow.git, follow.repository, follow.branch)) !== follow.to) return { kind: 'clean' };
  const kept: string[] = [];
  for (const worktree of worktrees ?? []) kept.push(...(await finish(follow, worktree, changes)));
  return kept.length === 0 ? { kind: 'clean' } : { kind: 'kept-edits', paths: [...new Set(kept)].sort() };
}

/** Returns the paths that hold edits of the user. */
async function finish(follow: Follow, worktree: Worktree, changes: readonly Change[]): Promise<readonly string[]> {
  let kept: readonly Change[] = [];
  const isDone = await changeIndex(worktree.gitDir, async (indexFile) => {
    const step = stepOf(follow, { worktree, changes, indexFile, how: 'move' });
    const edited = await editedPaths(step);
    kept = changes.filter(({ path }) => edited.has(path));
    await adopt(step, (path) => edited.has(path));
    const rest = changes.filter(({ path }) => !edited.has(path));
    return advance({ ...step, from: await pretended(follow, kept), changes: rest });
  });
  const open = isDone || kept.length > 0 ? kept : changes;
  return open.map(({ path }) => path);
}

/** The old commit as if the kept files had always been the new ones: `read-tree` then has nothing to do for them. */
async function pretended({ git, vaultDir, from }: Follow, kept: readonly Change[]): Promise<Oid> {
  if (kept.length === 0) return from;
  const edits = kept.map(({ path, newBlob, newMode }): TreeEdit => {
    return newBlob === null ? { path, kind: 'delete' } : { path, kind: 'blob', blob: newBlob, mode: newMode };
  });
  return commitTree({ git, dir: vaultDir }, { tree: from, edits, parents: [from], message: 'pretended' });
}

/**
 * Changed paths that are neither version. Files that were cut off while git wrote them are removed first:
 * `read-tree` writes missing files.
 */
async function editedPaths(step: Advance): Promise<ReadonlySet<string>> {
  const edited = new Set(await stagedByOthers(step));
  const states = await readDiskStates(step.git, step.worktree, step.changes);
  const suspects = step.changes.filter(({ path }) => states.get(path) === 'other' && !edited.has(path));
  const contents = await smudged(step, suspects);
  for (const { path } of suspects) {
    const file = join(step.worktree.root, path);
    if (await isCutOff(file, contents.get(path) ?? null)) await onDisk('remove', file, () => unlink(file));
    else edited.add(path);
  }
  return edited;
}

/** git removes a file before it writes it anew, so one that ends where the new content goes on was cut off. */
async function isCutOff(file: string, content: Buffer | null): Promise<boolean> {
  if (content === null || !(await lstat(file)).isFile()) return false;
  const bytes = await readFile(file);
  return content.subarray(0, bytes.length).equals(bytes);
}

/** The new contents as they stand in a checkout, after the user's filters. */
async function smudged(step: Advance, changes: readonly Change[]): Promise<ReadonlyMap<string, Buffer | null>> {
  const written = changes.filter(({ newBlob, path }) => newBlob !== null && !path.includes('\n'));
  if (written.length === 0) return new Map();
  const output = await gitOk(step.git, {
    gitDir: step.worktree.gitDir,
    workTree: step.worktree.root,
    config: 'user',
    args: ['cat-file', '--batch', '--filters'],
    input: written.map(({ newBlob, path }) => `${newBlob} ${path}\n`).join(''),
  });
  const contents = parseBatch(output);
  return new Map(written.map(({ path }, place) => [path, contents[place] ?? null]));
}
