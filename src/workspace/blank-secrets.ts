import { constants, open } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, onDisk } from '../host/file-operations.ts';

/**
 * Is this a tracked file of settings that may hold secrets, and no template of one? Implementers find it empty, and a
 * snapshot takes it as it is on the base.
 */
export function isBlanked(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /^\.env(?:[._-]|$)/.test(name) && !/\.(?:example|sample|template)$/.test(name);
}

/** Empties such files in a fresh clone, before anybody works there. Rejects with `disk`. */
export async function blankSecrets(dir: string, paths: readonly string[]): Promise<void> {
  for (const path of paths.filter(isBlanked)) await blank(join(dir, path));
}

/** A link is left alone: what it leads to is another path, with rules of its own. */
async function blank(file: string): Promise<void> {
  const { O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;
  await onDisk('write', file, async () => {
    try {
      await (await open(file, O_WRONLY | O_TRUNC | O_NOFOLLOW)).close();
    } catch (error) {
      if (!['ELOOP', 'ENOENT', 'EISDIR'].includes(errnoOf(error))) throw error;
    }
  });
}
