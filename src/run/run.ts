import { crashPoint } from '../host/crash-point.ts';
import type { PlannedStory } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { commitPrd } from './commit-prd.ts';
import type { RunDeps, RunRequest, StoryOutcome } from './deps.ts';
import { emitEnd, emitStart } from './edges.ts';
import { type RunFacts, runExit } from './exit.ts';
import { finalRegression } from './final-regression.ts';
import { flipLanded, withLanded } from './landed-before.ts';
import { openLane } from './lane.ts';
import { openLessons } from './lessons.ts';
import { openMeanwhile } from './meanwhile.ts';
import { openPrompts } from './prompts.ts';
import { recoverLooseEnds } from './recover.ts';
import { openRefineAhead } from './refine-ahead.ts';
import { runSchedule } from './schedule.ts';
import { runStory } from './story.ts';
import type { Halt, SharedRun } from './story-run.ts';
import { openTarget, type Target } from './target.ts';

export interface RunResult {
  readonly exitCode: number;
  readonly outcomes: readonly StoryOutcome[];
}

/** One `prd run`: puts right what a killed one left, runs the plan, says how it ended. Every effect is an event first. */
export async function runPrd(planned: RunRequest, deps: RunDeps): Promise<RunResult> {
  const started = deps.mono();
  await emitStart(planned, deps);
  crashPoint('run.after-start-record');
  const landed = await recoverLooseEnds(planned.past.loose, deps);
  const request = withLanded(planned, [...landed, ...(await flipLanded(planned, landed, deps))]);
  const target = await openTarget(request, deps);
  await commitPrd(request, deps, target);
  const facts = await runPlan(request, deps, target);
  const exitCode = runExit(facts, deps.exitOf);
  const durationMs = Math.round(deps.mono() - started);
  await emitEnd(request, deps, facts, { exitCode, toMerge: target.toMerge(), total: deps.ledger.total(), durationMs });
  return { exitCode, outcomes: facts.outcomes };
}

async function runPlan(request: RunRequest, given: RunDeps, target: Target): Promise<RunFacts> {
  const meanwhile = openMeanwhile();
  const deps: RunDeps = {
    ...given,
    emit: async (event) => {
      await given.emit(event);
      meanwhile.note(event);
    },
  };
  const problems: Problem[] = [];
  let halt: Halt | null = null;
  const lane = openLane();
  const lessons = openLessons(request.past.loose.lessons, deps, target, lane.inTurn);
  const shared: SharedRun = {
    request,
    deps,
    target,
    passed: new Set(),
    startedAt: deps.now(),
    prompts: openPrompts(request, deps, target, lessons),
    lessons,
    ahead: openRefineAhead(() => shared),
    lane,
    meanwhile,
    halt: (why) => {
      halt ??= why;
    },
    note: (problem) => problems.push(problem),
  };
  const { stories } = request.plan;
  const start = await target.head();
  const outcomes = await runSchedule({
    stories,
    parallel: request.next ? 1 : request.parallel,
    runStory: (planned, turn) => runStory(planned, turn, shared),
    upcoming: request.next ? () => {} : shared.ahead.start,
    stopped: stopRule(shared, () => halt !== null),
  });
  await shared.ahead.allSettled();
  const revoked = halt === null ? await unlessStopped(deps, () => finalRegression(shared, outcomes, start)) : [];
  if (deps.stop.aborted) halt = { kind: 'interrupted' };
  else await lessons.settle();
  return { selected: stories.filter(isSelected), outcomes, halt, revoked, problems };
}

/** What an interrupt cuts off here is done by the next run. */
async function unlessStopped<T>({ stop }: RunDeps, act: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return stop.aborted ? [] : await act();
  } catch (error) {
    if (stop.aborted) return [];
    throw error;
  }
}

/** When nothing new may start. */
function stopRule({ request, deps, halt }: SharedRun, halted: () => boolean) {
  const started = deps.mono();
  const { runWallMs } = request.limits;
  return (settled: readonly StoryOutcome[]): boolean => {
    if (deps.stop.aborted || halted()) return true;
    if (request.next && settled.length > 0) return true;
    const late = runWallMs !== null && deps.mono() - started >= runWallMs;
    if (late) halt({ kind: 'limit', detail: 'the time of the run is over' });
    return late;
  };
}

function isSelected({ state }: PlannedStory): boolean {
  return state.kind !== 'not-selected' && state.kind !== 'on-hold';
}
