import type { AttemptEnd } from '../agent/implementer.ts';
import type { ReviewDecision } from '../review/when.ts';
import { headAndTail } from '../verify/output.ts';
import { judge, type Obstacle, type PassedVerdict, type Strength, type Verdict } from '../verify/verdict.ts';
import { sayObstacle, verdictReason } from '../verify/verdict-words.ts';
import type { Oid } from '../workspace/workspace.ts';
import { landProof } from './landing.ts';
import type { LanePlace } from './lane.ts';
import { type Proof, proveAttempt } from './proof.ts';
import { askReview, decideReview, type Green, type Reviewed, reviewWords } from './review-proof.ts';
import type { PastAttempt } from './state.ts';
import { stopsStory } from './stopped.ts';
import type { StoryRun } from './story-run.ts';

export interface Judged {
  /** Null when the review could not be asked for: it is judged again in the next run. */
  readonly verdict: PastAttempt['verdict'];
  readonly reason: string;
  readonly landed: { readonly commit: Oid; readonly strength: Strength } | 'refused' | null;
  readonly review: PastAttempt['review'];
  /** What the next implementer should know. */
  readonly feedback: string;
  /** What stopped the review; null when nothing did. */
  readonly stopped: AttemptEnd | null;
  /** What is in the way of a pass, and the head that it was found on; null when nothing is, or nobody knows. */
  readonly obstacle: Obstacle | null;
  readonly head: Oid | null;
}

/**
 * Proves the attempt on the present head and lands it before anybody else does: of several proven at once on one head only
 * the first could land. Who waits is proven meanwhile on what is expected to be there, and who has to be read leaves its
 * place for that. When somebody outside moved the branch meanwhile, it is proven again there.
 */
export async function judgeAndLand(run: StoryRun, green: Green): Promise<Judged> {
  let read: Read | null = null;
  for (let left = run.request.limits.landingTries; left > 0; ) {
    const step: Step = await inLine(run, green, read);
    if (step.kind === 'judged') return step.judged;
    if (step.kind === 'lost' || read !== null) left -= 1;
    if (step.kind === 'unread') {
      const reviewed = await askReview(run, green, step.proof, step.decision);
      if (reviewed.kind === 'stopped' && stopsStory(reviewed.end)) return notJudged(reviewed.end);
      read = { changes: changesOf(step.proof), reviewed };
    }
  }
  const reason = `the branch moved ${run.request.limits.landingTries} times while it was proven`;
  return { ...nothing, verdict: 'conflict', reason, feedback: reason };
}

const nothing = {
  reason: '',
  landed: null,
  review: null,
  feedback: '',
  stopped: null,
  obstacle: null,
  head: null,
} as const;

/** What was read, and which changes that were. */
interface Read {
  readonly changes: string;
  readonly reviewed: Reviewed;
}

type Step =
  | { readonly kind: 'judged'; readonly judged: Judged }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unread'; readonly proof: Proof; readonly decision: ReviewDecision };

async function inLine(run: StoryRun, green: Green, read: Read | null): Promise<Step> {
  const place = run.lane.enter();
  try {
    const early = await proveAhead(run, green, read, place);
    return early ?? (await place.turn(() => proveAndLand(run, green, read, place)));
  } finally {
    place.leave();
  }
}

type Unread = Extract<Step, { kind: 'unread' }>;

/** What is green here is known when the turn comes, provided that all before have landed as expected. */
async function proveAhead(
  run: StoryRun,
  green: Green,
  read: Read | null,
  { ahead, expect }: LanePlace,
): Promise<Unread | null> {
  const head = await ahead;
  if (head === null) return null;
  const proof = await proveAttempt(run, green.stored, head, expect);
  expect(head);
  return unread(run, green, read, proof);
}

/** Null: it has been read, or need not be. The same changes on another head are not read again. */
async function unread(run: StoryRun, green: Green, read: Read | null, proof: Proof): Promise<Unread | null> {
  if (read?.changes === changesOf(proof)) return null;
  const decision = await decideReview(run, green, proof);
  return decision?.review ? { kind: 'unread', proof, decision } : null;
}

async function proveAndLand(run: StoryRun, green: Green, read: Read | null, { expect }: LanePlace): Promise<Step> {
  const proof = await proveAttempt(run, green.stored, await run.target.head(), expect);
  const reader = await unread(run, green, read, proof);
  if (reader !== null) return reader;
  const known = read?.changes === changesOf(proof) ? read.reviewed : null;
  const review = known?.kind === 'reviewed' ? known : null;
  const verdict = judge({ ...proof.input, review: review?.verdict ?? null });
  await emitVerdict(run, green.past.attempt, verdict);
  const event = review?.event ?? null;
  if (verdict.kind !== 'passed' || proof.candidate === null) {
    return { kind: 'judged', judged: { ...failed(verdict, event), head: proof.candidate?.head ?? null } };
  }
  const landed = await landNow(run, green, proof, verdict);
  return landed === null ? { kind: 'lost' } : { kind: 'judged', judged: { ...landed, review: event } };
}

function changesOf({ candidate }: Proof): string {
  return JSON.stringify(candidate?.changes ?? null);
}

/** Null when somebody outside was first. */
async function landNow(
  run: StoryRun,
  { stored, past }: Green,
  { candidate, input }: Proof,
  verdict: PassedVerdict,
): Promise<Judged | null> {
  if (candidate === null) return null;
  const passed = { verdict, candidate, regression: input.regression };
  const landing = await landProof(run, stored, passed, past.attempt);
  switch (landing.kind) {
    case 'refused':
      return { ...nothing, verdict: 'passed', landed: 'refused' };
    case 'landed': {
      const { strength } = verdict;
      return { ...nothing, verdict: 'passed', reason: strength, landed: { commit: landing.commit, strength } };
    }
    case 'lost':
      return null;
    default:
      return landing satisfies never;
  }
}

function notJudged(end: AttemptEnd): Judged {
  return { ...nothing, verdict: null, stopped: end };
}

async function emitVerdict(run: StoryRun, attempt: number, verdict: Verdict): Promise<void> {
  const story = run.planned.story.id;
  const strength = verdict.kind === 'passed' ? verdict.strength : null;
  const data = { story, attempt, verdict: verdict.kind, reason: verdictReason(verdict), strength };
  await run.deps.emit({ type: 'verdict', data });
}

function failed(verdict: Verdict, review: PastAttempt['review']): Judged {
  if (verdict.kind === 'passed') return { ...nothing, verdict: 'infra', reason: 'nothing to land' };
  const { obstacle } = verdict;
  const { why, todo } = sayObstacle(obstacle, verdict.story);
  const output = 'result' in obstacle ? `\n${headAndTail(obstacle.result.output, 6_000)}` : '';
  const feedback = obstacle.code === 'review' && review !== null ? reviewWords(review) : `${why}${output}`;
  return { ...nothing, verdict: verdict.kind, reason: `${why}; ${todo}`, review, feedback, obstacle };
}
