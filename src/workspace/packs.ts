import { constants, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { remove } from '../host/remove.ts';
import { gitOk } from './git.ts';
import { disposable } from './tree-checkout.ts';
import { draftName } from './tree-owner.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid } from './workspace.ts';

/** What a clone of depth 1 holds, packed once for each commit: a copy takes a tenth of the time of packing. */
export interface Packs {
  /** Puts a copy into an object folder. Rejects with `objects-missing`, `git-failed` or `disk`. */
  copyTo(folder: string, commit: Oid): Promise<void>;
  /** Removes what is kept. Calling twice is harmless; a later copy packs again. */
  close(): Promise<void>;
}

/** A wave starts from one commit, and each of its stories adds one or two. */
const keptPacks = 16;

interface Kept {
  readonly folder: Promise<string>;
  /** Copies on their way. */
  readonly copies: Set<Promise<unknown>>;
}

/** Keeps packs in a folder of this process below `dir`; the sweep after a kill knows it by its name. */
export function openPacks(vault: VaultFolder, dir: string): Packs {
  const kept = new Map<Oid, Kept>();
  let root: string | null = null;
  const drop = async (commit: Oid, { folder, copies }: Kept): Promise<void> => {
    kept.delete(commit);
    await Promise.allSettled([folder, ...copies]);
    await remove(join(rootOf(), commit));
  };
  const rootOf = (): string => {
    root ??= join(dir, draftName());
    return root;
  };
  const packOf = (commit: Oid): Kept => {
    const found = kept.get(commit) ?? { folder: pack(vault, join(rootOf(), commit), commit), copies: new Set() };
    kept.delete(commit);
    kept.set(commit, found);
    found.folder.catch(() => kept.delete(commit));
    const [oldest] = kept;
    if (oldest !== undefined && kept.size > keptPacks) drop(...oldest).catch(() => {});
    return found;
  };
  return {
    copyTo: async (folder, commit) => {
      const { folder: from, copies } = packOf(commit);
      const copy = from.then((packed) => copyPack(packed, folder));
      copies.add(copy);
      await copy.finally(() => copies.delete(copy));
    },
    close: async () => {
      const gone = root;
      await Promise.allSettled([...kept].map((one) => drop(...one)));
      root = null;
      // What cannot be removed now is found by the next sweep.
      if (gone !== null) await remove(gone).catch(() => {});
    },
  };
}

async function pack(vault: VaultFolder, folder: string, commit: Oid): Promise<string> {
  await onDisk('create', folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  await gitOk(vault.git, {
    gitDir: vault.dir,
    // No search for better deltas: the pack lives for minutes.
    args: ['pack-objects', '-q', '--revs', '--shallow', '--window=0', join(folder, 'pack')],
    input: `--shallow ${commit}\n${commit}\n`,
    set: disposable,
  });
  return folder;
}

/** Never a link: who works in the tree may write to its objects. */
async function copyPack(from: string, to: string): Promise<void> {
  await onDisk('copy', to, async () => {
    const names = await readdir(from);
    await Promise.all(names.map((name) => copyFile(join(from, name), join(to, name), constants.COPYFILE_FICLONE)));
  });
}
