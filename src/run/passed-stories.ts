import picomatch from 'picomatch';
import { evidencePath, readEvidence } from '../land/evidence.ts';
import { storyDigest } from '../prd/digest.ts';
import type { Story } from '../prd/prd.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { StoryRun } from './story-run.ts';

/** A story that names no files may be broken from anywhere; asking all of them would make each landing dearer than the last. */
const looseStories = 5;

/**
 * Stories that pass and may be broken by a change: those whose scope holds one of the changed paths (the files they name,
 * else those that their evidence at the commit is about), and the last few that name none. All are asked when the run ends.
 */
export async function passedStories(run: StoryRun, commit: Oid, changed: readonly string[]): Promise<readonly Story[]> {
  const others = passingBeside(run);
  const scopes = await Promise.all(others.map((story) => scopeOf(story, commit, run)));
  const touched = scopes.map((scope) => scope === null || changed.some(scope));
  const loose = others.filter((story, at) => story.files.length === 0 && !touched[at]).slice(-looseStories);
  return others.filter((story, at) => touched[at] || loose.includes(story));
}

/** Those that passed in this run come last, in the order in which they landed. */
function passingBeside({ request, passed, planned }: StoryRun): readonly Story[] {
  const { stories } = request.prd;
  const byId = new Map(stories.map((story) => [story.id, story]));
  const landed = [...passed].flatMap((id) => byId.get(id) ?? []);
  const before = stories.filter(({ id, passes }) => passes && !passed.has(id));
  return [...before, ...landed].filter(({ id }) => id !== planned.story.id);
}

type Scope = (path: string) => boolean;

const everything: Scope = () => true;

/** Null: nothing is known of it. */
async function scopeOf(story: Story, commit: Oid, { deps }: StoryRun): Promise<Scope | null> {
  if (story.files.length > 0) return picomatch([...story.files], { dot: true });
  const text = await deps.vault.read(commit, evidencePath(story.id, storyDigest(story)));
  return text === null ? null : evidenceScope(text);
}

/** Evidence never changes, and every candidate asks for it. */
const known = new Map<string, Scope>();
const maxKnown = 4_000;

function evidenceScope(text: string): Scope {
  const scope = known.get(text) ?? scopeIn(text);
  if (known.size < maxKnown) known.set(text, scope);
  return scope;
}

function scopeIn(text: string): Scope {
  const read = readEvidence(text);
  if (read.kind === 'damaged') return everything;
  const names = read.evidence.subject.map(({ name }) => name);
  const files = new Set(names);
  const folders = names.filter((name) => name.endsWith('/'));
  return (path) => files.has(path) || folders.some((folder) => folder === '/' || path.startsWith(folder));
}
