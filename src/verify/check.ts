/** The face of `verify/`: what a check is, and what running one says. */
import type { Expectation } from '../prd/prd.ts';
import type { Tree } from '../workspace/workspace.ts';

/** A verify command bound to the criteria it decides. */
export interface Check {
  /** First 16 hex digits of sha256 over run, cwd, expectation and timeout: equal checks run once per tree. */
  readonly id: string;
  readonly run: string;
  readonly cwd: string | null;
  readonly expect: Expectation;
  readonly timeoutMs: number;
  /** Who wrote it. */
  readonly origin: 'story' | 'model';
  /** Indices of the criteria it decides. */
  readonly criteria: readonly number[];
}

/** What a test runner reported; null fields are what it did not say. */
export interface Counts {
  readonly runner: string;
  readonly executed: number;
  readonly failed: number | null;
  readonly skipped: number | null;
  /** Test files that ran clean but reported no test of their own: ended early, or nothing in them was selected. */
  readonly silent?: readonly string[];
}

/**
 * `green`: ran clean and met the expectation, and a known runner executed at least one test.
 * `red`: ran clean and said no for a real reason.
 * `absent`: the script, package, manifest or file it needs is not there yet.
 * `invalid`: says nothing about the code.
 */
export type CheckOutcome = 'green' | 'red' | 'absent' | 'invalid';

export type CheckReason =
  | 'met'
  | 'exit-code'
  | 'output'
  | 'missing-script'
  | 'missing-file'
  | 'missing-package'
  | 'not-found'
  | 'not-executable'
  | 'timeout'
  | 'signal'
  | 'flooded'
  | 'zero-tests'
  /** The runner is known, the exit is clean, and its closing report is missing: something ended it early. */
  | 'no-report'
  /** The exit is clean, but the runner counted failures. */
  | 'failed-tests'
  | 'cancelled'
  | 'tree-changed';

export interface CheckResult {
  readonly check: Check;
  readonly outcome: CheckOutcome;
  readonly reason: CheckReason;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
  readonly counts: Counts | null;
  /** sha256 of the output, hex. */
  readonly outputDigest: string;
  /** Head and tail of the output, control characters removed, at most 16 KB. Never stored in evidence. */
  readonly output: string;
  /** Full log on disk, or null. */
  readonly log: string | null;
  /** Taken from an earlier run of the same check on the same tree. */
  readonly cached: boolean;
}

export interface Checker {
  /** Runs one check in a verify tree. Resolves for every outcome. */
  run(tree: Tree, check: Check, options?: { readonly signal?: AbortSignal }): Promise<CheckResult>;
}

/** Known results by (check, tree, setup, sandbox level): nothing is run twice that is already known. */
export interface CheckResults {
  get(key: ResultKey): readonly CheckResult[];
  add(key: ResultKey, result: CheckResult): void;
}

export interface ResultKey {
  readonly check: string;
  /** Names the files, not the commit: what is known of a candidate is known of its landing. */
  readonly code: string;
  readonly setup: string;
  readonly sandbox: SandboxLevel;
}

export type SandboxLevel = 'none' | 'guard' | 'os';

/** What a check was before the work. Only a proof can tell done from not done. */
export type BaselineKind = 'proof' | 'guard' | 'absent' | 'invalid' | 'flaky';

export interface Baseline {
  readonly check: Check;
  readonly kind: BaselineKind;
  readonly reason: CheckReason;
  readonly exitCode: number | null;
  readonly counts: Counts | null;
}
