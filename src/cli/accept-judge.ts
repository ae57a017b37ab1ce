import type { Story } from '../prd/prd.ts';
import { baselineOf, baselineRunsNeeded } from '../verify/baseline.ts';
import { type Policy, policyOf } from '../verify/protect.ts';
import { type JudgedCheck, judge, type PassedVerdict, type Verdict } from '../verify/verdict.ts';
import { sayObstacle } from '../verify/verdict-words.ts';
import type { CheckBench, RanCheck } from './run-checks.ts';

/** A person's word for stories. */
export interface Acceptance {
  readonly name: string;
  readonly reason: string;
}

export interface AcceptedStory {
  readonly story: Story;
  readonly verdict: PassedVerdict;
  readonly policy: Policy;
}

export interface RejectedStory {
  readonly story: Story;
  readonly verdict: Exclude<Verdict['kind'], 'passed'>;
  readonly reason: string;
}

export interface AcceptPlace {
  readonly bench: CheckBench;
  readonly prdPath: string;
  /** Globs that the project protects on top of the built-in ones. */
  readonly protect: readonly string[];
}

/** Asks the one judge about a story as it is, with a person's word in place of a proof. A red check outweighs it. */
export async function judgeAccepted(
  story: Story,
  acceptance: Acceptance,
  { bench, prdPath, protect }: AcceptPlace,
): Promise<AcceptedStory | RejectedStory> {
  const checks = (await bench.run([story], baselineRunsNeeded)).map(judgedCheck);
  const policy = untouched(story, prdPath, protect);
  const open = { regression: [], manual: [], review: null, stopped: null };
  const verdict = judge({ story: story.id, checks, policy, acceptance, ...open });
  if (verdict.kind === 'passed') return { story, verdict, policy };
  const { why, todo } = sayObstacle(verdict.obstacle, story.id);
  return { story, verdict: verdict.kind, reason: `${why}; ${todo}` };
}

/** There is no work to compare: what a check says of the branch is both its baseline and its result. */
function judgedCheck({ check, results }: RanCheck): JudgedCheck {
  return { check, baseline: baselineOf(check, results), nullPatch: null, candidate: results, baseTests: null };
}

/** The rules in force, for a change of nothing. */
function untouched(story: Story, prdPath: string, protect: readonly string[]): Policy {
  const texts = { base: () => null, attempt: () => null };
  return policyOf({ story, prdPath, changes: [], refused: [], basePaths: [], texts, settings: { protect } });
}
