import { join } from 'node:path';
import { readRegular } from './regular-file.ts';
import { type Glob, parseGlob } from './search-glob.ts';

/** The ignore files that count for a folder: its own and those of every folder above it, outermost first. */
export type IgnoreLevels = readonly { readonly folder: string; readonly globs: readonly Glob[] }[];

/** Adds the `.gitignore` of `folder` (relative to root, `''` for the root itself). An unreadable file ignores nothing. */
export async function enterFolder(root: string, folder: string, above: IgnoreLevels): Promise<IgnoreLevels> {
  const file = await readRegular(join(root, folder, '.gitignore'), 1_000_000);
  if (file.kind !== 'file') return above;
  const globs = file.bytes
    .toString()
    .split(/\r?\n/)
    .flatMap((line) => parseGlob(line) ?? []);
  return globs.length === 0 ? above : [...above, { folder, globs }];
}

/** The last pattern that names the path decides, as in git. What stands in an ignored folder is ignored by its folder. */
export function isIgnored(levels: IgnoreLevels, path: string, isFolder: boolean): boolean {
  for (const { folder, globs } of [...levels].reverse()) {
    const below = folder === '' ? path : path.slice(folder.length + 1);
    const last = globs.findLast((glob) => (isFolder || !glob.folderOnly) && glob.matches(below));
    if (last) return !last.negated;
  }
  return false;
}
