import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
import { PrdError } from '../problem.ts';
import { type CoachingFile, coachingPath, formatCoaching, parseCoaching } from '../spec/coaching.ts';
import { readText } from './read-text.ts';

/** The coaching file of a working tree. */
export interface OpenCoaching {
  readonly notes: CoachingFile;
  /** Replaces it, unless somebody changed it meanwhile; then rejects with `edit-refused`. */
  write(notes: CoachingFile): Promise<void>;
}

/** Reads it as it stands; no file is an empty one. Its line ends are kept. */
export async function openCoaching(root: string): Promise<OpenCoaching> {
  const path = join(root, coachingPath);
  const text = await readIfThere(path);
  return {
    notes: parseCoaching(text ?? ''),
    write: async (notes) => {
      const formatted = formatCoaching(notes);
      await mkdir(dirname(path), { recursive: true });
      await writeAtomic(path, text?.includes('\r\n') ? formatted.replaceAll('\n', '\r\n') : formatted, {
        expect: text === null ? null : createHash('sha256').update(text).digest('hex'),
      });
    },
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readText(path, coachingPath);
  } catch (error) {
    if (error instanceof PrdError && error.problem.code === 'file-missing') return null;
    throw error;
  }
}
