import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { removeTree } from './remove-tree.ts';
import { stageWorkTree } from './staged-tree.ts';
import { draftLives, ownerLives } from './tree-owner.ts';
import { type TreePlace, treePlace } from './tree-place.ts';
import type { VaultFolder } from './vault-folder.ts';

/** A folder without an owner is one whose making was cut short; it is given this long to get one. */
const orphanMs = 60_000;

/** Removes what ended processes left behind, but never work that the vault does not have. Returns how many. */
export async function sweepTrees(vault: VaultFolder, dir: string): Promise<number> {
  let removed = 0;
  for (const name of await readdir(dir).catch(() => [])) {
    const place = treePlace(join(dir, name));
    if (!(await isLeftBehind(place)) || !(await isStored(vault, place))) continue;
    await removeTree(place);
    removed += 1;
  }
  return removed;
}

async function isLeftBehind(place: TreePlace): Promise<boolean> {
  const lives = draftLives(basename(place.root));
  if (lives !== null) return !lives;
  const owner = await stat(place.owner).catch(() => null);
  if (owner !== null) return !(await ownerLives(place.owner));
  const folder = await stat(place.root).catch(() => null);
  // A removal takes the owner's note last, and a maker brings it along: an empty folder is a removal that was cut off.
  if ((await readdir(place.root).catch(() => null))?.length === 0) return true;
  return folder?.isDirectory() === true && Date.now() - folder.mtimeMs > orphanMs;
}

// A verify tree holds nothing of its own. A workspace may have changed after its last snapshot, so it is compared.
async function isStored(vault: VaultFolder, place: TreePlace): Promise<boolean> {
  const stored = await readFile(place.stored, 'utf8').catch(() => null);
  // Empty: killed while the note was first written, when nobody had worked there yet.
  if (stored === null || stored === '') return true;
  try {
    return (await stageWorkTree({ ...vault, workTree: place.tree, base: stored })).tree === stored;
  } catch {
    return false;
  }
}
