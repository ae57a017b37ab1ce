import { diagnose } from '../review/diagnose.ts';
import { sayObstacle } from '../verify/verdict-words.ts';
import { type AttemptResult, attemptStory } from './attempt.ts';
import { endDetail } from './end-detail.ts';
import { withExactEdits } from './exact-edits.ts';
import type { Stored } from './finish.ts';
import { type Judged, judgeAndLand } from './judge-and-land.ts';
import { isOvertaken, type LadderStep, nextStep } from './ladder.ts';
import { onBase } from './on-base.ts';
import { goOnWith, whatItMet } from './overtaken.ts';
import { readStored } from './resume.ts';
import { reviewWords } from './review-proof.ts';
import type { PastAttempt, StoryHistory } from './state.ts';
import { stopFor, stopped, stopsStory } from './stopped.ts';
import type { Ending, StoryRun } from './story-run.ts';
import { hasItsTurn, outrun } from './turn.ts';

/** What one rung of the ladder came to. */
interface Rung {
  readonly past: PastAttempt;
  /** Set when the story is over, for good or for now. */
  readonly ending: Omit<Ending, 'attempts'> | null;
  /** What the next implementer should know. */
  readonly feedback: string;
}

type AttemptStep = Extract<LadderStep, { kind: 'attempt' }>;

/** Where a climb stands: attempts so far, oldest first, and what the last one came to in the implementer's words. */
interface Climb {
  readonly run: StoryRun;
  readonly attempts: readonly PastAttempt[];
  readonly feedback: string | null;
}

/** Climbs the ladder until the story lands, is blocked, or has to stop for now. */
export async function climb(run: StoryRun, history: StoryHistory): Promise<Ending> {
  let attempts = [...history.attempts];
  let number = history.lastAttempt;
  let feedback: string | null = null;
  const lostBefore = attempts.filter(isOvertaken).length;
  knownFiles(run, attempts);
  const diagnoses = run.prompt.orchestrator !== null;
  for (;;) {
    const step = nextStep(run.planned.role, attempts, run.request.limits, diagnoses);
    if (step.kind === 'blocked') return blocked(attempts, step.reason);
    if (step.kind === 'attempt') {
      const kept = await keptBack(run, attempts, lostBefore);
      if (kept !== null) return { ...kept, attempts: attempts.length };
      number += 1;
    }
    const rung = await takeStep({ run, attempts, feedback }, step, number);
    const again = step.kind !== 'attempt';
    attempts = [...(again ? attempts.slice(0, -1) : attempts), rung.past];
    if (rung.ending !== null) return { ...rung.ending, attempts: attempts.length };
    feedback = rung.feedback;
  }
}

/** Waits until the story may be tried again; how it ends for now where it may not. */
async function keptBack(
  run: StoryRun,
  attempts: readonly PastAttempt[],
  lostBefore: number,
): Promise<Omit<Ending, 'attempts'> | null> {
  const lost = attempts.filter(isOvertaken).length;
  // Somebody outside moves the branch faster than the story is built.
  if (outrun(lost - lostBefore)) {
    const reason = attempts.findLast(isOvertaken)?.reason ?? '';
    return { ...stopped(`overtaken again and again: ${reason}`), verdict: 'conflict' };
  }
  return (await hasItsTurn(run, lost)) ? null : stopped('nothing new starts any more');
}

/** What is known before the story has changed anything: the plan of its refinement, and where it was overtaken before. */
function knownFiles({ turn, refinement }: StoryRun, attempts: readonly PastAttempt[]): void {
  turn.touches(refinement?.files.map(({ path }) => path) ?? []);
  for (const { overtaken } of attempts) turn.touches(overtaken?.files ?? []);
}

function takeStep(at: Climb, step: Exclude<LadderStep, { kind: 'blocked' }>, number: number): Promise<Rung> {
  switch (step.kind) {
    case 'attempt':
      return tryOnce(at, step, number);
    case 'verify':
      return verifyAgain(at, step.past);
    case 'diagnose':
      return askWhy(at, step.past);
    default:
      return step satisfies never;
  }
}

async function tryOnce(at: Climb, step: AttemptStep, attempt: number): Promise<Rung> {
  const { run: story, attempts } = at;
  const { role, why, from } = step;
  if (from === 'merged') return tryAgain(at, step, attempt);
  const last = attempts.at(-1);
  const goesOn = from === 'snapshot' && last !== undefined && last.snapshot !== null;
  // Work that goes on stays on its base, also in a later run; work that starts again starts from where the branch is now.
  // The first attempt starts where its checks have just been asked: what landed since is merged before anything is proven.
  const fresh = last === undefined ? story.base : await story.target.head();
  const base = goesOn ? last.base : fresh;
  await story.deps.vault.keep(base);
  const run = base === story.base ? story : await onBase(story, base);
  const edited = attempts.length === 0 ? await withExactEdits(run) : null;
  const start = goesOn ? last.snapshot : edited;
  const before = last === undefined ? null : told(last, at.feedback);
  const order = { attempt, role, why, from: start ?? run.base, edited: edited !== null, before };
  return weigh(run, await attemptStory(run, order), attempts);
}

/** After an attempt that was overtaken: on the present head, with what it met. */
async function tryAgain(at: Climb, { role, why }: AttemptStep, attempt: number): Promise<Rung> {
  const { run: story, attempts, feedback } = at;
  const raced = attempts.findLast(isOvertaken);
  if (raced === undefined) throw new Error('nothing was overtaken');
  const base = await story.target.head();
  await story.deps.vault.keep(base);
  const [run, again] = [await onBase(story, base), await goOnWith(story, raced, base)];
  const before = [again.words, told(raced, feedback)].filter((part) => part !== null).join('\n\n');
  const order = { attempt, role, why, from: again.start ?? base, edited: false, before };
  return weigh(run, await attemptStory(run, order), attempts);
}

