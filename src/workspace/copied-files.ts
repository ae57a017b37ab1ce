import { constants } from 'node:fs';
import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin } from '../host/box-masks.ts';
import { errnoOf, onDisk } from '../host/file-operations.ts';
import { readRegular } from './regular-file.ts';

/** Files of the user's checkout, by path relative to it. */
export interface CopiedFiles {
  readonly from: string;
  readonly paths: readonly string[];
}

/** Settings for tests are small; a database dump belongs elsewhere. */
const maxBytes = 10 * 1024 * 1024;

/**
 * Copies the user's untracked files into a tree. Where the commit has a file, the commit's stays; a link, a special file
 * and one that is missing or larger than 10 MB is left out: the check that needs it says so.
 */
export async function copyFiles(copies: CopiedFiles | undefined, tree: string): Promise<void> {
  for (const path of copies?.paths ?? []) await copyFile(copies?.from ?? '', path, tree);
}

async function copyFile(from: string, path: string, tree: string): Promise<void> {
  const file = join(from, path);
  const source = await realpath(dirname(file)).catch(() => null);
  // A folder that is a link could lead to any file of the user.
  if (source === null || !isWithin(source, await realpath(from))) return;
  const read = await readRegular(file, maxBytes);
  if (read.kind !== 'file') return;
  const target = join(tree, path);
  await onDisk('write', target, async () => {
    await mkdir(dirname(target), { recursive: true });
    if (!isWithin(await realpath(dirname(target)), tree)) return;
    const handle = await open(target, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).catch(ifThere);
    await handle?.writeFile(read.bytes).finally(() => handle.close());
  });
}

function ifThere(error: unknown): null {
  if (errnoOf(error) === 'EEXIST') return null;
  throw error;
}
