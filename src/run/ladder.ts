import type { Limits } from '../plan/limits.ts';
import type { Role } from '../plan/plan.ts';
import type { PastAttempt } from './state.ts';

/** What a story does next. Each step goes into the journal with its reason. */
export type LadderStep =
  | { readonly kind: 'attempt'; readonly role: Role; readonly why: string; readonly from: StartFrom }
  /** The last attempt was green and did not get as far as landing: its snapshot is verified again, nobody is paid again. */
  | { readonly kind: 'verify'; readonly past: PastAttempt }
  /** The orchestrator is asked once why the delegate's last attempt failed. */
  | { readonly kind: 'diagnose'; readonly past: PastAttempt }
  | { readonly kind: 'blocked'; readonly reason: string };

/** `merged`: the branch as it is now, with the last work merged in where the two go together. */
export type StartFrom = 'base' | 'snapshot' | 'merged';

/**
 * The escalation ladder: the delegate, a diagnosis, the delegate again with the hint, the orchestrator, blocked. The
 * orchestrator's own stories start at the fourth rung. An attempt that was cut off by a crash does not count, nor one that
 * was overtaken: who built it builds it again.
 */
export function nextStep(
  role: Role,
  attempts: readonly PastAttempt[],
  limits: Limits,
  /** Somebody can be asked why an attempt failed. */
  diagnoses: boolean,
): LadderStep {
  const last = attempts.at(-1);
  if (last !== undefined && awaitsVerdict(last)) return { kind: 'verify', past: last };
  const ended = attempts.filter((past) => past.end !== null && past.end !== 'aborted' && past.end !== 'provider');
  const counted = ended.filter((past) => !isOvertaken(past));
  const step = role === 'orchestrator' ? ownStory(counted, last, limits) : delegated(counted, last, limits, diagnoses);
  const raced = ended.at(-1);
  if (step.kind !== 'attempt' || raced === undefined || !isOvertaken(raced)) return step;
  return { ...step, why: `again, with what landed meanwhile: ${raced.reason}`, from: 'merged' };
}

/** The work was right where it started; what landed meanwhile does not go with it. */
export function isOvertaken({ verdict, overtaken }: PastAttempt): boolean {
  return verdict === 'conflict' || overtaken !== null;
}

function awaitsVerdict(past: PastAttempt): boolean {
  return past.end === 'finished' && past.snapshot !== null && (past.verdict === null || past.verdict === 'passed');
}

function ownStory(counted: readonly PastAttempt[], last: PastAttempt | undefined, limits: Limits): LadderStep {
  const said = counted.at(-1);
  if (said?.end === 'blocked') return { kind: 'blocked', reason: said.detail };
  if (counted.length >= limits.orchestratorAttempts.own) return blocked(counted);
  return attempt('orchestrator', counted, last, limits.orchestratorAttempts.own);
}

function delegated(
  counted: readonly PastAttempt[],
  last: PastAttempt | undefined,
  limits: Limits,
  diagnoses: boolean,
): LadderStep {
  const byDelegate = counted.filter((past) => past.role === 'delegate');
  const byOrchestrator = counted.filter((past) => past.role === 'orchestrator');
  const failed = counted.at(-1);
  const mayRetry = byDelegate.length < limits.delegateAttempts;
  if (mayRetry && diagnoses && failed !== undefined && isOpen(failed, last)) return { kind: 'diagnose', past: failed };
  const up = failed === undefined ? null : reasonToTakeOver(failed);
  if (mayRetry && up === null) return attempt('delegate', counted, last, limits.delegateAttempts);
  if (byOrchestrator.length >= limits.orchestratorAttempts.takeOver) return blocked(counted);
  const why = up ?? `${byDelegate.length} delegate attempts were not enough`;
  return { kind: 'attempt', role: 'orchestrator', why, from: startFrom(counted) };
}

/** Nobody has said yet why it failed. A review has given its own reason. */
function isOpen(failed: PastAttempt, last: PastAttempt | undefined): boolean {
  if (failed !== last || failed.role !== 'delegate') return false;
  return failed.review === null && failed.diagnosis === null;
}

function reasonToTakeOver({ end, detail, review, diagnosis }: PastAttempt): string | null {
  if (review?.verdict === 'escalate') return review.reason;
  if (diagnosis?.next === 'take-over') return `the diagnosis says: ${diagnosis.reason}`;
  const asks = end === 'needs-orchestrator' || end === 'blocked';
  return asks && !diagnosis?.hint ? `the delegate says: ${detail}` : null;
}

function attempt(role: Role, counted: readonly PastAttempt[], last: PastAttempt | undefined, of: number): LadderStep {
  const failed = counted.at(-1);
  if (failed === undefined)
    return { kind: 'attempt', role, why: last ? 'starts again after an interruption' : 'first attempt', from: 'base' };
  return {
    kind: 'attempt',
    role,
    why: `attempt ${counted.length + 1} of ${of}: ${failed.reason || failed.detail}`,
    from: startFrom(counted),
  };
}

/** The same failure twice means that the work so far leads nowhere: start again from the base. */
function startFrom(counted: readonly PastAttempt[]): 'base' | 'snapshot' {
  const [before, last] = [counted.at(-2), counted.at(-1)];
  if (!last?.snapshot || last.verdict === 'tampered') return 'base';
  return before !== undefined && before.reason === last.reason ? 'base' : 'snapshot';
}

function blocked(counted: readonly PastAttempt[]): LadderStep {
  const last = counted.at(-1);
  const many = counted.length === 1 ? '1 attempt' : `${counted.length} attempts`;
  return { kind: 'blocked', reason: `${last?.reason || last?.detail || 'no attempt succeeded'} after ${many}` };
}
