import { type EvidenceFolder, evidenceFor, readEvidenceFolder } from '../land/gate-evidence.ts';
import { sayFinding } from '../land/gate-finding.ts';
import { nearest } from '../prd/nearest.ts';
import type { Prd, Story } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import type { Strength } from '../verify/verdict.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';

/** What there is to accept. Evidence that was forged is not: nobody shall cover it up in passing. */
export interface AcceptChoice {
  readonly wanted: readonly Story[];
  /** Asked for, but the pass holds already. */
  readonly holding: readonly { readonly story: Story; readonly strength: Strength }[];
  readonly forged: readonly { readonly story: Story; readonly why: string }[];
}

/** The named story, or all that say they pass and cannot show it. Rejects with `unknown-story`. */
export function chooseAccepted({ stories }: Prd, id: string | null, folder: EvidenceFolder): AcceptChoice {
  if (id === null) return chooseExisting(stories, folder);
  const story = stories.find((one) => one.id === id);
  if (story === undefined) {
    const ids = stories.map((one) => one.id);
    throw new PrdError({ code: 'unknown-story', story: id, near: nearest(id, ids), known: ids.length });
  }
  const found = evidenceFor(story, folder);
  if (!story.passes || found.kind === 'finding') return { wanted: [story], holding: [], forged: [] };
  return { wanted: [], holding: [{ story, strength: found.evidence.predicate.prd.strength }], forged: [] };
}

function chooseExisting(stories: readonly Story[], folder: EvidenceFolder): AcceptChoice {
  const wanted: Story[] = [];
  const forged: { story: Story; why: string }[] = [];
  for (const story of stories.filter(({ passes }) => passes)) {
    const found = evidenceFor(story, folder);
    if (found.kind === 'valid') continue;
    if (found.finding.code === 'evidence-mismatch') forged.push({ story, why: sayFinding(found.finding).message });
    else wanted.push(story);
  }
  return { wanted, holding: [], forged };
}

/** The evidence that a commit holds. */
export async function evidenceAt(vault: Vault, commit: Oid): Promise<EvidenceFolder> {
  const paths = (await vault.paths(commit)).filter((path) => path.startsWith('.prd/evidence/'));
  const texts = await Promise.all(paths.map(async (path) => [path, (await vault.read(commit, path)) ?? ''] as const));
  return readEvidenceFolder(new Map(texts));
}
