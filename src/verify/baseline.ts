import type { Baseline, BaselineKind, Check, CheckResult } from './check.ts';

/** A red baseline that came back faster than this is confirmed by a second run. */
const quickMs = 5_000;

/** A proof that takes longer than this is run once after the work, not twice. */
const slowMs = 30_000;

/** What a check is before the work, from its runs in a clean tree at the base. Rejects nothing; needs at least one run. */
export function baselineOf(check: Check, results: readonly CheckResult[]): Baseline {
  const last = results.at(-1);
  return {
    check,
    kind: baselineKind(results),
    reason: last?.reason ?? 'cancelled',
    exitCode: last?.exitCode ?? null,
    counts: last?.counts ?? null,
  };
}

/**
 * `proof` if red, `guard` if green. Runs at one commit that differ are no evidence. No runs at all say nothing about the
 * code. Where a runner found no tests, the story may be the one that writes them: absent, not invalid.
 */
export function baselineKind(results: readonly CheckResult[]): BaselineKind {
  const kinds = new Set(results.map(kindOf));
  const [kind = 'invalid'] = kinds;
  return kinds.size > 1 ? 'flaky' : kind;
}

const kinds = { green: 'guard', red: 'proof', absent: 'absent', invalid: 'invalid' } as const;

function kindOf(result: CheckResult): BaselineKind {
  return result.reason === 'zero-tests' ? 'absent' : kinds[result.outcome];
}

/** How many runs the base needs in all: one, and a second for a quick red, which is cheap to confirm. */
export function baselineRunsNeeded(results: readonly CheckResult[]): number {
  const [first] = results;
  if (first === undefined) return 1;
  return first.outcome === 'red' && first.durationMs < quickMs ? 2 : 1;
}

/** How many runs the candidate needs in all: a guard one; a proof two of two, or one if slow. Nothing that is not green is repeated. */
export function candidateRunsNeeded(kind: BaselineKind, results: readonly CheckResult[]): number {
  const [first] = results;
  if (first === undefined) return 1;
  if (kind === 'guard' || results.some((result) => result.outcome !== 'green')) return results.length;
  return first.durationMs > slowMs ? 1 : 2;
}

/** Must the red side be taken again, on the candidate without the attempt's own sources? */
export function needsNullPatch(check: Baseline, changesTests: boolean): boolean {
  return changesTests && check.kind !== 'invalid' && check.kind !== 'flaky';
}

/**
 * Can the check tell done from not done? The null patch, where it was needed, has the last word: a test that the attempt
 * wrote proves something only if it is red without the attempt's sources. Absent alone never proves.
 */
export function provesWork(baseline: Baseline, changesTests: boolean, nullPatch: CheckResult | null): boolean {
  if (needsNullPatch(baseline, changesTests)) return nullPatch?.outcome === 'red';
  return baseline.kind === 'proof';
}
