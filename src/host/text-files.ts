import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from './atomic-write.ts';
import { errnoOf, onDisk } from './file-operations.ts';

/** Texts by key in a folder of our own, each written whole or not at all. Keys are file names. */
export function textFiles(dir: string) {
  return {
    /** Null for what is not there. Rejects with `disk`. */
    read: async (key: string): Promise<string | null> => {
      const file = join(dir, `${key}.json`);
      return onDisk('read', file, async () => {
        try {
          return await readFile(file, 'utf8');
        } catch (error) {
          if (errnoOf(error) === 'ENOENT') return null;
          throw error;
        }
      });
    },
    /** Replaces. Rejects with `disk`. */
    write: async (key: string, text: string): Promise<void> => {
      await onDisk('create', dir, () => mkdir(dir, { recursive: true, mode: 0o700 }));
      await writeAtomic(join(dir, `${key}.json`), text, { mode: 0o600 });
    },
  };
}
