import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { remove } from '../host/remove.ts';
import type { TreePlace } from './tree-place.ts';

/** Removes the folder of a tree. Cut off on the way, it leaves one that the next sweep still knows to be nobody's. */
export async function removeTree(place: TreePlace): Promise<void> {
  // First: without this note nothing in the folder is taken for work that the vault may not have.
  await onDisk('remove', place.stored, () => rm(place.stored, { force: true }));
  const names = await readdir(place.root).catch(() => []);
  for (const file of names.map((name) => join(place.root, name))) if (file !== place.owner) await remove(file);
  await remove(place.root);
}
