import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storyDigest } from '../prd/digest.ts';
import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { type Refinement, refinement } from './refinement.ts';
import { mentionedPaths } from './spec.ts';

/** Where texts are kept between runs. `read` gives null for what is not there; `write` replaces. Both reject on a disk error. */
export interface TextStore {
  read(key: string): Promise<string | null>;
  write(key: string, text: string): Promise<void>;
}

/** Changes with the prompt or with what is checked: refinements of another version are asked for again. */
export const refineVersion = 'refine/1';

const stored = z.strictObject({
  version: z.literal(refineVersion),
  story: z.string(),
  digest: z.string(),
  /** Blob of every referenced file when the refinement was made; null: it was not there. */
  files: z.record(z.string(), z.string().nullable()),
  refinement,
});

/** The refinement that is kept for this text of the story, if no file it or the story names has changed since; else null. */
export async function readOverlay(store: TextStore, story: Story, at: Place): Promise<Refinement | null> {
  const overlay = parsed(await store.read(overlayKey(story)));
  if (overlay === null || overlay.digest !== storyDigest(story)) return null;
  const now = await blobsOf(Object.keys(overlay.files), at);
  const fresh = Object.entries(overlay.files).every(([path, blob]) => now[path] === blob);
  return fresh ? overlay.refinement : null;
}

/** Keeps a refinement that passed its checks. */
export async function writeOverlay(store: TextStore, story: Story, made: Refinement, at: Place): Promise<void> {
  const files = await blobsOf(referencedPaths(story, made), at);
  const overlay = { version: refineVersion, story: story.id, digest: storyDigest(story), files, refinement: made };
  await store.write(overlayKey(story), `${JSON.stringify(overlay, null, 2)}\n`);
}

interface Place {
  readonly vault: Vault;
  readonly commit: Oid;
}

/** A name that is safe as a file name. */
export function overlayKey(story: Story): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([refineVersion, story.id, storyDigest(story)]))
    .digest('hex');
  return `refine-${digest.slice(0, 32)}`;
}

/** Half a file, another version, a stranger's file: none of them is a refinement, all of them are asked for again. */
function parsed(text: string | null): z.infer<typeof stored> | null {
  if (text === null) return null;
  try {
    return stored.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function referencedPaths(story: Story, { files, copyFrom, edits }: Refinement): readonly string[] {
  const named = [...files, ...copyFrom, ...edits].map(({ path }) => path);
  return [...new Set([...mentionedPaths(story, storyChecks(story)), ...named])].sort();
}

async function blobsOf(paths: readonly string[], { vault, commit }: Place): Promise<Record<string, string | null>> {
  const found = await vault.blobs(commit, paths);
  return Object.fromEntries(paths.map((path) => [path, found.get(path)?.blob ?? null]));
}
