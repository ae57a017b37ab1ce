import { join } from 'node:path';
import { isBlanked } from './blank-secrets.ts';
import { askCheckout } from './checkout-index.ts';
import { exists } from './exists.ts';
import { type GitCall, gitOk } from './git.ts';
import { type Listing, listingArgs, parseListing } from './listing.ts';
import { readChangedFiles, readFolders } from './snapshot-disk.ts';
import {
  acceptedPaths,
  type ChangedFile,
  maxSnapshotBytes,
  refuseEntries,
  refuseFile,
  refuseNames,
} from './snapshot-policy.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid, Refusal } from './workspace.ts';

export interface Staging extends VaultFolder {
  /** The workspace's folder. Its own `.git` is never opened. */
  readonly workTree: string;
  readonly base: Oid;
  readonly indexFile: string;
  /** File with ignore rules that weigh less than the workspace's own. */
  readonly excludesFile: string;
}

/** Fills the index with what the folder holds now, as far as the snapshot policy allows. Returns what it refused. */
export async function stage(staging: Staging): Promise<readonly Refusal[]> {
  const listing = await readListing(staging);
  const refused = await refuse(staging.workTree, listing);
  // What was emptied for the implementer stays as it is in the index: as on the base.
  const isOurs = (path: string): boolean => listing.tracked.has(path) && isBlanked(path);
  const paths = acceptedPaths(listing, refused).filter((path) => !isOurs(path));
  if (paths.length > 0) {
    const args = ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'];
    await gitOk(staging.git, { ...callOf(staging), args, input: paths.map((path) => `${path}\0`).join('') });
  }
  return refused;
}

async function readListing(staging: Staging): Promise<Listing> {
  const output = await askCheckout(staging, { ...callOf(staging), args: listingArgs });
  return parseListing(output.toString('utf8'));
}

function callOf({ dir, workTree, indexFile, excludesFile }: Staging): Omit<GitCall, 'args'> {
  return { gitDir: dir, workTree, indexFile, set: [`core.excludesFile=${excludesFile}`] };
}

async function refuse(root: string, listing: Listing): Promise<readonly Refusal[]> {
  const present = [...listing.changed].filter((path) => !path.endsWith('/') && !listing.gone.has(path));
  const [folders, files, others] = await Promise.all([
    readFolders(root, listing.folders),
    readChangedFiles(root, present),
    refuseGitData(root, listing),
  ]);
  const refused: Refusal[] = [
    ...others,
    ...refuseNames(listing),
    ...folders.flatMap((folder) => refuseEntries(folder, listing)),
    ...files.flatMap((file) => refuseFile(file, listing)),
  ];
  return distinct([...refused, ...beyondTotal(files, refused)]);
}

/** A common folder somewhere else, and files inside of submodules, which are empty when nobody touches them. */
async function refuseGitData(root: string, { tracked }: Listing): Promise<Refusal[]> {
  const submodules = [...tracked].filter(([, mode]) => mode === '160000').map(([path]) => path);
  const written = (await readFolders(root, submodules)).filter(({ entries }) => entries.length > 0);
  const isSpoofed = await exists(join(root, '.git/commondir'));
  return [
    ...(isSpoofed ? [{ path: '.git/commondir', kind: 'nested-git' } as const] : []),
    ...written.map(({ folder }) => ({ path: folder, kind: 'submodule-write' }) as const),
  ];
}

/** Files in the order of their paths until the total is reached; the rest is refused. */
function beyondTotal(files: readonly ChangedFile[], refused: readonly Refusal[]): Refusal[] {
  const known = new Set(refused.map(({ path }) => path));
  const beyond: Refusal[] = [];
  let total = 0;
  for (const { path, bytes } of files.filter((file) => !known.has(file.path))) {
    total += bytes;
    if (total > maxSnapshotBytes) beyond.push({ path, kind: 'oversize' });
  }
  return beyond;
}

function distinct(refused: readonly Refusal[]): Refusal[] {
  const byPath = new Map(refused.map((refusal) => [refusal.path, refusal]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
