import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { isPickedByItself } from '../prd/find.ts';
import { PrdError } from '../problem.ts';
import { findIn, findPrd, showPath } from './find-prd.ts';

/** Never searched: what is in there was not written for us. */
const skipped = new Set(['.git', 'node_modules']);

/**
 * Paths of the PRDs that the arguments of a command name, absolute, each once: files, folders that hold one, globs; without
 * arguments the one that is found. Rejects with `file-missing` for an argument that names nothing.
 */
export async function findFiles(args: readonly string[], cwd: string): Promise<readonly string[]> {
  if (args.length === 0) return [(await findPrd(cwd, null)).path];
  const paths = new Set<string>();
  for (const arg of args) for (const path of await filesOf(arg, cwd)) paths.add(path);
  return [...paths];
}

async function filesOf(arg: string, cwd: string): Promise<readonly string[]> {
  const path = resolve(cwd, arg);
  const kind = await kindOf(path);
  if (kind === 'file') return [path];
  const found = kind === 'folder' ? await findIn(path, cwd) : null;
  if (found !== null) return [found.path];
  const matches = kind === null && picomatch.scan(arg).isGlob ? await matching(arg, cwd) : [];
  if (matches.length === 0) throw new PrdError({ code: 'file-missing', file: arg, looked: [] });
  return matches;
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

async function matching(pattern: string, cwd: string): Promise<readonly string[]> {
  const { base, glob } = picomatch.scan(pattern);
  const matches = picomatch(glob, { dot: true });
  const top = resolve(cwd, base);
  const found: string[] = [];
  await walk(top, (path) => {
    const relative = showPath(path, top);
    if (matches(relative) && isPickedByItself(relative)) found.push(path);
  });
  return found.sort();
}

/** Visits every file below a folder, without following links to folders. A folder that cannot be read is passed over. */
export async function walk(folder: string, visit: (path: string) => void): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) await walk(path, visit);
    else if (entry.isFile() || entry.isSymbolicLink()) visit(path);
  }
}
