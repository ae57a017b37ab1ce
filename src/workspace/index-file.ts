import { randomUUID } from 'node:crypto';
import { copyFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { scratchDir } from './vault-folder.ts';

/** Gives `act` an index file of its own, removed afterwards: a killed operation never leaves a lock that others meet. */
export async function withIndex<T>(vaultDir: string, act: (indexFile: string) => Promise<T>): Promise<T> {
  const file = join(scratchDir(vaultDir), `${randomUUID()}.index`);
  try {
    return await act(file);
  } finally {
    await rm(file, { force: true });
    await rm(`${file}.lock`, { force: true });
  }
}

/**
 * Copies an index so that git trusts it no more than the original. git compares times in whole seconds and re-reads
 * files as young as the index itself: a younger copy would hide an edit made in the second of the checkout.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  await onDisk('copy', to, async () => {
    const { mtimeMs } = await stat(from);
    await copyFile(from, to);
    const seconds = Math.floor(mtimeMs / 1_000);
    await utimes(to, seconds, seconds);
  });
}
