import { crashPoint } from '../host/crash-point.ts';
import { buildCandidate, type Candidate as Merged, nullPatchOf, withBaseTests } from '../land/candidate.ts';
import { storyChecks } from '../prd/story-checks.ts';
import { candidateRunsNeeded, needsNullPatch } from '../verify/baseline.ts';
import type { Baseline, Check, CheckResult } from '../verify/check.ts';
import type { Policy } from '../verify/protect.ts';
import { baseTestsDecide } from '../verify/variants.ts';
import type { JudgedCheck, JudgeInput } from '../verify/verdict.ts';
import type { Oid, SetupResult } from '../workspace/workspace.ts';
import type { Stored } from './finish.ts';
import { passedStories } from './passed-stories.ts';
import type { StoryRun } from './story-run.ts';
import { inVerifyTree, type RunCheck } from './verify-tree.ts';

/** What is known of one candidate before anybody has read it. */
export interface Proof {
  readonly input: JudgeInput;
  /** The attempt merged onto the head it was judged on; null after a conflict. */
  readonly candidate: Candidate | null;
}

export type Candidate = Extract<Merged, { kind: 'merged' }> & { readonly setup: SetupResult };

/**
 * Merges the attempt onto a head and runs what decides it in clones that no agent ever touched. `onMerged` hears of the
 * commit that would land before anything runs.
 */
export async function proveAttempt(
  run: StoryRun,
  stored: Stored,
  head: Oid,
  onMerged: (commit: Oid) => void,
): Promise<Proof> {
  const { deps } = run;
  const merged = await buildCandidate(deps.vault, stored, head);
  if (merged.kind === 'conflict') {
    const stopped = { code: 'conflict', paths: merged.paths } as const;
    return { input: { ...unjudged(run, stored), stopped }, candidate: null };
  }
  onMerged(merged.commit);
  crashPoint('land.after-candidate');
  const candidate = { ...merged, setup: await deps.setup.prepare(merged.commit, { signal: deps.stop }) };
  crashPoint('land.after-setup');
  const checks = await proveChecks(run, stored.policy, candidate);
  crashPoint('land.after-checks');
  const green = checks.every((check) => check.candidate.every(({ outcome }) => outcome === 'green'));
  const regression = green ? await runRegression(run, candidate) : [];
  return { input: { ...unjudged(run, stored), checks, regression }, candidate };
}

/** Criteria, from 1, that only a person can judge. */
function manualCriteria({ planned }: StoryRun): readonly number[] {
  return planned.story.criteria.flatMap(({ reading }, index) =>
    reading.kind === 'prose' && reading.why === 'manual' ? [index + 1] : [],
  );
}

function unjudged(run: StoryRun, { policy }: Stored): JudgeInput {
  return {
    story: run.planned.story.id,
    checks: [],
    regression: [],
    policy,
    manual: manualCriteria(run),
    review: null,
    acceptance: null,
    stopped: null,
  };
}

async function proveChecks(run: StoryRun, policy: Policy, candidate: Candidate): Promise<readonly JudgedCheck[]> {
  const { vault } = run.deps;
  const onCandidate = await inPlace(run, candidate.commit, candidate.setup, (check) =>
    mapChecks(run.baselines, ({ check: one, kind }) =>
      check(one, (runs) => candidateRunsNeeded(kind, runs) <= runs.length),
    ),
  );
  const nullPatch = await onVariant(run, candidate, await nullPatchOf(vault, candidate, policy), (baseline) =>
    needsNullPatch(baseline, policy.changesTests),
  );
  const baseTests = await onVariant(run, candidate, await withBaseTests(vault, candidate, policy), (baseline) =>
    baseTestsDecide(baseline, policy),
  );
  return run.baselines.map((baseline, index) => ({
    check: baseline.check,
    baseline,
    candidate: onCandidate[index] ?? [],
    nullPatch: nullPatch?.[index]?.at(-1) ?? null,
    baseTests: baseTests === null ? null : (baseTests[index] ?? []),
  }));
}

/** Runs checks once on a variant of the candidate; null means that nobody needs to know. */
async function onVariant(
  run: StoryRun,
  { setup }: Candidate,
  variant: Oid | null,
  wanted: (baseline: Baseline) => boolean,
): Promise<readonly (readonly CheckResult[])[] | null> {
  if (variant === null) return null;
  return inPlace(run, variant, setup, (check) =>
    mapChecks(run.baselines, async (baseline) =>
      wanted(baseline) ? check(baseline.check, (runs) => runs.length > 0) : [],
    ),
  );
}

function inPlace<T>(
  run: StoryRun,
  commit: Oid,
  setup: SetupResult | null,
  use: (check: RunCheck) => Promise<T>,
): Promise<T> {
  return inVerifyTree({ story: run.planned.story.id, where: 'candidate', commit, setup }, run.deps, use);
}

/** One after the other: checks of one tree share its files. */
async function mapChecks<T>(
  baselines: readonly Baseline[],
  one: (baseline: Baseline) => Promise<T>,
): Promise<readonly T[]> {
  const done: T[] = [];
  for (const baseline of baselines) done.push(await one(baseline));
  return done;
}

/** The checks of stories that already pass and may be touched by this candidate; what was red before it is not its doing. */
async function runRegression(
  run: StoryRun,
  { commit, head, changes, setup }: Candidate,
): Promise<JudgeInput['regression']> {
  const touched = changes.map(({ path }) => path);
  const passed = await passedStories(run, commit, touched);
  const wanted = passed.flatMap((story) => storyChecks(story).map((check) => ({ story: story.id, check })));
  const own = new Set(run.checks.map(({ id }) => id));
  const others = wanted.filter(({ check }) => !own.has(check.id));
  const after = await regressionResults(run, commit, setup, others);
  const broken = after.filter(({ result }) => result.outcome !== 'green');
  if (broken.length === 0) return after;
  const suspects = others.filter(({ check }) => broken.some(({ result }) => result.check.id === check.id));
  const before = await regressionResults(run, head, run.setup, suspects);
  const wasGreen = (id: string): boolean =>
    before.some(({ result }) => result.check.id === id && result.outcome === 'green');
  return after.filter(({ result }) => result.outcome === 'green' || wasGreen(result.check.id));
}

function regressionResults(
  run: StoryRun,
  commit: Oid,
  setup: SetupResult | null,
  wanted: readonly { readonly story: string; readonly check: Check }[],
): Promise<JudgeInput['regression']> {
  const place = { story: run.planned.story.id, where: 'regression', commit, setup } as const;
  return inVerifyTree(place, run.deps, async (runCheck) => {
    const results: { story: string; result: CheckResult }[] = [];
    for (const { story, check } of wanted) {
      const result = (await runCheck(check, (runs) => runs.length > 0)).at(-1);
      if (result !== undefined) results.push({ story, result });
    }
    return results;
  });
}
