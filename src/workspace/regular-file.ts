import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export type RegularFile =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | { readonly kind: 'folder' | 'missing' | 'special-file' | 'too-large' };

// NONBLOCK: opening a FIFO would otherwise wait for its writer.
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads a regular file of at most `maxBytes`. The last part of the path is never followed if it is a link. */
export async function readRegular(absolute: string, maxBytes: number): Promise<RegularFile> {
  let handle: FileHandle;
  try {
    handle = await open(absolute, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'special-file' };
  }
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile()) return { kind: 'special-file' };
    if (stats.size > maxBytes) return { kind: 'too-large' };
    return { kind: 'file', bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}
