import type { Policy } from '../verify/protect.ts';
import { baseTestEdits, keptEdits, needsBaseTests, nullPatchEdits } from '../verify/variants.ts';
import type { Change, Oid, TreeEdit, Vault } from '../workspace/workspace.ts';

/** What an attempt made, as the vault has it. */
export interface StoredAttempt {
  readonly base: Oid;
  /** Snapshot whose only parent is the base; null when nothing was changed. */
  readonly snapshot: Oid | null;
  readonly policy: Policy;
}

export type Candidate =
  | {
      readonly kind: 'merged';
      readonly commit: Oid;
      readonly head: Oid;
      /** From the head to the candidate: what the landing would change. */
      readonly changes: readonly Change[];
    }
  | { readonly kind: 'conflict'; readonly head: Oid; readonly paths: readonly string[] };

type Merged = Extract<Candidate, { kind: 'merged' }>;

/** What may land of an attempt, on its base: dropped paths as they were, manifests merged. */
export async function keptCommit(vault: Vault, { base, snapshot, policy }: StoredAttempt): Promise<Oid> {
  if (snapshot === null) return base;
  const edits = keptEdits(policy.decisions);
  return edits.length === 0 ? snapshot : variantOf(vault, snapshot, edits, base);
}

/** Merges what may land onto a head, in the vault. On its own base nothing has to be merged, and known results stay valid. */
export async function buildCandidate(vault: Vault, attempt: StoredAttempt, head: Oid): Promise<Candidate> {
  const kept = await keptCommit(vault, attempt);
  const commit = head === attempt.base ? kept : await mergedOnto(vault, head, kept);
  if (typeof commit !== 'string') return { kind: 'conflict', head, paths: commit };
  return { kind: 'merged', commit, head, changes: await vault.changes(head, commit) };
}

/** The candidate judged by the tests of the base alone; null when the attempt changed none that it does not own. */
export async function withBaseTests(vault: Vault, candidate: Merged, policy: Policy): Promise<Oid | null> {
  if (!needsBaseTests(policy)) return null;
  return variantOf(vault, candidate.commit, baseTestEdits(candidate.changes, policy), candidate.head);
}

/** The attempt's tests without its sources; null when it brought no tests. */
export async function nullPatchOf(vault: Vault, candidate: Merged, policy: Policy): Promise<Oid | null> {
  if (!policy.changesTests) return null;
  return variantOf(vault, candidate.commit, nullPatchEdits(candidate.changes, policy), candidate.head);
}

/** The paths of the conflict, or the commit. */
async function mergedOnto(vault: Vault, head: Oid, kept: Oid): Promise<Oid | readonly string[]> {
  const merge = await vault.merge(head, kept);
  if (merge.kind === 'conflict') return merge.paths;
  return vault.commit({ tree: merge.tree, parents: [head], message: 'candidate' });
}

async function variantOf(vault: Vault, from: Oid, edits: readonly TreeEdit[], parent: Oid): Promise<Oid> {
  return vault.commit({ tree: from, edits, parents: [parent], message: 'variant' });
}
