import { randomUUID } from 'node:crypto';
import { chmod, lstat, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { isAbsolute, parse } from 'node:path';
import { PrdError } from '../problem.ts';
import { crashPoint } from './crash-point.ts';
import { diskError, errnoOf } from './file-operations.ts';

/** Paths end at 4,096 bytes on Linux, at 1,024 on macOS; a folder nested deeper than this is first moved up. */
const maxNestedBytes = 600;
const together = 32;
const maxTurns = 100;

/**
 * Removes a folder and all that is in it, read-only or not. Links are removed, never followed; a file system mounted
 * inside is never entered. A missing folder is fine. Rejects with `PrdError` (`disk`).
 */
export async function remove(folder: string): Promise<void> {
  const root = Buffer.from(folder);
  try {
    if (!isAbsolute(folder) || parse(folder).root === folder) throw refusal(folder, 'EINVAL');
    const facts = await lstat(root);
    if (facts.isDirectory()) await removeFolder(root, { root, device: facts.dev });
    else await unlink(root);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw diskError('remove', folder, error);
  }
}

interface Bounds {
  readonly root: Buffer;
  readonly device: number;
}

// Names are bytes: an agent can make one that is no UTF-8, and as a string it would not be found again.
async function removeFolder(folder: Buffer, bounds: Bounds): Promise<void> {
  const facts = await lstat(folder);
  if (facts.dev !== bounds.device) throw refusal(folder.toString(), 'EXDEV');
  // Module caches are read-only down to their folders, and nobody but root may empty such a folder.
  if ((facts.mode & 0o700) !== 0o700) await chmod(folder, 0o700);
  await emptyFolder(folder, bounds);
  // What outlived its command at `guard` may still be writing there; it does not keep up for long.
  for (let turn = 0; !(await removed(folder)); turn += 1) {
    if (turn === maxTurns) throw refusal(folder.toString(), 'ENOTEMPTY');
    await emptyFolder(folder, bounds);
  }
}

async function removed(folder: Buffer): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (errnoOf(error) !== 'ENOTEMPTY') throw error;
    return false;
  }
}

async function emptyFolder(folder: Buffer, bounds: Bounds): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const paths = (folders: boolean) =>
    entries.filter((entry) => entry.isDirectory() === folders).map((entry) => below(folder, entry.name));
  const files = paths(false);
  while (files.length > 0) await Promise.all(files.splice(-together).map((file) => unlink(file).catch(ifGone)));
  crashPoint('gc.mid-delete');
  for (const inner of paths(true)) await removeInner(inner, bounds);
}

async function removeInner(folder: Buffer, bounds: Bounds): Promise<void> {
  await movedUp(folder, bounds)
    .then((higher) => removeFolder(higher, bounds))
    .catch(ifGone);
}

function ifGone(error: unknown): void {
  if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errnoOf(error))) throw error;
}

async function movedUp(folder: Buffer, { root }: Bounds): Promise<Buffer> {
  if (folder.length < root.length + maxNestedBytes) return folder;
  const higher = below(root, Buffer.from(randomUUID()));
  await rename(folder, higher);
  return higher;
}

function below(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

function refusal(file: string, errno: string): PrdError {
  return new PrdError({ code: 'disk', operation: 'remove', file, errno });
}
