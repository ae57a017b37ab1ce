import type { Role } from '../plan/plan.ts';
import type { Story } from '../prd/prd.ts';
import { reviewPays, type SplitFigures } from '../spec/economics.ts';
import type { Flag } from '../verify/flags.ts';
import { pathTest } from '../verify/globs.ts';
import type { Policy } from '../verify/protect.ts';
import type { JudgedCheck } from '../verify/verdict.ts';
import { isGreenProof } from './input.ts';

export type ReviewMode = 'auto' | 'always' | 'never';

/** What is known of a green candidate when it is decided whether somebody reads it. */
export interface ReviewFacts {
  readonly mode: ReviewMode;
  readonly story: Story;
  readonly builtBy: Role;
  readonly checks: readonly JudgedCheck[];
  readonly policy: Pick<Policy, 'flags' | 'dropped' | 'granted' | 'changesTests' | 'isTest'>;
  /** Paths that the candidate changes, and its changed lines. */
  readonly touched: readonly string[];
  readonly changedLines: number;
  /** Paths and globs that the story or its refinement lists. */
  readonly listed: readonly string[];
  /** An earlier review of this story sent it back, and what it said has not been looked at again. */
  readonly sentBack: boolean;
  /** Was the story refined? Its price is part of what the split costs. */
  readonly refined: boolean;
  /** Null: a price is unknown, so nothing is skipped for its price. */
  readonly figures: SplitFigures | null;
}

export interface ReviewDecision {
  readonly review: boolean;
  /** The pass depends on an approving review. */
  readonly condition: boolean;
  /** For the journal and for people: lower case, no full stop. */
  readonly because: string;
}

/** Larger changes are read even where every criterion has a check. */
const smallChange = 80;

/**
 * Is a green candidate reviewed? Where the pass depends on it always, whatever the mode; nobody reviews their own work
 * otherwise. `auto` skips what is small, expected, unflagged and proven, and what costs more than it protects.
 */
export function reviewWanted(facts: ReviewFacts): ReviewDecision {
  const held = facts.policy.flags.find(({ level }) => level === 'hold');
  const why = conditionOf(facts.checks, facts.policy);
  if (held !== undefined)
    return { review: false, condition: why !== null, because: `${held.code} keeps it from passing` };
  if (why !== null) return { review: true, condition: true, because: why };
  const skip = skipReason(facts);
  if (skip !== null) return { review: false, condition: false, because: skip };
  return { review: true, condition: false, because: reason(facts) };
}

/** Why the pass depends on a review; null when it does not. */
export function conditionOf(
  checks: readonly JudgedCheck[],
  policy: Pick<Policy, 'flags' | 'granted' | 'changesTests'>,
): string | null {
  const asking = policy.flags.find(({ level }: Flag) => level === 'approval');
  if (!checks.some((check) => isGreenProof(check, policy.changesTests))) return 'no check was red without the work';
  if (policy.granted) return 'tests of the base were allowed to change';
  return asking === undefined ? null : `${asking.code}: ${asking.detail}`;
}

function skipReason(facts: ReviewFacts): string | null {
  if (facts.builtBy === 'orchestrator') return 'the orchestrator built it, and its checks prove it';
  if (facts.mode === 'never') return 'reviews are switched off';
  if (facts.mode === 'always' || facts.sentBack) return null;
  if (worries(facts).length === 0) return 'small, as listed, and every criterion has a check';
  if (facts.figures !== null && !reviewPays(facts.figures, facts.refined)) {
    return 'a review costs more than delegating saves';
  }
  return null;
}

function reason(facts: ReviewFacts): string {
  if (facts.sentBack) return 'an earlier review sent it back';
  if (facts.mode === 'always') return 'every delegated story is reviewed';
  return worries(facts).join(', ');
}

/** What keeps `auto` from trusting the checks alone. */
function worries({ story, policy, touched, changedLines, listed }: ReviewFacts): readonly string[] {
  const isListed = pathTest(listed);
  // Tests may be added freely, and policy looks at those that were there.
  const strangers = touched.filter((path) => !isListed(path) && !policy.isTest(path));
  const unchecked = story.criteria.flatMap(({ reading }, index) => (reading.kind === 'prose' ? [index + 1] : []));
  return [
    ...(changedLines > smallChange ? [`${changedLines} changed lines`] : []),
    ...(strangers.length > 0 ? [`it touches ${strangers.slice(0, 3).join(', ')}`] : []),
    ...policy.flags.map(({ code }) => code),
    ...(policy.dropped.length > 0 ? ['protected paths were left out'] : []),
    ...(unchecked.length > 0 ? [`no check for criterion ${unchecked.join(', ')}`] : []),
  ];
}
