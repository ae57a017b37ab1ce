import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { enterFolder, type IgnoreLevels, isIgnored } from './search-ignore.ts';

/** Nobody reads these: version control, and what package managers fill, also where no ignore file says so. */
const closedFolders = ['.git', 'node_modules', '.venv', '__pycache__', '.dart_tool', '.pytest_cache'];
const maxFiles = 100_000;
const maxDepth = 64;

/** Regular files below `root`, relative, sorted; without links, version control and what the ignore files name. */
export async function walkFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  await walk(root, '', [], files);
  return files.sort();
}

/** Is the path in a folder that no search looks into? */
export function inClosedFolder(path: string): boolean {
  return path.split('/').some(isClosed);
}

/** Names in one folder as a person would list them: sorted, folders with a `/`, ignored ones hidden. */
export async function folderEntries(root: string, folder: string): Promise<readonly string[]> {
  const levels = await levelsOf(root, folder);
  const entries = await visibleEntries(root, folder, levels ?? []);
  return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
}

async function walk(root: string, folder: string, above: IgnoreLevels, files: string[]): Promise<void> {
  if (folder.split('/').length > maxDepth) return;
  const levels = await enterFolder(root, folder, above);
  for (const entry of await visibleEntries(root, folder, levels)) {
    if (files.length >= maxFiles) return;
    const path = pathOf(folder, entry);
    if (entry.isDirectory()) await walk(root, path, levels, files);
    else if (entry.isFile()) files.push(path);
  }
}

/** Null when the folder itself is ignored: whoever asks for it by name may see what is in it. */
async function levelsOf(root: string, folder: string): Promise<IgnoreLevels | null> {
  let levels = await enterFolder(root, '', []);
  let current = '';
  for (const name of folder === '' ? [] : folder.split('/')) {
    current = current === '' ? name : `${current}/${name}`;
    if (isIgnored(levels, current, true)) return null;
    levels = await enterFolder(root, current, levels);
  }
  return levels;
}

async function visibleEntries(root: string, folder: string, levels: IgnoreLevels): Promise<readonly Dirent[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => {
    if (isClosed(entry.name)) return false;
    return !isIgnored(levels, pathOf(folder, entry), entry.isDirectory());
  });
}

function isClosed(name: string): boolean {
  return closedFolders.includes(name.toLowerCase());
}

function pathOf(folder: string, entry: Dirent): string {
  return folder === '' ? entry.name : `${folder}/${entry.name}`;
}
