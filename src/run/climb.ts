import { type AttemptResult, attemptStory, endDetail } from './attempt.ts';
import { type Judged, judgeAndLand } from './judge-and-land.ts';
import { type LadderStep, nextStep } from './ladder.ts';
import { onBase } from './on-base.ts';
import { providerProblem } from './provider-problem.ts';
import { readStored } from './resume.ts';
import type { PastAttempt, StoryHistory } from './state.ts';
import type { Ending, StoryRun } from './story-run.ts';

/** What one rung of the ladder came to. */
interface Rung {
  readonly past: PastAttempt;
  /** Set when the story is over, for good or for now. */
  readonly ending: Omit<Ending, 'attempts'> | null;
  /** What the next implementer should know. */
  readonly feedback: string;
}

type AttemptStep = Extract<LadderStep, { kind: 'attempt' }>;

/** Climbs the ladder until the story lands, is blocked, or has to stop for now. */
export async function climb(run: StoryRun, history: StoryHistory): Promise<Ending> {
  const attempts = [...history.attempts];
  let number = history.lastAttempt;
  let feedback: string | null = null;
  for (;;) {
    const step = nextStep(run.planned.role, attempts, run.request.limits);
    if (step.kind === 'blocked') return blocked(attempts, step.reason);
    if (step.kind === 'attempt') number += 1;
    const rung: Rung = await (step.kind === 'attempt'
      ? tryOnce(run, step, number, attempts.at(-1), feedback)
      : verifyAgain(run, step.past));
    if (step.kind === 'verify') attempts.pop();
    attempts.push(rung.past);
    if (rung.ending !== null) return { ...rung.ending, attempts: attempts.length };
    feedback = rung.feedback;
  }
}

async function tryOnce(
  story: StoryRun,
  { role, why, from }: AttemptStep,
  attempt: number,
  last: PastAttempt | undefined,
  feedback: string | null,
): Promise<Rung> {
  const goesOn = from === 'snapshot' && last !== undefined && last.snapshot !== null;
  // Work that goes on stays on its base, also in a later run; work that starts again starts from where the branch is now.
  const base = goesOn ? last.base : await story.target.head();
  await story.deps.vault.keep(base);
  const run = base === story.base ? story : await onBase(story, base);
  const snapshot = goesOn ? last.snapshot : null;
  const before = feedback ?? (last?.reason || null);
  return weigh(run, await attemptStory(run, { attempt, role, why, from: snapshot ?? run.base, before }));
}

/** An attempt that was green when `prd` was killed: nobody is paid again, the checks run again. */
async function verifyAgain(run: StoryRun, past: PastAttempt): Promise<Rung> {
  const stored = await readStored(run, past);
  await run.deps.emit({
    type: 'adopted',
    data: { what: 'attempt', story: run.planned.story.id, detail: `attempt ${past.attempt} was green` },
  });
  return judged(past, await judgeAndLand(run, stored, past.attempt));
}

/** What an attempt's end means: a landing, a stop, or a rung that failed. */
async function weigh(run: StoryRun, result: AttemptResult): Promise<Rung> {
  const { attempt, end, stored, work } = result;
  const past = pastOf(result);
  if (end.kind === 'finished' && end.green) return judged(past, await judgeAndLand(run, stored, attempt));
  const stop = stopOf(run, end);
  if (stop !== null) return { past, ending: stop, feedback: '' };
  const verdict = end.kind === 'blocked' ? 'blocked' : 'failed';
  const reason = work === null ? endDetail(end) : (work.reason ?? endDetail(end));
  const data = { story: run.planned.story.id, attempt, verdict, reason, strength: null } as const;
  await run.deps.emit({ type: 'verdict', data });
  return { past: { ...past, verdict, reason }, ending: null, feedback: work?.feedback ?? reason };
}

/** Ends that are no fault of the work: the story goes on in the next run. */
function stopOf(run: StoryRun, end: AttemptResult['end']): Rung['ending'] {
  if (end.kind === 'aborted') return stopped('interrupted');
  if (end.kind === 'limit' && end.limit === 'budget') {
    run.halt({ kind: 'limit', detail: end.detail });
    return stopped(end.detail);
  }
  // A request that the endpoint calls wrong is wrong for this conversation alone.
  if (end.kind !== 'provider' || end.failure === 'bad-request') return null;
  const problem = providerProblem(run, end);
  if (end.stopsRun) run.halt({ kind: 'problem', problem });
  else run.note(problem);
  return stopped(endDetail(end));
}

function judged(past: PastAttempt, { verdict, reason, landed, feedback }: Judged): Rung {
  const now = { ...past, verdict, reason };
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

function stopped(reason: string): NonNullable<Rung['ending']> {
  return { outcome: 'stopped', verdict: null, strength: null, reason, commit: null };
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
  };
}
