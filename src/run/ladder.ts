import type { Limits } from '../plan/limits.ts';
import type { Role } from '../plan/plan.ts';
import type { PastAttempt } from './state.ts';

/** What a story does next. Each step goes into the journal with its reason. */
export type LadderStep =
  | { readonly kind: 'attempt'; readonly role: Role; readonly why: string; readonly from: 'base' | 'snapshot' }
  /** The last attempt was green and did not get as far as landing: its snapshot is verified again, nobody is paid again. */
  | { readonly kind: 'verify'; readonly past: PastAttempt }
  | { readonly kind: 'blocked'; readonly reason: string };

/**
 * The escalation ladder: the delegate, the delegate again with what failed, the orchestrator, blocked. The
 * orchestrator's own stories start at the third rung. An attempt that was cut off by a crash does not count.
 */
export function nextStep(role: Role, attempts: readonly PastAttempt[], limits: Limits): LadderStep {
  const last = attempts.at(-1);
  if (last !== undefined && awaitsVerdict(last)) return { kind: 'verify', past: last };
  const counted = attempts.filter((past) => past.end !== null && past.end !== 'aborted' && past.end !== 'provider');
  if (role === 'orchestrator') return ownStory(counted, last, limits);
  return delegated(counted, last, limits);
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

function delegated(counted: readonly PastAttempt[], last: PastAttempt | undefined, limits: Limits): LadderStep {
  const byDelegate = counted.filter((past) => past.role === 'delegate');
  const byOrchestrator = counted.filter((past) => past.role === 'orchestrator');
  const asked = byDelegate.find((past) => past.end === 'needs-orchestrator' || past.end === 'blocked');
  if (asked === undefined && byDelegate.length < limits.delegateAttempts) {
    return attempt('delegate', counted, last, limits.delegateAttempts);
  }
  if (byOrchestrator.length >= limits.orchestratorAttempts.takeOver) return blocked(counted);
  const why = asked ? `the delegate says: ${asked.detail}` : `${byDelegate.length} delegate attempts were not enough`;
  return { kind: 'attempt', role: 'orchestrator', why, from: startFrom(counted) };
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
  if (!last?.snapshot || last.verdict === 'conflict' || last.verdict === 'tampered') return 'base';
  return before !== undefined && before.reason === last.reason ? 'base' : 'snapshot';
}

function blocked(counted: readonly PastAttempt[]): LadderStep {
  const last = counted.at(-1);
  const many = counted.length === 1 ? '1 attempt' : `${counted.length} attempts`;
  return { kind: 'blocked', reason: `${last?.reason || last?.detail || 'no attempt succeeded'} after ${many}` };
}
