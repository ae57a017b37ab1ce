import { crashPoint } from '../host/crash-point.ts';
import { keptCommit } from '../land/candidate.ts';
import type { CheckResult } from '../verify/check.ts';
import { feedbackOf } from '../verify/feedback.ts';
import type { Policy } from '../verify/protect.ts';
import { sayResult } from '../verify/verdict-words.ts';
import type { Change, Oid, Snapshot, Workspace } from '../workspace/workspace.ts';
import { attemptRef } from './attempt-ref.ts';
import { judgePolicy } from './policy.ts';
import type { StoryRun } from './story-run.ts';
import { inVerifyTree } from './verify-tree.ts';

/** What an attempt made, stored in the vault. */
export interface Stored {
  /** Commit that the attempt started from. */
  readonly base: Oid;
  /** What the workspace held; null when nothing was changed. */
  readonly snapshot: Oid | null;
  /** What may land of it, on the base: paths that the story may not change are as they were. */
  readonly kept: Oid;
  readonly changes: readonly Change[];
  readonly policy: Policy;
}

/** Stored work, and what the checks said of it on the base. */
export interface Work extends Stored {
  readonly green: boolean;
  readonly feedback: string;
  /** Equal for failures that are the same in all but figures; null when green. */
  readonly signature: string | null;
  /** Why it is red, in one line. */
  readonly reason: string | null;
}

export interface WorkOrder {
  readonly attempt: number;
  readonly roundsLeft: number;
  /** Signature of the failure before this one. */
  readonly previous: string | null;
}

/** Stores the workspace as it is now, under the ref of the attempt. Nothing of it can be lost after this. */
export async function storeWork(run: StoryRun, attempt: number, workspace: Workspace): Promise<Stored> {
  const { deps, planned } = run;
  const { base } = workspace;
  const { story } = planned;
  const ref = attemptRef(story.id, attempt);
  const snapshot = await deps.vault.snapshot({ dir: workspace.dir, base }, ref, `${story.id}: attempt ${attempt}`);
  const stored = await storedWork(run, snapshot);
  const { policy } = stored;
  crashPoint('snap.before-done');
  await deps.emit({
    type: 'snapshot.stored',
    data: {
      story: story.id,
      attempt,
      commit: snapshot.commit,
      ref,
      files: snapshot.changes.length,
      dropped: [...policy.dropped],
      refused: snapshot.refused.map(({ path, kind }) => `${path} (${kind})`),
    },
  });
  return stored;
}

/** What may land of a snapshot, also of one that an earlier run took. */
export async function storedWork(run: StoryRun, snapshot: Snapshot): Promise<Stored> {
  const { base, changes } = snapshot;
  const policy = await judgePolicy(run, snapshot);
  const kept = await keptCommit(run.deps.vault, { base, snapshot: snapshot.commit, policy });
  crashPoint('land.after-restore');
  return { base, snapshot: snapshot.commit, kept, changes, policy };
}

/** Stores the workspace and runs the story's checks on it, in order, up to the first that is not green. */
export async function judgeWork(run: StoryRun, order: WorkOrder, workspace: Workspace): Promise<Work> {
  const stored = await storeWork(run, order.attempt, workspace);
  const setup = await run.deps.setup.prepare(stored.kept, { signal: run.deps.stop });
  const place = { story: run.planned.story.id, where: 'finish', commit: stored.kept, setup } as const;
  const results = await inVerifyTree(place, run.deps, async (check) => {
    const seen: CheckResult[] = [];
    for (const one of run.checks) {
      const last = (await check(one, (runs) => runs.length > 0)).at(-1);
      if (last !== undefined) seen.push(last);
      if (last?.outcome !== 'green') break;
    }
    return seen;
  });
  const failed = results.find(({ outcome }) => outcome !== 'green') ?? null;
  const said = feedbackOf({
    results,
    total: run.checks.length,
    criteria: run.story.criteria.map(({ text }) => text),
    previous: order.previous,
    dropped: stored.policy.dropped,
    roundsLeft: order.roundsLeft,
  });
  return {
    ...stored,
    green: failed === null,
    feedback: said.text,
    signature: said.signature,
    reason: failed && sayResult(failed),
  };
}
