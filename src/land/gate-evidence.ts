import { storyDigest } from '../prd/digest.ts';
import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import { type Evidence, type EvidenceRead, evidencePath, readEvidence } from './evidence.ts';
import { checksDigest } from './evidence-digest.ts';
import type { GateFinding } from './gate-finding.ts';

/** Evidence that holds for the story as it reads now, or what is wrong with it. */
export type StoryEvidence =
  | { readonly kind: 'valid'; readonly evidence: Evidence }
  | { readonly kind: 'finding'; readonly finding: EvidenceFinding };

export type EvidenceFinding = Extract<GateFinding, { code: 'no-evidence' | 'evidence-mismatch' | 'stale-story' }>;

/** Every evidence file, read once: a document may have a thousand stories. */
export interface EvidenceFolder {
  readonly byPath: ReadonlyMap<string, EvidenceRead>;
  /** Path of a readable file by the story it says it belongs to. */
  readonly byStory: ReadonlyMap<string, string>;
}

/** Reads the evidence files. `files`: their text, by path. */
export function readEvidenceFolder(files: ReadonlyMap<string, string>): EvidenceFolder {
  const byPath = new Map<string, EvidenceRead>();
  const byStory = new Map<string, string>();
  for (const [path, text] of files) {
    const read = readEvidence(text);
    byPath.set(path, read);
    const id = read.kind === 'read' ? read.evidence.predicate.prd.story.id : null;
    if (id !== null && !byStory.has(id)) byStory.set(id, path);
  }
  return { byPath, byStory };
}

/** Looks a passing story's evidence up and holds it against the story. */
export function evidenceFor(story: Story, folder: EvidenceFolder): StoryEvidence {
  const digest = storyDigest(story);
  const path = evidencePath(story.id, digest);
  const read = folder.byPath.get(path);
  if (read === undefined) return finding(withoutEvidence(story, folder));
  if (read.kind === 'damaged') return mismatch(story, path, read.why);
  const { prd } = read.evidence.predicate;
  if (prd.story.id !== story.id) return mismatch(story, path, `it belongs to story \`${prd.story.id}\``);
  if (prd.story.digest !== digest) return mismatch(story, path, 'it belongs to another text');
  if (!isBound(read.evidence)) return mismatch(story, path, 'its strength does not follow from its checks');
  if (prd.checksDigest !== checksDigest(storyChecks(story).map(({ id }) => id))) {
    return finding({ code: 'stale-story', story: story.id, path, what: 'checks' });
  }
  return { kind: 'valid', evidence: read.evidence };
}

/** A pass for an older text of this very story is stale; else nothing was ever shown. */
function withoutEvidence({ id }: Story, { byStory }: EvidenceFolder): EvidenceFinding {
  const path = byStory.get(id);
  return path === undefined
    ? { code: 'no-evidence', story: id }
    : { code: 'stale-story', story: id, path, what: 'text' };
}

/** `proven` needs a proof, `reviewed` a review, `accepted` a person. */
function isBound({ predicate: { prd } }: Evidence): boolean {
  if (prd.strength === 'proven') return prd.checks.some(({ weight }) => weight === 'proof');
  return prd.strength === 'reviewed' ? prd.review !== null : prd.acceptance !== null;
}

function mismatch(story: Story, path: string, why: string): StoryEvidence {
  return finding({ code: 'evidence-mismatch', story: story.id, path, why });
}

function finding(found: EvidenceFinding): StoryEvidence {
  return { kind: 'finding', finding: found };
}
