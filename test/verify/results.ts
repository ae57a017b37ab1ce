import type { Expectation } from '../../src/prd/prd.ts';
import type { Baseline, BaselineKind, Check, CheckReason, CheckResult, Counts } from '../../src/verify/check.ts';

export const exitZero: Expectation = { exit: 0, output: null };

export function aCheck(run = 'npm test', fields: Partial<Check> = {}): Check {
  return {
    id: `id of ${run}`,
    run,
    cwd: null,
    expect: exitZero,
    timeoutMs: 1_000,
    origin: 'story',
    criteria: [0],
    ...fields,
  };
}

function aResult(check: Check, fields: Partial<CheckResult> = {}): CheckResult {
  return {
    check,
    outcome: 'green',
    reason: 'met',
    exitCode: 0,
    signal: null,
    durationMs: 100,
    counts: null,
    outputDigest: 'd'.repeat(64),
    output: '',
    log: null,
    cached: false,
    ...fields,
  };
}

export function green(check: Check, fields: Partial<CheckResult> = {}): CheckResult {
  return aResult(check, fields);
}

export function red(check: Check, fields: Partial<CheckResult> = {}): CheckResult {
  return aResult(check, {
    outcome: 'red',
    reason: 'exit-code',
    exitCode: 1,
    output: 'AssertionError: 3 == 4',
    ...fields,
  });
}

export function absent(check: Check, reason: CheckReason = 'missing-script'): CheckResult {
  return aResult(check, { outcome: 'absent', reason, exitCode: 1 });
}

export function invalid(check: Check, reason: CheckReason, exitCode: number | null = null): CheckResult {
  return aResult(check, { outcome: 'invalid', reason, exitCode });
}

export function aBaseline(check: Check, kind: BaselineKind, counts: Counts | null = null): Baseline {
  return { check, kind, reason: kind === 'guard' ? 'met' : 'exit-code', exitCode: kind === 'guard' ? 0 : 1, counts };
}

export function tests(executed: number, fields: Partial<Counts> = {}): Counts {
  return { runner: 'node:test', executed, failed: 0, skipped: 0, ...fields };
}
