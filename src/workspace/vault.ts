import { inTurn } from '../host/in-turn.ts';
import { openBlobReader } from './blob-reader.ts';
import { readChanges, readDiff } from './changes.ts';
import type { Git } from './git.ts';
import { keeper } from './keep.ts';
import { mergeTrees } from './merge.ts';
import { blobsAt, contains, pathsAt, readText, treeOf } from './objects.ts';
import { readRef, readRefs, writeRef } from './refs.ts';
import { takeSnapshot } from './snapshot.ts';
import { commitTree } from './tree-edit.ts';
import { openVaultFolder } from './vault-folder.ts';
import type { UserRepository, Vault } from './workspace.ts';

/** A vault and the bare repository it stands for. */
export interface OpenVault extends Vault {
  readonly dir: string;
}

/** Opens the vault below the state folder of a repository, making it first if needed. Rejects with `git-failed`, `disk`. */
export async function openVault(git: Git, repository: UserRepository, stateDir: string): Promise<OpenVault> {
  const dir = await openVaultFolder(git, repository, stateDir);
  const place = { git, dir };
  const readBlob = openBlobReader(place);
  // Refs of one vault change one after the other: git's own locks would make the second of two fail.
  const writing = inTurn();
  const { keep, made } = keeper(place, repository, writing);
  return {
    dir,
    keep,
    read: (commit, path) => readText(place, readBlob, commit, path),
    readBlob,
    paths: (commit) => pathsAt(place, commit),
    blobs: (commit, paths) => blobsAt(place, commit, paths),
    changes: (from, to) => readChanges(place, from, to),
    diff: (from, to, options) => readDiff(place, from, to, options),
    snapshot: (workspace, ref, message) =>
      takeSnapshot({ ...place, workTree: workspace.dir, base: workspace.base, ref, message, writing }),
    commit: async (commit) => {
      const oid = await commitTree(place, commit);
      made(oid);
      return oid;
    },
    treeOf: (commit) => treeOf(place, commit),
    merge: (ours, theirs) => mergeTrees(place, ours, theirs),
    contains: (commit, ancestor) => contains(place, commit, ancestor),
    ref: (name) => readRef(place, name),
    refs: (prefix) => readRefs(place, prefix),
    setRef: (name, commit) => writing(() => writeRef(place, name, commit)),
  };
}
