import { type Policy, policyOf } from '../verify/protect.ts';
import type { Texts } from '../verify/tampering.ts';
import { manifestPaths } from '../verify/tool-use.ts';
import type { Change, Oid, Snapshot, Vault } from '../workspace/workspace.ts';
import type { StoryRun } from './story-run.ts';

/** Larger files are judged by path alone. */
const maxTextBytes = 1_000_000;

/** Holds what an attempt changed against what it may not change. */
export async function judgePolicy(run: StoryRun, snapshot: Snapshot): Promise<Policy> {
  const { vault } = run.deps;
  const basePaths = await vault.paths(snapshot.base);
  const texts = await loadTexts(vault, snapshot.base, snapshot.changes, basePaths);
  const { changes, refused } = snapshot;
  return policyOf({ ...policyFacts(run), changes, refused, basePaths, texts });
}

/** Says of a path that an implementer writes whether its change can land at all, from its name alone. */
export async function policyNotes(run: StoryRun): Promise<(path: string) => string | null> {
  const basePaths = await run.deps.vault.paths(run.base);
  const known = new Set(basePaths);
  const texts: Texts = { base: () => null, attempt: () => null };
  return (path) => {
    const status = known.has(path) ? 'modified' : 'added';
    const change = { path, status, oldMode: '100644', newMode: '100644', oldBlob: null, newBlob: null } as const;
    const policy = policyOf({ ...policyFacts(run), changes: [change], refused: [], basePaths, texts });
    return policy.decisions.some(({ kind }) => kind === 'drop')
      ? `this story may not change ${path}: it will be left out`
      : null;
  };
}

function policyFacts({ planned, request, refinement }: StoryRun) {
  const scope = refinement?.files.map(({ path }) => path) ?? [];
  return { story: planned.story, prdPath: request.prdPath, settings: { protect: request.protect, scope } };
}

async function loadTexts(
  vault: Vault,
  base: Oid,
  changes: readonly Change[],
  basePaths: readonly string[],
): Promise<Texts> {
  const manifests = await vault.blobs(base, manifestPaths(basePaths));
  const before = new Map([...manifests].map(([path, { blob }]) => [path, blob]));
  const after = new Map<string, Oid>();
  for (const { path, oldBlob, newBlob } of changes) {
    if (oldBlob !== null) before.set(path, oldBlob);
    if (newBlob !== null) after.set(path, newBlob);
  }
  const [baseTexts, attemptTexts] = await Promise.all([readAll(vault, before), readAll(vault, after)]);
  return { base: (path) => baseTexts.get(path) ?? null, attempt: (path) => attemptTexts.get(path) ?? null };
}

async function readAll(vault: Vault, blobs: ReadonlyMap<string, Oid>): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const [path, blob] of blobs) {
    const bytes = await vault.readBlob(blob);
    if (bytes.length <= maxTextBytes && !bytes.includes(0)) texts.set(path, bytes.toString('utf8'));
  }
  return texts;
}
