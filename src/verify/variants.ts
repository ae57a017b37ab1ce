import type { Change, TreeEdit } from '../workspace/workspace.ts';
import type { Baseline } from './check.ts';
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

/**
 * Must the checks also run with the tests of the base? When the attempt changed some that it does not own, or put code
 * among them: what a runner loads in one process can change what the others see.
 */
export function needsBaseTests({ decisions, isTest }: Pick<Policy, 'decisions' | 'isTest'>): boolean {
  return decisions.some(({ kind, change }) => kind === 'both' || (kind === 'keep' && addsTestCode(change, isTest)));
}

/**
 * Can the tests of the base say something about this check? Where they were not changed, only if they were green, or
 * red by a test of theirs: a check that waits for a new test is red without it.
 */
export function baseTestsDecide({ kind, counts }: Baseline, { decisions }: Pick<Policy, 'decisions'>): boolean {
  if (decisions.some((decision) => decision.kind === 'both')) return true;
  return kind === 'guard' || (kind === 'proof' && (counts?.failed ?? 0) > 0);
}

/**
 * What turns the candidate into one that is judged by the tests of the base alone. `changes` are those from the head to the
 * candidate. Tests that the story owns stay as the attempt has them, and so does data that it adds for them.
 */
export function baseTestEdits(
  changes: readonly Change[],
  { isTest, owned }: Pick<Policy, 'isTest' | 'owned'>,
): readonly TreeEdit[] {
  const judging = changes.filter((change) =>
    change.status === 'added' ? addsTestCode(change, isTest) : isTest(change.path) || isSnapshot(change.path),
  );
  return judging.filter(({ path }) => !owned.includes(path)).map(restored);
}

function addsTestCode({ path, status }: Change, isTest: PathTest): boolean {
  return status === 'added' && isTest(path) && isCode(path) && !isSnapshot(path);
}

const isCode: PathTest = anywhereTest([
  '*.{js,jsx,ts,tsx,mjs,mts,cjs,cts,vue,svelte}',
  '*.{py,rb,go,rs,php,java,kt,kts,scala,groovy,cs,fs,swift,dart,exs,c,cc,cpp,h,hpp,sh,bash,bats,pl,t,lua}',
]);

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
