import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isBadName, type NameRules, refusedName } from './path-names.ts';
import type { RefusedPath } from './workspace.ts';

export type CheckedPath =
  | {
      readonly kind: 'allowed';
      /** No part of it is a link. */
      readonly absolute: string;
      /** Relative to the root, with `/`; the root itself is `.`. */
      readonly path: string;
      /** `under-file`: a parent is no folder, so nothing can ever stand there. */
      readonly state: 'exists' | 'missing' | 'under-file';
    }
  | { readonly kind: 'refused'; readonly path: string; readonly why: RefusedPath };

/**
 * The one path check. `root` is a real path. Follows links and refuses what leaves the root, compares whole segments,
 * and judges names both as asked and as resolved. Valid as long as nothing else changes the tree.
 */
export async function checkPath(root: string, asked: string, rules: NameRules): Promise<CheckedPath> {
  if (isBadName(asked)) return refused(asked, 'bad-name');
  const path = inside(root, resolve(root, asked));
  if (path === null) return refused(asked, 'outside');
  const named = refusedName(path, rules);
  if (named !== null) return refused(path, named);
  const found = await follow(root, path === '.' ? [] : path.split('/'));
  if (found === null) return refused(path, 'outside');
  const real = inside(root, found.absolute);
  if (real === null) return refused(path, 'outside');
  const resolved = refusedName(real, rules);
  return resolved === null ? { kind: 'allowed', path: real, ...found } : refused(path, resolved);
}

/** The path relative to `root`, or null when it leaves it. */
function inside(root: string, absolute: string): string | null {
  const path = relative(root, absolute);
  if (path === '') return '.';
  const segments = path.split(sep);
  return segments[0] === '..' || isAbsolute(path) ? null : segments.join('/');
}

interface Found {
  readonly absolute: string;
  readonly state: 'exists' | 'missing' | 'under-file';
}

/** Null when a link leads out of the root, nowhere, or round in circles. */
async function follow(root: string, segments: readonly string[]): Promise<Found | null> {
  let current = root;
  for (const [index, segment] of segments.entries()) {
    const rest = segments.slice(index);
    const next = await step(root, join(current, segment));
    if (next === 'outside') return null;
    if (next === 'missing' || next === 'under-file') return { absolute: join(current, ...rest), state: next };
    current = next;
  }
  return { absolute: current, state: 'exists' };
}

async function step(root: string, absolute: string): Promise<string | 'missing' | 'under-file' | 'outside'> {
  try {
    const stats = await lstat(absolute);
    if (!stats.isSymbolicLink()) return absolute;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'under-file' : 'missing';
  }
  const target = await realpath(absolute).catch(() => null);
  return target === null || inside(root, target) === null ? 'outside' : target;
}

function refused(path: string, why: RefusedPath): CheckedPath {
  return { kind: 'refused', path, why };
}
