import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import { isPrds } from '../land/evidence-body.ts';
import { storyDigest } from '../prd/digest.ts';
import type { Story } from '../prd/prd.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';

/**
 * What a story's outcome hung on: its text, and the files at the base that its scope names (all of them without a scope).
 * A blocked story is tried again by itself only when this changes. The PRD and `.prd/` never count.
 */
export async function storyKey(vault: Vault, story: Story, base: Oid, prdPath: string): Promise<string> {
  const inScope = story.files.length === 0 ? () => true : picomatch([...story.files], { dot: true });
  const paths = (await vault.paths(base)).filter((path) => !isPrds(path, prdPath) && inScope(path));
  const hash = createHash('sha256').update(storyDigest(story));
  for (const [path, { blob }] of await vault.blobs(base, paths)) hash.update(`\0${path}\0${blob}`);
  return hash.digest('hex').slice(0, 16);
}
