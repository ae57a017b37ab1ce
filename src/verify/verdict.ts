import type { ReviewVerdict } from '../review/review.ts';
import { candidateRunsNeeded, provesWork } from './baseline.ts';
import type { Baseline, Check, CheckResult } from './check.ts';
import { coverageDrop } from './coverage.ts';
import type { Flag } from './flags.ts';
import type { Policy } from './protect.ts';

/** Everything known of one check when the story is judged. */
export interface JudgedCheck {
  readonly check: Check;
  readonly baseline: Baseline;
  /** On the candidate without the attempt's own sources; null when that was not needed. */
  readonly nullPatch: CheckResult | null;
  /** On the candidate, oldest first. */
  readonly candidate: readonly CheckResult[];
  /** On the candidate with the tests of the base; null when no test of the base was changed. */
  readonly baseTests: readonly CheckResult[] | null;
}

/** A person's word, where checks cannot reach. */
interface Acceptance {
  readonly name: string;
  readonly reason: string;
}

export interface JudgeInput {
  readonly story: string;
  readonly checks: readonly JudgedCheck[];
  /** Checks of stories that already pass, on the candidate. */
  readonly regression: readonly { readonly story: string; readonly result: CheckResult }[];
  readonly policy: Pick<Policy, 'tampered' | 'flags' | 'changesTests' | 'granted' | 'owned' | 'isTest'>;
  /** Criteria, from 1, that only a person can judge. */
  readonly manual: readonly number[];
  readonly review: ReviewVerdict | null;
  readonly acceptance: Acceptance | null;
  /** What ended the story before there was anything to judge. */
  readonly stopped: Stopped | null;
}

type Stopped =
  | { readonly code: 'blocked'; readonly reason: string }
  | { readonly code: 'conflict'; readonly paths: readonly string[] }
  | { readonly code: 'infra'; readonly reason: string };

/** Why a story does not pass: the first thing in the way, with its facts. Words are in `verdict-words.ts`. */
export type Obstacle =
  | Stopped
  | { readonly code: 'tampered'; readonly what: string; readonly path: string }
  | { readonly code: 'no-checks' }
  | { readonly code: 'not-run'; readonly check: Check; readonly runs: number; readonly needed: number }
  | { readonly code: 'check-red'; readonly result: CheckResult }
  | { readonly code: 'check-absent'; readonly result: CheckResult }
  | { readonly code: 'check-invalid'; readonly result: CheckResult }
  | { readonly code: 'flaky'; readonly check: Check }
  | { readonly code: 'base-tests-red'; readonly result: CheckResult }
  | { readonly code: 'coverage-drop'; readonly check: Check; readonly before: string; readonly after: string }
  | { readonly code: 'regresses'; readonly story: string; readonly result: CheckResult }
  | { readonly code: 'held'; readonly flag: Flag }
  | { readonly code: 'needs-approval'; readonly flag: Flag }
  | { readonly code: 'review'; readonly review: Exclude<ReviewVerdict, { kind: 'approved' }> }
  | { readonly code: 'guards-only' }
  | { readonly code: 'manual'; readonly criteria: readonly number[] };

/** The verdict that each obstacle means. */
const obstacleVerdicts = {
  blocked: 'blocked',
  conflict: 'conflict',
  infra: 'infra',
  tampered: 'tampered',
  'no-checks': 'inconclusive',
  'not-run': 'inconclusive',
  'check-red': 'failed',
  'check-absent': 'failed',
  'check-invalid': 'inconclusive',
  flaky: 'inconclusive',
  'base-tests-red': 'failed',
  'coverage-drop': 'inconclusive',
  regresses: 'failed',
  held: 'inconclusive',
  'needs-approval': 'inconclusive',
  review: 'failed',
  'guards-only': 'inconclusive',
  manual: 'needs-person',
} as const satisfies Record<Obstacle['code'], string>;

export type Strength = 'proven' | 'reviewed' | 'accepted';

export interface WeighedCheck extends JudgedCheck {
  readonly weight: 'proof' | 'guard';
}

declare const judged: unique symbol;

/** The only thing that lands. Only `judge` makes it, and only from evidence. */
export interface PassedVerdict {
  readonly kind: 'passed';
  readonly story: string;
  readonly strength: Strength;
  readonly checks: readonly WeighedCheck[];
  readonly review: Extract<ReviewVerdict, { kind: 'approved' }> | null;
  readonly acceptance: Acceptance | null;
  readonly [judged]: true;
}

export type Verdict =
  | PassedVerdict
  | {
      readonly kind: (typeof obstacleVerdicts)[Obstacle['code']];
      readonly story: string;
      readonly obstacle: Obstacle;
    };

/**
 * Does the story pass? Pure. Every check must be green where the agent never was, and one of them at least must have been
 * red without the work; else an approving review or a person must say so. Nothing checked is never everything checked.
 */
export function judge(input: JudgeInput): Verdict {
  const { story } = input;
  const checks = input.checks.map((check) => weigh(check, input.policy.changesTests));
  const obstacle = firstObstacle(input, checks);
  if (obstacle !== null) {
    const kind =
      obstacle.code === 'review' && obstacle.review.kind === 'inconclusive'
        ? 'inconclusive'
        : obstacleVerdicts[obstacle.code];
    return { kind, story, obstacle };
  }
  return passed(input, checks);
}

