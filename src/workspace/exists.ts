import { lstat } from 'node:fs/promises';

/** Is there anything under this name? A link counts, wherever it points. */
export async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}
