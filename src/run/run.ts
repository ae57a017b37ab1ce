import { crashPoint } from '../host/crash-point.ts';
import { inTurn } from '../host/in-turn.ts';
import type { PlannedStory } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { sharedPrompt } from '../spec/shared.ts';
import { commitPrd } from './commit-prd.ts';
import type { RunDeps, RunRequest, StoryOutcome } from './deps.ts';
import { emitEnd, emitStart } from './edges.ts';
import { type RunFacts, runExit } from './exit.ts';
import { withLanded } from './landed-before.ts';
import { recoverLooseEnds } from './recover.ts';
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
  const request = withLanded(planned, await recoverLooseEnds(planned.past.loose, deps));
  const target = await openTarget(request, deps);
  await commitPrd(request, deps, target);
  const facts = await runPlan(request, deps, target);
  const exitCode = runExit(facts, deps.exitOf);
  const durationMs = Math.round(deps.mono() - started);
  await emitEnd(request, deps, facts, { exitCode, toMerge: target.toMerge(), total: deps.ledger.total(), durationMs });
  return { exitCode, outcomes: facts.outcomes };
}

async function runPlan(request: RunRequest, deps: RunDeps, target: Target): Promise<RunFacts> {
  const problems: Problem[] = [];
  let halt: Halt | null = null;
  const shared: SharedRun = {
    request,
    deps,
    target,
    passed: new Set(),
    startedAt: deps.now(),
    shared: await sharedPrompt(deps.vault, await target.head(), request.prd, request.coaching),
    inTurn: inTurn(),
    halt: (why) => {
      halt ??= why;
    },
    note: (problem) => problems.push(problem),
  };
  const { stories } = request.plan;
  const outcomes = await runSchedule({
    stories,
    parallel: request.next ? 1 : request.parallel,
    runStory: (planned) => runStory(planned, shared),
    stopped: stopRule(shared, () => halt !== null),
  });
  if (deps.stop.aborted) halt = { kind: 'interrupted' };
  return { selected: stories.filter(isSelected), outcomes, halt, problems };
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
