import type { CheckedAnswer } from './quotes.ts';
import type { Remark, ReviewVerdict } from './review.ts';

export interface ReviewSituation {
  /** From 0: the second round may not raise new majors for ever. */
  readonly round: number;
  /** Criteria (from 1) that have a green proof of their own. */
  readonly proven: ReadonlySet<number>;
  /**
   * The pass depends on this review, because no proof was red before the work or policy asks for a second look. Then one
   * invented quote voids it, and nothing may be left unread.
   */
  readonly condition: boolean;
  /** Paths of which something was shown to nobody. */
  readonly unread: readonly string[];
}

/**
 * The verdict of a review, computed by the program. Unmet criteria and blockers always send back, a major once per story,
 * minors never; what stays unclear is accepted only where a proof of its own is green.
 */
export function decideReview(answer: CheckedAnswer, situation: ReviewSituation): ReviewVerdict {
  if (situation.condition && answer.invented.length > 0) {
    return {
      kind: 'inconclusive',
      reason: `the review quotes what is not there (criterion ${answer.invented.join(', ')})`,
    };
  }
  const unmet = answer.criteria.filter(({ status }) => status === 'unmet').map(({ n }) => n);
  const blocking = answer.remarks.filter(
    ({ severity }) => severity === 'blocker' || (severity === 'major' && situation.round === 0),
  );
  if (unmet.length > 0 || blocking.length > 0) return revise(unmet, blocking);
  if (answer.said === 'escalate') return { kind: 'escalate', reason: 'the review asks for the orchestrator' };
  if (situation.condition && situation.unread.length > 0) {
    return { kind: 'inconclusive', reason: `not read: ${situation.unread.join(', ')}` };
  }
  const open = answer.criteria
    .filter(({ n, status }) => status === 'unclear' && !situation.proven.has(n))
    .map(({ n }) => n);
  if (open.length === 0) return { kind: 'approved', criteria: answer.criteria };
  const reason = `unproven: criterion ${open.join(', ')}`;
  return situation.round === 0 ? { kind: 'revise', remarks: [], reason } : { kind: 'inconclusive', reason };
}

function revise(unmet: readonly number[], remarks: readonly Remark[]): ReviewVerdict {
  const [first] = remarks;
  const said = first === undefined ? '' : `${first.path}:${first.line} ${first.problem}`;
  const reason = unmet.length > 0 ? `criterion ${unmet.join(', ')} is not met` : said;
  return { kind: 'revise', remarks, reason };
}
