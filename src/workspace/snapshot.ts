import { writeFile } from 'node:fs/promises';
import { broken, crashPoint } from '../host/crash-point.ts';
import { onDisk } from '../host/file-operations.ts';
import { remove } from '../host/remove.ts';
import { knowChanges } from './changes.ts';
import { writeRef } from './refs.ts';
import { stageWorkTree, type WorkTree } from './staged-tree.ts';
import { commitTree } from './tree-edit.ts';
import { placeOfTree } from './tree-place.ts';
import type { Oid, Snapshot } from './workspace.ts';

export interface SnapshotRequest extends WorkTree {
  readonly ref: string;
  readonly message: string;
  /** Ref updates of the vault go through here, one after the other. */
  readonly writing: <T>(act: () => Promise<T>) => Promise<T>;
}

/** Stores what the workspace's folder holds now. Nothing of it is executed, and its own `.git` is never opened. */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { base } = request;
  const { tree, changes, refused } = await stageWorkTree(request);
  const commit =
    changes.length === 0 ? null : await commitTree(request, { tree, parents: [base], message: request.message });
  if (commit !== null) knowChanges(request, base, commit, changes);
  if (__PRD_TEST__ && broken('delete-early')) await remove(placeOfTree(request.workTree).root);
  crashPoint('snap.after-tree');
  if (commit !== null) await request.writing(() => writeRef(request, request.ref, commit));
  crashPoint('snap.after-ref');
  // Only now: the folder may go when a ref of the vault holds what is in it.
  await markStored(request.workTree, tree);
  return { commit, base, changes, refused };
}

/** Notes beside a workspace which tree the vault has of it. Other folders have no such note. */
async function markStored(workTree: string, tree: Oid): Promise<void> {
  const { stored } = placeOfTree(workTree);
  await onDisk('write', stored, () => writeFile(stored, tree, { flag: 'r+' }).catch(ignoreMissing));
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
