import { headAndTail } from '../verify/output.ts';
import type { Strength, Verdict } from '../verify/verdict.ts';
import { sayObstacle, verdictReason } from '../verify/verdict-words.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Stored } from './finish.ts';
import { landProof } from './landing.ts';
import { proveAttempt } from './proof.ts';
import type { PastAttempt } from './state.ts';
import type { StoryRun } from './story-run.ts';

export interface Judged {
  readonly verdict: NonNullable<PastAttempt['verdict']>;
  readonly reason: string;
  readonly landed: { readonly commit: Oid; readonly strength: Strength } | 'refused' | null;
  /** What the next implementer should know. */
  readonly feedback: string;
}

/** Proves the attempt on the present head and lands it; when somebody moved the branch meanwhile, proves it again there. */
export async function judgeAndLand(run: StoryRun, stored: Stored, attempt: number): Promise<Judged> {
  for (let left = run.request.limits.landingTries; left > 0; left -= 1) {
    const proof = await proveAttempt(run, stored);
    await emitVerdict(run, attempt, proof.verdict);
    if (proof.verdict.kind !== 'passed' || proof.candidate === null) return failed(proof.verdict);
    const landing = await landProof(
      run,
      stored,
      { ...proof, candidate: proof.candidate, verdict: proof.verdict },
      attempt,
    );
    if (landing.kind === 'refused') return { verdict: 'passed', reason: '', landed: 'refused', feedback: '' };
    if (landing.kind === 'landed') {
      const { strength } = proof.verdict;
      return { verdict: 'passed', reason: strength, landed: { commit: landing.commit, strength }, feedback: '' };
    }
  }
  const reason = `the branch moved ${run.request.limits.landingTries} times while it was proven`;
  return { verdict: 'conflict', reason, landed: null, feedback: reason };
}

async function emitVerdict(run: StoryRun, attempt: number, verdict: Verdict): Promise<void> {
  const story = run.planned.story.id;
  const strength = verdict.kind === 'passed' ? verdict.strength : null;
  const data = { story, attempt, verdict: verdict.kind, reason: verdictReason(verdict), strength };
  await run.deps.emit({ type: 'verdict', data });
}

function failed(verdict: Verdict): Judged {
  if (verdict.kind === 'passed') return { verdict: 'infra', reason: 'nothing to land', landed: null, feedback: '' };
  const { obstacle } = verdict;
  const { why, todo } = sayObstacle(obstacle);
  const output = 'result' in obstacle ? `\n${headAndTail(obstacle.result.output, 6_000)}` : '';
  return { verdict: verdict.kind, reason: `${why}; ${todo}`, landed: null, feedback: `${why}${output}` };
}