/** What the next implementer is told of the last attempt, also in a later run. */
function told(last: PastAttempt, feedback: string | null): string | null {
  const sentBack = last.review !== null && last.review.verdict !== 'approved' ? reviewWords(last.review) : null;
  const hint = last.diagnosis?.hint ?? null;
  const said = [feedback ?? sentBack ?? last.reason, hint === null ? '' : `What to do instead:\n${hint}`];
  return said.filter((part) => part !== '').join('\n\n') || null;
}

/** An attempt that was green when `prd` was killed: nobody is paid again, the checks run again. */
async function verifyAgain({ run, attempts }: Climb, past: PastAttempt): Promise<Rung> {
  const stored = await readStored(run, past);
  await run.deps.emit({
    type: 'adopted',
    data: { what: 'attempt', story: run.planned.story.id, detail: `attempt ${past.attempt} was green` },
  });
  return judged(run, past, stored, await judgeAndLand(run, { past, earlier: attempts.slice(0, -1), stored }));
}

/** Asks the orchestrator why an attempt failed, before another delegate tries. */
async function askWhy({ run, feedback }: Climb, past: PastAttempt): Promise<Rung> {
  const { orchestrator } = run.prompt;
  if (orchestrator === null) throw new Error('nobody can diagnose');
  const { attempt, base, snapshot } = past;
  const failure = feedback ?? (past.reason || past.detail);
  const said = await diagnose({ story: run.story, attempt, base, snapshot, failure }, orchestrator, run.deps.vault);
  if (said.kind === 'stopped') {
    if (stopsStory(said.end)) return { past, ending: stopFor(run, said.end), feedback: failure };
  }
  const story = run.story.id;
  const data =
    said.kind === 'take-over'
      ? { story, attempt, next: 'take-over' as const, reason: said.reason, hint: said.hint }
      : { story, attempt, next: 'retry' as const, reason: '', hint: said.kind === 'retry' ? said.hint : null };
  await run.deps.emit({ type: 'diagnosis.finished', data });
  if (said.kind !== 'stopped' && said.coaching !== null) await run.lessons.learned(story, said.coaching);
  return { past: { ...past, diagnosis: data }, ending: null, feedback: failure };
}

/** What an attempt's end means: a landing, a stop, or a rung that failed. */
async function weigh(run: StoryRun, result: AttemptResult, earlier: readonly PastAttempt[]): Promise<Rung> {
  const { attempt, end, stored, work } = result;
  const past = pastOf(result);
  run.turn.touches(stored.changes.map(({ path }) => path));
  if (end.kind === 'finished' && end.green) {
    return judged(run, past, stored, await judgeAndLand(run, { past, earlier, stored }));
  }
  if (stopsStory(end)) return { past, ending: stopFor(run, end), feedback: '' };
  // A forged claim is one, also over red checks.
  const [forged] = stored.policy.tampered;
  const honest = end.kind === 'blocked' ? 'blocked' : 'failed';
  const verdict = forged === undefined ? honest : 'tampered';
  const why =
    forged === undefined ? work?.reason : sayObstacle({ code: 'tampered', ...forged }, run.planned.story.id).why;
  const reason = why ?? endDetail(end);
  const data = { story: run.planned.story.id, attempt, verdict, reason, strength: null } as const;
  await run.deps.emit({ type: 'verdict', data });
  return { past: { ...past, verdict, reason }, ending: null, feedback: work?.feedback ?? reason };
}

async function judged(run: StoryRun, past: PastAttempt, stored: Stored, result: Judged): Promise<Rung> {
  const { verdict, reason, landed, review, feedback, stopped: end } = result;
  const overtaken = await whatItMet(run, past, stored, result);
  if (overtaken !== null) await run.deps.emit({ type: 'attempt.overtaken', data: overtaken });
  const now = { ...past, verdict, reason, review, overtaken };
  if (end !== null) return { past: now, ending: stopFor(run, end), feedback };
  if (landed === 'refused') return { past: now, ending: stopped('you did not confirm the landing'), feedback };
  if (landed !== null) {
    const { commit, strength } = landed;
    return {
      past: now,
      feedback,
      ending: { outcome: 'passes', verdict: 'passed', strength, reason: strength, commit },
    };
  }
  // A person has to look at it; another attempt would not change that.
  if (verdict !== 'needs-person') return { past: now, ending: null, feedback };
  return { past: now, ending: { outcome: 'blocked', verdict, strength: null, reason, commit: null }, feedback };
}

function blocked(attempts: readonly PastAttempt[], reason: string): Ending {
  const verdict = attempts.at(-1)?.verdict ?? null;
  return { outcome: 'blocked', verdict, strength: null, reason, commit: null, attempts: attempts.length };
}

function pastOf({ attempt, role, model, workspace, end, stored }: AttemptResult): PastAttempt {
  return {
    attempt,
    role,
    model,
    base: stored.base,
    workspace,
    end: end.kind === 'finished' && !end.green ? 'red' : end.kind,
    detail: endDetail(end),
    snapshot: stored.snapshot,
    verdict: null,
    reason: '',
    review: null,
    diagnosis: null,
    overtaken: null,
  };
}
