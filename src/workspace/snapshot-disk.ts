import type { Dirent } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../host/file-operations.ts';
import type { ChangedFile, EntryKind, FolderEntries } from './snapshot-policy.ts';

/** More at once would only queue in the four threads that Node gives to the file system. */
const together = 64;

/** The names in every folder, links not followed. A folder that vanished is left out. */
export async function readFolders(root: string, folders: Iterable<string>): Promise<FolderEntries[]> {
  const found = await inBatches([...folders], async (folder) => {
    const entries = await orMissing(join(root, folder), readdir(join(root, folder), { withFileTypes: true }));
    return entries && { folder, entries: entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })) };
  });
  return found.filter((entries) => entries !== null);
}

/** What the paths are on disk now. Missing ones are left out. */
export async function readChangedFiles(root: string, paths: readonly string[]): Promise<ChangedFile[]> {
  const found = await inBatches(paths, async (path) => {
    const file = join(root, path);
    const facts = await orMissing(file, lstat(file));
    if (facts === null) return null;
    const kind = kindOf(facts);
    return { path, kind, bytes: facts.size, target: kind === 'link' ? await readlink(file) : null };
  });
  return found.filter((file) => file !== null);
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

async function inBatches<A, B>(items: readonly A[], act: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let at = 0; at < items.length; at += together) {
    done.push(...(await Promise.all(items.slice(at, at + together).map(act))));
  }
  return done;
}

async function orMissing<T>(file: string, reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return null;
    throw diskError('read', file, error);
  }
}