function passed(input: JudgeInput, checks: readonly WeighedCheck[]): PassedVerdict {
  const { story, acceptance } = input;
  const review = input.review?.kind === 'approved' ? input.review : null;
  const verdict = { kind: 'passed', story, strength: strengthOf(input, checks), checks, review, acceptance } as const;
  // The brand exists in the type alone: this line is the one place that gives it.
  return verdict as unknown as PassedVerdict;
}

function strengthOf({ acceptance, policy }: JudgeInput, checks: readonly WeighedCheck[]): Strength {
  if (acceptance !== null) return 'accepted';
  return !policy.granted && checks.some(({ weight }) => weight === 'proof') ? 'proven' : 'reviewed';
}

/** A check that a model added can say no; it cannot prove the story. */
function weigh(check: JudgedCheck, changesTests: boolean): WeighedCheck {
  const proves = check.check.origin === 'story' && provesWork(check.baseline, changesTests, check.nullPatch);
  return { ...check, weight: proves ? 'proof' : 'guard' };
}

/** The first thing in the way, in the order in which a person would want to hear it. */
function firstObstacle(input: JudgeInput, checks: readonly WeighedCheck[]): Obstacle | null {
  const [tampering] = input.policy.tampered;
  if (tampering !== undefined) return { code: 'tampered', ...tampering };
  if (input.stopped !== null) return input.stopped;
  if (checks.length === 0 && input.acceptance === null) return withoutChecks(input);
  return (
    firstOf(checks, candidateObstacle) ??
    firstOf(checks, (check) => weakerTests(check, input)) ??
    judgedObstacle(input, checks)
  );
}

function withoutChecks({ manual }: JudgeInput): Obstacle {
  return manual.length > 0 ? { code: 'manual', criteria: manual } : { code: 'no-checks' };
}

function firstOf(checks: readonly WeighedCheck[], find: (check: WeighedCheck) => Obstacle | null): Obstacle | null {
  for (const check of checks) {
    const obstacle = find(check);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

function candidateObstacle({ check, baseline, candidate }: WeighedCheck): Obstacle | null {
  const bad = candidate.find(({ outcome }) => outcome !== 'green');
  if (bad !== undefined) {
    return bad.outcome === 'red' && candidate.some(({ outcome }) => outcome === 'green')
      ? { code: 'flaky', check }
      : badResult(bad);
  }
  const needed = candidateRunsNeeded(baseline.kind, candidate);
  return candidate.length < needed ? { code: 'not-run', check, runs: candidate.length, needed } : null;
}

function badResult(result: CheckResult): Obstacle {
  const codes = { red: 'check-red', absent: 'check-absent', invalid: 'check-invalid' } as const;
  return result.outcome === 'green' || result.outcome === 'invalid'
    ? { code: 'check-invalid', result }
    : { code: codes[result.outcome], result };
}

/** The tests of the base must hold on the new code, and the tests that land must not say less than they did. */
function weakerTests(judgedCheck: WeighedCheck, { policy }: JudgeInput): Obstacle | null {
  const { check, baseTests } = judgedCheck;
  const red = baseTests?.find((result) => result.outcome === 'red' && !testsAreGreen(result));
  if (red !== undefined) return { code: 'base-tests-red', result: red };
  // A test file that the attempt adds is not there among the tests of the base: that says nothing.
  const broken = baseTests?.find(({ outcome, reason }) => outcome === 'invalid' && reason !== 'zero-tests');
  if (broken !== undefined) return { code: 'check-invalid', result: broken };
  const drop = policy.owned.some(policy.isTest) ? null : coverageDrop(judgedCheck);
  return drop === null ? null : { code: 'coverage-drop', check, ...drop };
}

/** Every test was green, and something else was not: coverage falls where new code is without its new tests. */
function testsAreGreen({ counts }: CheckResult): boolean {
  return counts !== null && counts.executed > 0 && counts.failed === 0;
}

function judgedObstacle(input: JudgeInput, checks: readonly WeighedCheck[]): Obstacle | null {
  const { regression, policy, review, acceptance, manual } = input;
  const broken = regression.find(({ result }) => result.outcome !== 'green');
  if (broken !== undefined) return { code: 'regresses', ...broken };
  const held = policy.flags.find(({ level }) => level === 'hold');
  if (held !== undefined) return { code: 'held', flag: held };
  if (review !== null && review.kind !== 'approved') return { code: 'review', review };
  if (review === null && acceptance === null) {
    const flag = policy.flags.find(({ level }) => level === 'approval') ?? (policy.granted ? grantedFlag : undefined);
    if (flag !== undefined) return { code: 'needs-approval', flag };
    if (!checks.some(({ weight }) => weight === 'proof')) return { code: 'guards-only' };
  }
  return manual.length > 0 && acceptance === null ? { code: 'manual', criteria: manual } : null;
}

const grantedFlag: Flag = {
  code: 'assertions-changed',
  level: 'approval',
  paths: [],
  detail: 'tests of the base may change',
};
