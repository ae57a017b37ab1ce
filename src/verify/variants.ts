import type { Change, TreeEdit } from '../workspace/workspace.ts';
import type { Decision } from './decide.ts';
import { lockGlobs, manifestGlobs } from './file-kinds.ts';
import { anywhereTest, type PathTest } from './globs.ts';
import type { Policy } from './protect.ts';
import { protectedGroups } from './protected-globs.ts';

/** What turns the attempt's tree into what may land of it: dropped paths as at the base, manifests merged. */
export function keptEdits(decisions: readonly Decision[]): readonly TreeEdit[] {
  return decisions.flatMap((decision): readonly TreeEdit[] => {
    if (decision.kind === 'merge') return [{ path: decision.change.path, kind: 'text', text: decision.text }];
    return decision.kind === 'drop' ? [restored(decision.change)] : [];
  });
}

/** Must the checks also run with the tests of the base? Only when the attempt changed some that it does not own. */
export function needsBaseTests({ decisions }: Pick<Policy, 'decisions'>): boolean {
  return decisions.some(({ kind }) => kind === 'both');
}

/**
 * What turns the candidate into one that is judged by the tests of the base alone. `changes` are those from the head to the
 * candidate. Tests that the story owns stay as the attempt has them.
 */
export function baseTestEdits(
  changes: readonly Change[],
  { isTest, owned }: Pick<Policy, 'isTest' | 'owned'>,
): readonly TreeEdit[] {
  return changes.filter(({ path }) => (isTest(path) || isSnapshot(path)) && !owned.includes(path)).map(restored);
}

/**
 * What turns the candidate into the null patch: the attempt's tests without its sources. What decides how tests are run
 * stays: manifests, lock files and the configuration that was let through.
 */
export function nullPatchEdits(changes: readonly Change[], { isTest }: Pick<Policy, 'isTest'>): readonly TreeEdit[] {
  return changes.filter(({ path }) => !isTest(path) && !runsTests(path)).map(restored);
}

const isSnapshot: PathTest = anywhereTest(groupGlobs((kind) => kind === 'snapshot'));
const runsTests: PathTest = anywhereTest([...manifestGlobs, ...lockGlobs, ...groupGlobs((kind) => kind !== 'prd')]);

function groupGlobs(wanted: (kind: string) => boolean): readonly string[] {
  return protectedGroups.filter(({ kind }) => wanted(kind)).flatMap(({ globs }) => globs);
}

function restored({ path, oldBlob, oldMode }: Change): TreeEdit {
  return oldBlob === null ? { path, kind: 'delete' } : { path, kind: 'blob', blob: oldBlob, mode: oldMode };
}
