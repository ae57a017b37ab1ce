import { readTexts } from '../spec/read-texts.ts';
import { sourceFile } from '../spec/repository-map.ts';
import type { Policy } from '../verify/protect.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import type { ChangedFile } from './changed-file.ts';
import { factsOf, lostExports } from './facts.ts';
import { importedPaths } from './imports.ts';

/** Larger repositories are searched as far as this for users of what is gone. */
const maxSources = 600;

export interface Surroundings {
  readonly facts: readonly string[];
  /** Paths that a remark may be about: the change and what it imports. */
  readonly near: ReadonlySet<string>;
}

/** What can be seen of a change without a model, and where remarks on it may point. */
export async function readSurroundings(
  files: readonly ChangedFile[],
  policy: Pick<Policy, 'flags' | 'dropped' | 'isTest'>,
  candidate: Oid,
  vault: Vault,
): Promise<Surroundings> {
  const paths = await vault.paths(candidate);
  const anyLost = files.some((file) => lostExports(file).length > 0);
  const wanted = anyLost ? paths.filter((path) => sourceFile.test(path)).slice(0, maxSources) : [];
  const sources = await readTexts(vault, candidate, wanted);
  const changed = files.flatMap(({ path, after }) => (after === null ? [] : [{ path, text: after }]));
  const imported = importedPaths(changed, new Set(paths));
  return {
    facts: factsOf({ files, flags: policy.flags, dropped: policy.dropped, isTest: policy.isTest, sources }),
    near: new Set([...files.map(({ path }) => path), ...imported]),
  };
}
