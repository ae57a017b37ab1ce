import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { prdFileNames } from '../prd/find.ts';
import { PrdError } from '../problem.ts';
import type { Context } from './context.ts';

export interface FoundPrd {
  /** Absolute, as named. */
  readonly path: string;
  /** Absolute, with links followed and in the spelling of the disk: the file that a write must go to. */
  readonly realPath: string;
  /** Relative to the current folder where that is shorter: what people read. */
  readonly shown: string;
  /** Other files that could have been meant. */
  readonly others: readonly string[];
}

/**
 * The PRD that a command works on: the named file, else the first known name in the current folder, else at the top of the
 * repository. Rejects with `file-missing`.
 */
export async function findPrd(cwd: string, named: string | null): Promise<FoundPrd> {
  if (named !== null) return findNamed(cwd, named);
  for (const folder of new Set([cwd, (await repositoryTop(cwd)) ?? cwd])) {
    const found = await findIn(folder, cwd);
    if (found !== null) return found;
  }
  throw new PrdError({ code: 'file-missing', file: 'PRD.json', looked: prdFileNames });
}

/** The first known name in a folder, or null. */
export async function findIn(folder: string, cwd: string): Promise<FoundPrd | null> {
  const files = new Map<string, string>();
  for (const name of prdFileNames) {
    const path = join(folder, name);
    const identity = await identityOf(path);
    // One file under two names, on a disk that ignores case or by a link, is one file.
    if (identity !== null && !files.has(identity)) files.set(identity, path);
  }
  const [path, ...others] = files.values();
  if (path === undefined) return null;
  return {
    path,
    realPath: await realpath(path),
    shown: showPath(path, cwd),
    others: others.map((one) => showPath(one, cwd)),
  };
}

/** The folder that holds `.git`, looked for upwards; null outside a repository. Asks no git. */
export async function repositoryTop(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await identityOf(join(at, '.git'), true)) !== null) return at;
    if (at === dirname(at)) return null;
  }
}

/** A path as a person at `cwd` would write it, with `/` on every system. */
export function showPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return (near === '' || near.startsWith(`..${sep}..${sep}..`) ? path : near).replaceAll(sep, '/');
}

/** Says which file was taken when there was a choice. */
export function noteOthers({ shown, others }: FoundPrd, { stderr, flags }: Context): void {
  if (others.length === 0 || flags.quiet === true) return;
  stderr.write(`note: reads \`${shown}\`; also there: ${others.map((other) => `\`${other}\``).join(', ')}\n`);
}

async function findNamed(cwd: string, named: string): Promise<FoundPrd> {
  const path = resolve(cwd, named);
  const shown = showPath(path, cwd);
  if ((await identityOf(path)) === null) throw new PrdError({ code: 'file-missing', file: named, looked: [] });
  return { path, realPath: await realpath(path), shown, others: [] };
}

async function identityOf(path: string, anyKind = false): Promise<string | null> {
  try {
    const { dev, ino, isFile } = await statOf(path);
    return isFile || anyKind ? `${dev}:${ino}` : null;
  } catch {
    return null;
  }
}

async function statOf(path: string): Promise<{ dev: bigint; ino: bigint; isFile: boolean }> {
  const found = await stat(path, { bigint: true });
  return { dev: found.dev, ino: found.ino, isFile: found.isFile() };
}
