import { posix } from 'node:path';
import { type Listing, parentOf, selfAndAbove } from './listing.ts';
import type { Refusal } from './workspace.ts';

/** What a name in a folder is. */
export type EntryKind = 'file' | 'folder' | 'link' | 'special';

/** Names of one folder, as on disk. */
export interface FolderEntries {
  /** Relative to the workspace, empty text for its root. */
  readonly folder: string;
  readonly entries: readonly { readonly name: string; readonly kind: EntryKind }[];
}

/** One changed path as it is on disk now. */
export interface ChangedFile {
  readonly path: string;
  readonly kind: EntryKind;
  readonly bytes: number;
  /** Where a link points, else null. */
  readonly target: string | null;
}

/** Where git hosts begin to warn; what is larger is nearly always a build product or a data set. */
export const maxFileBytes = 50 * 1024 * 1024;
export const maxSnapshotBytes = 500 * 1024 * 1024;

/** What the names of a folder alone forbid. */
export function refuseEntries({ folder, entries }: FolderEntries, listing: Listing): Refusal[] {
  const at = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const named = (kind: Refusal['kind'], names: readonly string[]) => names.map((name) => ({ path: at(name), kind }));
  const names = entries.map(({ name }) => name);
  const git = entries
    .filter(({ name, kind }) => isGitName(name) && !isOwnGit(folder, name, kind))
    .map(({ name }) => name);
  const special = entries.filter(({ kind }) => kind === 'special').map(({ name }) => name);
  return [
    ...named('nested-git', git),
    ...named(
      'nested-git',
      bareRepository(names).filter((name) => isTouched(at(name), listing)),
    ),
    ...named('special-file', special),
    ...named(
      'case-collision',
      collisions(names.filter((name) => isKnown(at(name), listing))).filter((name) => isNew(at(name), listing)),
    ),
  ];
}

/** Changed paths whose names alone forbid them; the file system may not even find them again. */
export function refuseNames(listing: Listing): Refusal[] {
  return [...listing.changed].filter((path) => !isPlainName(path)).map((path) => ({ path, kind: 'control-bytes' }));
}

/** What a changed path may not be. At most one refusal. */
export function refuseFile(file: ChangedFile, listing: Listing): Refusal[] {
  const kind = forbiddenKind(file, listing);
  return kind === null ? [] : [{ path: file.path, kind }];
}

function forbiddenKind(file: ChangedFile, listing: Listing): Refusal['kind'] | null {
  if (listing.tracked.get(file.path) === '160000') return 'submodule-write';
  if (file.kind === 'special') return 'special-file';
  if (file.target !== null && !staysInside(file.path, file.target)) return 'escaping-link';
  return file.bytes > maxFileBytes ? 'oversize' : null;
}

/** Is the name `.git` on some file system: other case, trailing dots, a short name, invisible characters? */
export function isGitName(name: string): boolean {
  return /^(\.git[. ]*|git~\d+)$/i.test(name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''));
}

/**
 * Does a link stay inside the workspace, wherever other links point? `..` counts only at the start of a target: after
 * a name that is itself a link it would climb from somewhere else.
 */
export function staysInside(path: string, target: string): boolean {
  if (posix.isAbsolute(target) || target === '' || !isPlainName(target) || target.includes('\\')) return false;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const climbs = parts.findIndex((part) => part !== '..');
  const rest = climbs < 0 ? [] : parts.slice(climbs);
  const depth = path.split('/').length - 1;
  const climbed = climbs < 0 ? parts.length : climbs;
  return climbed <= depth && !rest.includes('..') && !rest.some(isGitName);
}

/** True unless a name holds control bytes or is no UTF-8, which the file system's reader shows as U+FFFD. */
function isPlainName(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we look for.
  return !/[\u0000-\u001f\u007f\ufffd]/.test(path);
}

/** The folder that the workspace was opened with. We never read it; a file in its place points somewhere else. */
function isOwnGit(folder: string, name: string, kind: EntryKind): boolean {
  return folder === '' && name === '.git' && kind === 'folder';
}

/** `HEAD`, `objects` and `refs` beside each other make any folder a repository for git. */
function bareRepository(names: readonly string[]): readonly string[] {
  const parts = names.filter((name) => /^(head|objects|refs)$/i.test(name));
  return new Set(parts.map((name) => name.toLowerCase())).size === 3
    ? parts.filter((name) => /^head$/i.test(name))
    : [];
}

/** A repository kept as a fixture may stay as it is: only a change to it is refused. */
function isTouched(head: string, { changed }: Listing): boolean {
  const folder = parentOf(head);
  return [...changed].some((path) => (folder === '' ? path === head : path.startsWith(`${folder}/`)));
}

function collisions(names: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const folded = name.normalize('NFC').toLowerCase();
    groups.set(folded, [...(groups.get(folded) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length > 1).flat();
}

function isKnown(path: string, { tracked, changed, folders }: Listing): boolean {
  return tracked.has(path) || changed.has(path) || folders.has(path);
}

function isNew(path: string, { tracked, folders }: Listing): boolean {
  if (tracked.has(path)) return false;
  return !folders.has(path) || ![...tracked.keys()].some((file) => file.startsWith(`${path}/`));
}

/** Changed paths that no refusal covers, sorted, so that a file comes before what replaced it as a folder. */
export function acceptedPaths(listing: Listing, refused: readonly Refusal[]): string[] {
  const blocked = new Set(refused.map(({ path }) => path));
  const covers = (path: string) => [...selfAndAbove(path)].some((above) => blocked.has(above));
  // What vanished under a file or link that took its folder's place is removed by that file's own entry.
  const replaced = (path: string) =>
    listing.gone.has(path) && [...selfAndAbove(parentOf(path))].some((above) => listing.changed.has(above));
  return [...listing.changed].filter((path) => !path.endsWith('/') && !covers(path) && !replaced(path)).sort();
}
