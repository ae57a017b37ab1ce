import { createHash } from 'node:crypto';
import { isPrds } from '../land/evidence-body.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';

type Listing = Pick<Vault, 'paths' | 'blobs'>;

/**
 * Names what checks judge at a commit: all files but the plan itself and what stands in `.prd/`. Two commits with the same
 * name differ by the bookkeeping of landings at most, so what is known of one is known of the other.
 */
export function codeDigests(vault: Listing, prdPath: string): (commit: Oid) => Promise<string> {
  const known = new Map<Oid, Promise<string>>();
  return (commit) => {
    const digest = known.get(commit) ?? codeDigest(vault, commit, prdPath);
    known.set(commit, digest);
    digest.catch(() => known.delete(commit));
    return digest;
  };
}

async function codeDigest(vault: Listing, commit: Oid, prdPath: string): Promise<string> {
  const paths = (await vault.paths(commit)).filter((path) => !isPrds(path, prdPath));
  const entries = await vault.blobs(commit, paths);
  const hash = createHash('sha256');
  for (const path of paths) {
    const entry = entries.get(path);
    hash.update(`${entry?.mode} ${entry?.blob}\t${path}\0`);
  }
  return hash.digest('hex');
}
