import type { Oid, Vault } from '../workspace/workspace.ts';

/** Larger files are data, not something to plan or judge with. */
const maxBytes = 400_000;

/**
 * Texts of files at a commit, read together; what is not there, no regular file, binary or larger than 400 kB is absent.
 * Keeps the order of `paths`.
 */
export async function readTexts(
  vault: Vault,
  commit: Oid,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const blobs = await vault.blobs(commit, paths);
  const read = async (path: string): Promise<readonly [string, string] | null> => {
    const entry = blobs.get(path);
    if (entry === undefined || !entry.mode.startsWith('100')) return null;
    const bytes = await vault.readBlob(entry.blob);
    return bytes.length > maxBytes || bytes.includes(0) ? null : [path, bytes.toString('utf8')];
  };
  const texts = await Promise.all([...new Set(paths)].map(read));
  return new Map(texts.filter((text) => text !== null));
}
