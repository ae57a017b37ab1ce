import { PrdError } from '../problem.ts';
import { gitOk, gitProblem, gitText } from './git.ts';
import { objectMemory } from './object-memory.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Change, Oid } from './workspace.ts';

export interface TreeEntry {
  readonly blob: Oid;
  readonly mode: string;
}

const trees = objectMemory<Oid>(2_000);
/** A listing of 20,000 files takes about 5 MB; one made from it shares its entries and takes a tenth. */
const listings = objectMemory<ReadonlyMap<string, TreeEntry>>(24);

/** More names than this are looked up in the whole listing: a command line has an end. */
const namedPaths = 200;

/** Text of a regular file at a commit, or null. */
export async function readText(
  vault: VaultFolder,
  readBlob: (blob: Oid) => Promise<Buffer>,
  commit: Oid,
  path: string,
): Promise<string | null> {
  const entry = (await blobsAt(vault, commit, [path])).get(path);
  return entry?.mode.startsWith('100') ? (await readBlob(entry.blob)).toString('utf8') : null;
}

/** Every tracked path of a commit, sorted by code units. */
export async function pathsAt(vault: VaultFolder, commit: Oid): Promise<readonly string[]> {
  return [...(await listTree(vault, commit, [])).keys()].sort();
}

/** Blob id and mode of paths at a commit; what is missing there, or a folder, is absent. */
export async function blobsAt(
  vault: VaultFolder,
  commit: Oid,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  if (paths.length === 0) return new Map();
  const wanted = new Set(paths);
  const listed = await listTree(vault, commit, paths.length > namedPaths ? [] : [...wanted]);
  return new Map([...listed].filter(([path]) => wanted.has(path)));
}

/** Remembers the tree of a commit that was just made. */
export function knowTree(vault: VaultFolder, commit: Oid, tree: Oid): void {
  void trees.of(vault, commit, async () => tree);
}

/** Remembers that this is a tree, which stands for itself. */
export function ownTree(vault: VaultFolder, tree: Oid): Oid {
  knowTree(vault, tree, tree);
  return tree;
}

/** What differs from a commit whose listing is known makes the listing of the other one. */
export function knowListing(
  vault: VaultFolder,
  commit: Oid,
  { from, changes }: { readonly from: Oid; readonly changes: readonly Change[] },
): void {
  const before = listings.known(vault, from);
  if (before !== null) void listings.of(vault, commit, async () => changed(await before, changes)).catch(() => {});
}

function changed(before: ReadonlyMap<string, TreeEntry>, changes: readonly Change[]): ReadonlyMap<string, TreeEntry> {
  const after = new Map(before);
  for (const { path, newBlob, newMode } of changes) {
    if (newBlob === null) after.delete(path);
    else after.set(path, { blob: newBlob, mode: newMode });
  }
  return after;
}

/** Tree of a commit; a tree stands for itself. */
export async function treeOf(vault: VaultFolder, commit: Oid): Promise<Oid> {
  const args = ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`];
  return trees.of(vault, commit, () => gitText(vault.git, { gitDir: vault.dir, args }));
}

/** Is `ancestor` in the history of `commit`? Rejects with `objects-missing` when one of them is unknown. */
export async function contains(vault: VaultFolder, commit: Oid, ancestor: Oid): Promise<boolean> {
  const call = { gitDir: vault.dir, args: ['merge-base', '--is-ancestor', '--end-of-options', ancestor, commit] };
  const result = await vault.git.run(call);
  if (result.exitCode === 0 || result.exitCode === 1) return result.exitCode === 0;
  throw new PrdError(gitProblem(call, result));
}

function listTree(vault: VaultFolder, commit: Oid, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
  if (paths.length === 0) return listings.of(vault, commit, () => askListing(vault, commit, []));
  return listings.known(vault, commit) ?? askListing(vault, commit, paths);
}

async function askListing(vault: VaultFolder, commit: Oid, paths: readonly string[]): Promise<Map<string, TreeEntry>> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit, ...paths];
  const listing = await gitOk(vault.git, { gitDir: vault.dir, args });
  const entries = new Map<string, TreeEntry>();
  for (const line of listing.toString('utf8').split('\0')) {
    const [, mode, blob, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== undefined && blob !== undefined && path !== undefined) entries.set(path, { mode, blob });
  }
  return entries;
}
