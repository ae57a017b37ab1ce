import type { AttemptEnd } from '../agent/implementer.ts';
import { crashPoint } from '../host/crash-point.ts';
import { reviewCandidate } from '../review/ask.ts';
import { changedLines, readChanges } from '../review/changed-file.ts';
import { hintLine } from '../review/diagnose.ts';
import type { ReviewVerdict } from '../review/review.ts';
import type { EarlierReview, ReviewResult } from '../review/review-order.ts';
import { type ReviewDecision, reviewWanted } from '../review/when.ts';
import { judge } from '../verify/verdict.ts';
import { figuresOf } from './decide-spec.ts';
import type { EventData } from './events.ts';
import type { Stored } from './finish.ts';
import type { Candidate, Proof } from './proof.ts';
import type { PastAttempt } from './state.ts';
import type { StoryRun } from './story-run.ts';

/** A green attempt and what came before it. */
export interface Green {
  readonly past: PastAttempt;
  readonly earlier: readonly PastAttempt[];
  readonly stored: Stored;
}

export type Reviewed =
  | { readonly kind: 'reviewed'; readonly verdict: ReviewVerdict; readonly event: EventData<'review.finished'> }
  /** Nobody read it: it was not needed, or nobody is there to read. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };

type Finished = Extract<ReviewResult, { kind: 'reviewed' }>;

/** Is a proven candidate read before it lands? Null: it cannot pass anyway, or nobody is there to read. */
export async function decideReview(run: StoryRun, green: Green, proof: Proof): Promise<ReviewDecision | null> {
  const { candidate } = proof;
  if (candidate === null || run.prompt.orchestrator === null || !couldPass(proof)) return null;
  return decide(run, green, proof, candidate);
}

/** Has a candidate read. */
export async function askReview(
  run: StoryRun,
  green: Green,
  proof: Proof,
  decision: ReviewDecision,
): Promise<Reviewed> {
  const { candidate } = proof;
  const { orchestrator } = run.prompt;
  if (candidate === null || orchestrator === null) return { kind: 'unread' };
  const { past, stored } = green;
  const result = await reviewCandidate(
    {
      story: run.story,
      attempt: past.attempt,
      outOfScope: run.refinement?.outOfScope ?? [],
      checks: proof.input.checks,
      policy: stored.policy,
      from: candidate.head,
      to: candidate.commit,
      claim: past.detail,
      condition: decision.condition,
      earlier: earlierReview(green),
    },
    orchestrator,
    run.deps.vault,
  );
  crashPoint('review.after-answer');
  return result.kind === 'stopped' ? result : note(run, green, candidate, result);
}

/** Red checks and broken rules need no reader. */
function couldPass({ input }: Proof): boolean {
  const verdict = judge({ ...input, review: { kind: 'approved', criteria: [] } });
  return verdict.kind === 'passed' || verdict.obstacle.code === 'manual';
}

async function decide(run: StoryRun, green: Green, proof: Proof, candidate: Candidate): Promise<ReviewDecision> {
  const { story, refinement, request, deps } = run;
  const { past, earlier, stored } = green;
  const decision = reviewWanted({
    mode: request.review,
    story,
    builtBy: past.role,
    checks: proof.input.checks,
    policy: stored.policy,
    touched: candidate.changes.map(({ path }) => path),
    changedLines: changedLines(await readChanges(deps.vault, candidate.head, candidate.commit)),
    listed: [...story.files, ...(refinement?.files ?? []).map(({ path }) => path)],
    sentBack: earlier.some(({ review }) => review?.verdict === 'revise'),
    refined: refinement !== null,
    figures: past.role === 'delegate' ? figuresOf(run) : null,
  });
  await deps.emit({ type: 'review.decided', data: { story: story.id, attempt: past.attempt, ...decision } });
  return decision;
}

/** What the first review of a delegate's work said. Work that the orchestrator took over is read afresh. */
function earlierReview({ past, earlier }: Green): EarlierReview | null {
  if (past.role !== 'delegate') return null;
  const review = earlier.findLast((one) => one.role === 'delegate' && one.review !== null)?.review ?? null;
  return review && { candidate: review.candidate, criteria: review.criteria, remarks: review.remarks };
}

async function note(run: StoryRun, { past }: Green, candidate: Candidate, result: Finished): Promise<Reviewed> {
  const { verdict, said, coaching, unread } = result;
  const event: EventData<'review.finished'> = {
    story: run.story.id,
    attempt: past.attempt,
    candidate: candidate.commit,
    verdict: verdict.kind,
    reason: 'reason' in verdict ? verdict.reason : '',
    said,
    criteria: [...result.criteria],
    remarks: [...result.remarks],
    unread: unread.map(({ path }) => path),
  };
  await run.deps.emit({ type: 'review.finished', data: event });
  if (coaching !== null) await run.lessons.learned(run.story.id, coaching);
  return { kind: 'reviewed', verdict, event };
}

/** A review that sent the work back, as the next implementer reads it. Minor remarks stay in the journal. */
export function reviewWords({ reason, criteria, remarks }: EventData<'review.finished'>): string {
  const unmet = criteria
    .filter(({ status }) => status !== 'met')
    .map(({ n, status }) => `- criterion ${n} is ${status}`);
  const lines = [...unmet, ...remarks.filter(({ severity }) => severity !== 'minor').map(hintLine)];
  return [`The checks are green; the review sent it back: ${reason}`, ...lines].join('\n');
}
