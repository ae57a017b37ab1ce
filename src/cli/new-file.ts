import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
import { PrdError } from '../problem.ts';

/** Writes a file that must not exist yet; folders on the way are made. Rejects with `edit-refused` when it does. */
export async function writeNewFile(cwd: string, shown: string, text: string): Promise<void> {
  const path = resolve(cwd, shown);
  const there = await stat(path).catch(() => null);
  if (there !== null) throw new PrdError({ code: 'edit-refused', file: shown, why: 'it exists already' });
  await mkdir(dirname(path), { recursive: true });
  await writeAtomic(path, text, { expect: null });
}
