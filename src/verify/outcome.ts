import type { Expectation } from '../prd/prd.ts';
import { absenceIn } from './absence.ts';
import type { Check, CheckOutcome, CheckReason, Counts } from './check.ts';
import { programsOf } from './command-words.ts';
import { namedRunners } from './runners/index.ts';

/** What is known when a check has ended. Output is plain text. */
export interface Ended {
  readonly check: Check;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly flooded: boolean;
  readonly notStarted: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly counts: Counts | null;
  /** Files that the command names and that are not in the tree. */
  readonly missing: readonly string[];
  /** Tracked files that the check changed. */
  readonly changed: readonly string[];
}

export interface Outcome {
  readonly outcome: CheckOutcome;
  readonly reason: CheckReason;
}

/** What a check said. Green needs the expectation met and, where a known runner ran, its own report of it. */
export function outcomeOf(ended: Ended): Outcome {
  const broken = brokenRun(ended);
  if (broken !== null) return { outcome: 'invalid', reason: broken };
  const absent = absence(ended);
  if (absent !== null) return { outcome: 'absent', reason: absent };
  if (ended.exitCode === 127) return { outcome: 'invalid', reason: 'not-found' };
  const unmet = unmetReason(ended.check.expect, ended);
  const doubt = reportDoubt(ended, unmet);
  if (doubt !== null) return doubt;
  if (unmet !== null) return { outcome: 'red', reason: unmet };
  return { outcome: 'green', reason: 'met' };
}

/** The run itself went wrong: whatever it printed says nothing about the code. */
function brokenRun(ended: Ended): CheckReason | null {
  if (ended.cancelled) return 'cancelled';
  if (ended.timedOut) return 'timeout';
  if (ended.flooded) return 'flooded';
  if (ended.notStarted !== null) return 'not-found';
  if (ended.signal !== null || ended.exitCode === null || childDied(ended.exitCode, ended.check)) return 'signal';
  if (ended.exitCode === 126) return 'not-executable';
  if (/^make(\[\d+\])?: \*\*\* .*Error 12[67]$/m.test(ended.stderr)) return 'not-found';
  return ended.changed.length > 0 ? 'tree-changed' : null;
}

/** A shell reports a child that died by signal N as 128 + N. A check may ask for exactly that code. */
function childDied(exitCode: number, { expect }: Check): boolean {
  return exitCode > 128 && exitCode <= 192 && exitCode !== expect.exit;
}

function absence({ exitCode, check, counts, missing, stdout, stderr }: Ended): CheckReason | null {
  if (exitCode === 0 || (counts?.failed ?? 0) > 0) return null;
  const starts = programsOf(check.run).map(({ program }) => program);
  if (exitCode === 127) return absentProgram(starts, missing);
  const said = absenceIn(`${stdout}\n${stderr}`);
  if (said !== null && said !== 'missing-file') return said;
  if (asksForMore(check, starts)) return null;
  return said ?? (missing.length > 0 ? 'missing-file' : null);
}

/** A script of the project may name a program that its dependencies will bring; a bare unknown program is our problem. */
function absentProgram(starts: readonly string[], missing: readonly string[]): CheckReason | null {
  if (missing.length > 0) return 'missing-file';
  return starts.some((program) => /^(npm|pnpm|yarn|bun)$/.test(program)) ? 'missing-package' : null;
}

/**
 * Can the missing file itself be the answer? `test -f`, `grep` and friends ask exactly that, and an expectation beyond
 * exit 0 is not met by an empty file. A bare exit 0 would be: nothing to judge yet.
 */
function asksForMore({ expect }: Check, starts: readonly string[]): boolean {
  if (starts.length > 0 && starts.every((program) => inspecting.test(program))) return true;
  return expect.output?.kind === 'contains' || expect.output?.kind === 'last-line';
}

const inspecting =
  /^(test|\[|\[\[|ls|stat|cat|grep|egrep|fgrep|rg|ag|jq|yq|diff|cmp|head|tail|wc|awk|sed|find|file|sort|uniq|xargs|true|false|echo|printf|exit)$/;

function unmetReason(expect: Expectation, ended: Ended): CheckReason | null {
  if (!exitMet(expect, ended.exitCode)) return 'exit-code';
  return outputMet(expect, ended) ? null : 'output';
}

function exitMet({ exit }: Expectation, exitCode: number | null): boolean {
  if (exit === null) return true;
  return exit === 'nonzero' ? exitCode !== 0 : exitCode === exit;
}

function outputMet({ output }: Expectation, { stdout, stderr }: Ended): boolean {
  if (output === null) return true;
  switch (output.kind) {
    case 'contains':
      return stdout.includes(output.text) || stderr.includes(output.text);
    case 'last-line':
      return (stdout.split('\n').findLast((line) => line.trim() !== '') ?? '').trim() === output.text.trim();
    case 'empty':
      return stdout.trim() === '';
    default:
      return output satisfies never;
  }
}

/** A known runner must have said itself that tests ran and that none failed: exit 0 alone is not enough. */
function reportDoubt({ check, exitCode, counts, stdout, stderr }: Ended, unmet: CheckReason | null): Outcome | null {
  const clean = unmet === null && exitCode === 0;
  if (counts === null) {
    const silent = clean && namedRunners(check.run, `${stdout}\n${stderr}`).length > 0;
    return silent ? { outcome: 'invalid', reason: 'no-report' } : null;
  }
  const endedEarly = clean && (counts.silent ?? []).length > 0 && !picksByName.test(`${check.run}\n${stdout}`);
  if (endedEarly) return { outcome: 'invalid', reason: 'no-report' };
  if (counts.executed === 0 && (counts.failed ?? 0) === 0) return { outcome: 'invalid', reason: 'zero-tests' };
  const claims = clean && check.expect.exit === 0;
  return claims && (counts.failed ?? 0) > 0 ? { outcome: 'red', reason: 'failed-tests' } : null;
}

const picksByName = /--test-(name-pattern|skip-pattern|only)/;
