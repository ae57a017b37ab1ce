import type { Change } from '../workspace/workspace.ts';
import { anywhereTest, type PathTest } from './globs.ts';
import { isKeyedManifest, mergeManifest } from './manifest-keys.ts';
import type { Owner, Ownership } from './ownership.ts';
import { type ProtectedGroup, type ProtectedKind, protectedGroups, sampleGlobs } from './protected-globs.ts';
import type { Texts } from './tampering.ts';
import { keepsSnapshots } from './test-files.ts';
import type { ToolUse } from './tool-use.ts';

/** What becomes of one changed path. Nothing here punishes: what a story may not change is left out, the checks decide. */
export type Decision = { readonly change: Change } & (
  | { readonly kind: 'keep' }
  | { readonly kind: 'owned'; readonly by: Owner; readonly test: boolean }
  /** A tool that the base does not use is being set up. */
  | { readonly kind: 'new-config' }
  /** A test of the base: green as it was and green as it is now; then the attempt's version lands. */
  | { readonly kind: 'both' }
  /** A manifest with the base's protected keys; `keys` names those that were put back. */
  | { readonly kind: 'merge'; readonly text: string; readonly keys: readonly string[] }
  | { readonly kind: 'drop'; readonly why: DropReason }
);

type DropReason = ProtectedKind | 'submodule' | 'test' | 'manifest' | 'in-the-way';

export interface DecideContext {
  readonly ownership: Ownership;
  readonly isTest: PathTest;
  readonly isPrd: PathTest;
  /** Globs that the repository adds to the default list. */
  readonly isExtra: PathTest;
  readonly tools: ToolUse;
  readonly texts: Texts;
}

/** Decides one change. The first rule that knows the path wins. */
export function decide(change: Change, context: DecideContext): Decision {
  const { path } = change;
  if (context.isPrd(path)) return { change, kind: 'drop', why: 'prd' };
  if (change.newMode === '160000' || change.oldMode === '160000') return { change, kind: 'drop', why: 'submodule' };
  const group = protectedGroup(path, context);
  if (group !== null) return decideProtected(change, group, context);
  if (isKeyedManifest(path) && change.status !== 'added') return decideManifest(change, context);
  return context.isTest(path) && change.status !== 'added' ? decideBaseTest(change, context) : { change, kind: 'keep' };
}

/** Is the path a sample that carries no secret, such as `.env.example`? */
export const isSample: PathTest = anywhereTest(sampleGlobs);

const compiledGroups = protectedGroups.map((group) => ({ group, matches: anywhereTest(group.globs) }));

function protectedGroup(path: string, { isTest, isExtra }: DecideContext): ProtectedGroup | null {
  if (isExtra(path)) return { kind: 'config', globs: [] };
  const found = compiledGroups.find(({ matches }) => matches(path))?.group ?? null;
  // Sample secrets, the keys of a test server and an installed package as a fixture are ordinary files.
  const harmless =
    (found?.kind === 'secret' && (isSample(path) || isTest(path))) || (found?.kind === 'installed' && isTest(path));
  return harmless ? null : found;
}

const continuousIntegration = /\b(CI|continuous integration|github actions?|gitlab|workflows?|pipelines?)\b/i;

function decideProtected(
  change: Change,
  group: ProtectedGroup,
  { ownership, tools, texts, isTest }: DecideContext,
): Decision {
  const { path } = change;
  const isNew = change.status === 'added';
  const by = ownership.ofPath(path, !isNew);
  if (by !== null) return { change, kind: 'owned', by, test: isTest(path) };
  if (isNew && group.kind === 'ci' && /\.ya?ml$/i.test(path) && ownership.speaksOf(continuousIntegration)) {
    return { change, kind: 'owned', by: 'text', test: false };
  }
  if (group.kind === 'snapshot' && onlyAdds(change, texts)) return { change, kind: 'keep' };
  if (isNew && tools.setsUp(group, path)) return { change, kind: 'new-config' };
  return { change, kind: 'drop', why: group.kind };
}

/** New snapshots come with new tests; an entry of the base that changes is a test that changes. */
function onlyAdds({ path, status }: Change, texts: Texts): boolean {
  const [base, attempt] = [texts.base(path), texts.attempt(path)];
  return status === 'added' || (base !== null && attempt !== null && keepsSnapshots(base, attempt));
}

function decideManifest(change: Change, { ownership, texts, tools }: DecideContext): Decision {
  const { path } = change;
  const [base, attempt] = [texts.base(path), texts.attempt(path)];
  if (ownership.ofPath(path, true) === 'owns') return { change, kind: 'owned', by: 'owns', test: false };
  if (base === null || attempt === null) return { change, kind: 'drop', why: 'manifest' };
  const owns = (key: string) => ownership.ofKey(path, key) !== null;
  const merged = mergeManifest({ path, base, attempt, owns, inUse: tools.inUse });
  if (merged.kind === 'same') return { change, kind: 'keep' };
  if (merged.kind === 'refused') return { change, kind: 'drop', why: 'manifest' };
  return { change, kind: 'merge', text: merged.text, keys: merged.dropped };
}

function decideBaseTest(change: Change, { ownership }: DecideContext): Decision {
  const by = ownership.ofBaseTest(change.path);
  if (by !== null) return { change, kind: 'owned', by, test: true };
  const stays = change.status === 'modified' && change.oldMode.slice(0, 3) === change.newMode.slice(0, 3);
  return stays ? { change, kind: 'both' } : { change, kind: 'drop', why: 'test' };
}
