import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import type { Commands } from '../host/process.ts';
import { PrdError } from '../problem.ts';
import type { Git } from './git.ts';
import { nearestPaths } from './nearest-paths.ts';
import { type CheckedPath, checkPath } from './path-check.ts';
import { type NameRules, refusedName } from './path-names.ts';
import { readRegular } from './regular-file.ts';
import { searchFiles } from './search.ts';
import { type Narrow, searchPrograms } from './search-programs.ts';
import { folderEntries, walkFiles } from './search-walk.ts';
import type { FileRead, FileWrite, FolderRead, SearchQuery, SearchResult, WorkspaceFiles } from './workspace.ts';

export interface FilesOptions extends NameRules {
  /** To start the programs that make searching quicker. Without them every file is read. */
  readonly commands?: Commands;
  readonly git?: Git;
  /** `PATH` of the user: where `rg` may stand. */
  readonly path?: string | undefined;
  /** Folder of full command logs, read under `@logs/`. */
  readonly logDir?: string;
  /** After which a search ends with what it has found. Default 5 s. */
  readonly searchTimeoutMs?: number;
}

/** Prefix of paths that mean a log, not a file of the workspace. Logs are read only. */
const logPrefix = '@logs/';
const maxFileBytes = 10 * 1024 * 1024;
const maxLogBytes = 64 * 1024 * 1024;
const maxSearchedBytes = 1024 * 1024;
const maxEntries = 200;

/**
 * The files below `root` as tools may touch them. Every path goes through one check (`path-check.ts`), which holds as
 * long as nothing started by the agent is alive. Rejects only with `PrdError` (`disk`), when writing fails.
 */
export function workspaceFiles(root: string, options: FilesOptions = {}): WorkspaceFiles {
  const workspace = once(() => realpath(root));
  const programs = once(async () => {
    const { commands, git, path } = options;
    return commands && git ? searchPrograms(commands, git, path) : [];
  });
  return {
    read: async (path) => {
      const log = logPath(path, options);
      if (log !== null)
        return readFile(
          await checkPath(await realpath(log.root).catch(() => log.root), log.path, {}),
          maxLogBytes,
          logPrefix,
        );
      return readFile(await checkPath(await workspace(), path, options), maxFileBytes, '');
    },
    write: async (path, bytes) => {
      if (path.startsWith(logPrefix)) return { kind: 'refused', path, why: 'outside' };
      return writeFile(await checkPath(await workspace(), path, options), bytes);
    },
    list: async (path) => listFolder(await workspace(), await checkPath(await workspace(), path, options)),
    search: async (query) => search(query, await workspace(), await programs(), options),
    nearest: async (path) => nearestPaths(path, await visibleFiles(await workspace(), options)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function logPath(path: string, { logDir }: FilesOptions): { root: string; path: string } | null {
  return logDir === undefined || !path.startsWith(logPrefix)
    ? null
    : { root: logDir, path: path.slice(logPrefix.length) };
}

async function readFile(checked: CheckedPath, maxBytes: number, prefix: string): Promise<FileRead> {
  const path = prefix + checked.path;
  if (checked.kind === 'refused') return { kind: 'refused', path, why: checked.why };
  const file = await readRegular(checked.absolute, maxBytes);
  if (file.kind === 'file') return { kind: 'file', path, bytes: file.bytes, hash: hashOf(file.bytes) };
  if (file.kind === 'folder' || file.kind === 'missing') return { kind: file.kind, path };
  return { kind: 'refused', path, why: file.kind };
}

async function writeFile(checked: CheckedPath, bytes: Uint8Array): Promise<FileWrite> {
  if (checked.kind === 'refused') return checked;
  const { path, absolute, state } = checked;
  if (bytes.byteLength > maxFileBytes) return { kind: 'refused', path, why: 'too-large' };
  if (state === 'under-file') return { kind: 'refused', path, why: 'bad-name' };
  const old = await lstat(absolute).catch(() => null);
  if (old !== null && !old.isFile()) return { kind: 'refused', path, why: 'special-file' };
  const written = await onDisk('write', absolute, async () => {
    await mkdir(dirname(absolute), { recursive: true });
    await replace(absolute, bytes, old === null ? null : old.mode & 0o777);
    return true;
  }).catch(ifPulledAway);
  if (!written) return { kind: 'refused', path, why: 'special-file' };
  return { kind: 'written', path, hash: hashOf(bytes), created: old === null };
}

/** A process that escaped the sweep of `guard` can pull a folder away: the agent's own doing, and no reason to end a run. */
function ifPulledAway(error: unknown): false {
  if (error instanceof PrdError && error.problem.code === 'disk' && pulledAway.has(error.problem.errno)) return false;
  throw error;
}

const pulledAway: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EEXIST', 'ELOOP']);

/** By rename, so that another name of the old file (a hard link) keeps the old content. */
async function replace(absolute: string, bytes: Uint8Array, mode: number | null): Promise<void> {
  const temporary = join(dirname(absolute), `.prd-${randomUUID()}.tmp`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  try {
    const handle = await open(temporary, flags, mode ?? 0o666);
    try {
      await handle.writeFile(bytes);
      if (mode !== null) await handle.chmod(mode);
    } finally {
      await handle.close();
    }
    await rename(temporary, absolute);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function listFolder(root: string, checked: CheckedPath): Promise<FolderRead> {
  if (checked.kind === 'refused') return { kind: 'refused', why: checked.why };
  const stats = await lstat(checked.absolute).catch(() => null);
  if (!stats?.isDirectory()) return { kind: 'missing' };
  const entries = await folderEntries(root, checked.path === '.' ? '' : checked.path);
  return { kind: 'folder', entries: entries.slice(0, maxEntries), more: Math.max(0, entries.length - maxEntries) };
}

async function search(
  query: SearchQuery,
  root: string,
  narrow: readonly Narrow[],
  options: FilesOptions,
): Promise<SearchResult> {
  const log = query.glob === null ? null : logPath(query.glob, options);
  const isHidden = (path: string): boolean => refusedName(path, options) !== null;
  const { searchTimeoutMs: timeoutMs = 5_000 } = options;
  if (log === null) return searchFiles(query, { root, narrow, isHidden, maxBytes: maxSearchedBytes, timeoutMs });
  const place = { root: log.root, narrow: [], isHidden: () => false, maxBytes: maxLogBytes, timeoutMs };
  const found = await searchFiles({ ...query, glob: log.path === '' ? null : log.path }, place);
  return { ...found, files: found.files.map((file) => ({ ...file, path: logPrefix + file.path })) };
}

async function visibleFiles(root: string, options: FilesOptions): Promise<readonly string[]> {
  return (await walkFiles(root)).filter((path) => refusedName(path, options) === null);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
