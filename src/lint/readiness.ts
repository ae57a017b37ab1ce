import type { Finding, RuleId } from './rule.ts';
import { worstFirst } from './severity.ts';

/** Whether a story may go to a cheap model as it is, needs better text first, or stays with the orchestrator. */
export type Verdict = 'delegate' | 'refine first' | 'keep';

export interface Readiness {
  readonly verdict: Verdict;
  /** At most three, strongest first. */
  readonly reasons: readonly ReadinessReason[];
}

export interface ReadinessReason {
  readonly rule: RuleId;
  readonly criterion: number | null;
  readonly message: string;
}

/** Above this many criteria a story is refined before it is delegated. */
const mostCriteria = 8;

/**
 * Judges a story from its findings, weighed as if it were delegated and after disables. `runs` says that something
 * in the story
 * is executable; then a named check that is missing is no reason to wait.
 */
export function readiness(
  findings: readonly Finding[],
  story: { readonly criteria: number; readonly runs: boolean },
): Readiness {
  const counting = findings.filter((finding) => finding.suppressed === undefined);
  const keeping = counting.filter(isKeeping);
  if (keeping.length > 0) return { verdict: 'keep', reasons: reasonsOf(keeping) };
  const blocking = counting.filter((finding) => needsRefining(finding, story.runs));
  if (blocking.length > 0) return { verdict: 'refine first', reasons: reasonsOf(blocking) };
  if (story.criteria > mostCriteria) return { verdict: 'refine first', reasons: [tooMany(story.criteria)] };
  return { verdict: 'delegate', reasons: [] };
}

function isKeeping({ rule, severity }: Finding): boolean {
  if (rule === 'delegate/first-of-kind' || rule === 'delegate/architectural') return severity !== 'info';
  return severity === 'error' && (rule === 'delegate/shared-state' || rule === 'judgment/open-decision');
}

function needsRefining({ rule, severity }: Finding, runs: boolean): boolean {
  if (severity === 'info' || !/^(?:judgment|verify|context|atomic)\//.test(rule)) return false;
  return rule !== 'verify/unresolved-check' || !runs;
}

function reasonsOf(findings: readonly Finding[]): readonly ReadinessReason[] {
  return worstFirst(findings)
    .slice(0, 3)
    .map(({ rule, criterion, message }) => ({ rule, criterion, message }));
}

function tooMany(criteria: number): ReadinessReason {
  return {
    rule: 'atomic/story-too-big',
    criterion: null,
    message: `${criteria} criteria, ${mostCriteria} at most for a delegate`,
  };
}
