import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
import { type Opinion, opinionSystem } from '../lint/second-opinion.ts';

/** Opinions that were given before, by the hash of the text. Each is a file of its own, so that two runs never collide. */
export interface OpinionCache {
  /** Undefined when nobody asked yet. */
  read(text: string): Promise<Opinion | undefined>;
  keep(text: string, opinion: Opinion): Promise<void>;
}

/** Another model, or another question, starts over. */
export async function openOpinions(stateDir: string, model: string): Promise<OpinionCache> {
  const folder = join(stateDir, 'opinions');
  await mkdir(folder, { recursive: true });
  const fileOf = (text: string): string => join(folder, `${hashOf([opinionSystem, model, text])}.json`);
  return {
    read: async (text) => {
      const kept = await readFile(fileOf(text), 'utf8').catch(() => null);
      return kept === null ? undefined : opinionIn(kept);
    },
    keep: (text, opinion) => writeAtomic(fileOf(text), `${JSON.stringify({ opinion })}\n`),
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A file that somebody damaged is as good as none. */
function opinionIn(kept: string): Opinion | undefined {
  try {
    const { opinion } = Object(JSON.parse(kept)) as { readonly opinion?: { readonly reason?: unknown } | null };
    if (opinion === null) return null;
    return typeof opinion?.reason === 'string' ? { reason: opinion.reason } : undefined;
  } catch {
    return undefined;
  }
}
