import { randomBytes } from 'node:crypto';
import { systemClock } from '../../host/clock.ts';
import { acquireLock } from '../../journal/lock.ts';
import type { PlannedStory } from '../../plan/plan.ts';
import { PrdError, type Problem } from '../../problem.ts';
import { tick } from '../../report/text.ts';
import type { RunDeps } from '../../run/deps.ts';
import { endDetail } from '../../run/end-detail.ts';
import type { EventData } from '../../run/events.ts';
import { promptAt } from '../../run/prompts.ts';
import { providerProblem } from '../../run/provider-problem.ts';
import { hasClaude } from '../claude.ts';
import type { RefineOptions } from '../commands/refine.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { modelProblems } from '../open-models.ts';
import { newRunId } from '../past-runs.ts';
import { type Prepared, prepareRun } from '../prepare-run.ts';
import { readinessOf } from '../readiness.ts';
import { type Asked, askToRefine, type Refined } from '../refine-asking.ts';
import { openRefineJournal, type RefineJournal } from '../refine-journal.ts';
import { type RefineReport, refineDocument, refineText } from '../refine-text.ts';
import { writeRefined } from '../refine-write.ts';
import { runDeps } from '../run-deps.ts';
import { problemEntries, refuse } from '../show-failure.ts';
import { watchSignals } from '../signals.ts';
import { smallBudgets } from '../small-budget.ts';

/** Asks the orchestrator to make stories ready. Exit 1 when one could not be made so. */
export async function runRefine(options: RefineOptions, context: Context): Promise<ExitCode> {
  const run = newRunId(systemClock.now(), randomBytes(3).toString('hex'));
  const preparation = await prepareRun({ ...prepareOptions(options), run }, context);
  if (preparation.kind === 'refused') return refuse(preparation.problems, context);
  const { prepared } = preparation;
  if (prepared.planned.problems.length > 0) return refuse(prepared.planned.problems, context);
  const chosen = chooseStories(prepared, options.ids);
  const problems = chosen.length === 0 ? [] : await missing(prepared, chosen, context);
  if (problems.length > 0) return refuse(problems, context);
  const lock = await acquireLock(prepared.open.state.lock, systemClock);
  try {
    return await work({ run, prepared, chosen, options }, context);
  } finally {
    await lock.release();
  }
}

interface Order {
  readonly run: string;
  readonly prepared: Prepared;
  readonly chosen: readonly PlannedStory[];
  readonly options: RefineOptions;
}

function prepareOptions({ ids, file, maxCost, maxTokens }: RefineOptions) {
  const limits = {
    ...(maxCost === undefined ? {} : { runCostUsd: maxCost }),
    ...(maxTokens === undefined ? {} : { runTokens: maxTokens }),
  };
  // Questions are asked through our own models, whoever builds.
  return { ids, file: file ?? null, branch: null, override: { limits, implementer: 'builtin' as const } };
}

/** The named stories, else the delegated ones that a run would refine. A pass stands on the text as it is. */
function chooseStories(prepared: Prepared, ids: readonly string[]): readonly PlannedStory[] {
  const { stories } = prepared.planned.plan;
  const readiness = readinessOf(prepared);
  const named = stories.filter(({ story }) => ids.includes(story.id));
  const passing = named.find(({ state }) => state.kind === 'passes');
  if (passing !== undefined) {
    const what = `${tick(passing.story.id)} passes already, and its evidence stands on its text`;
    throw new PrdError({ code: 'usage', what, command: 'refine', hint: 'prd status' });
  }
  if (ids.length > 0) return named;
  return stories.filter(({ story, role, state }) => {
    const isOpen = state.kind !== 'passes' && state.kind !== 'on-hold';
    return isOpen && role === 'delegate' && readiness.of(story).verdict !== 'delegate';
  });
}

/** Key and price of the orchestrator, the only model that is asked. */
async function missing(
  { roster, config }: Prepared,
  chosen: readonly PlannedStory[],
  { env }: Context,
): Promise<readonly Problem[]> {
  const asked = { role: 'orchestrator', model: roster.roles.orchestrator, state: { kind: 'ready' } } as const;
  const plan = { stories: chosen.map((planned) => ({ ...planned, ...asked })) };
  const problems = modelProblems(plan, roster, config, env, await hasClaude(env));
  return problems.length > 0 ? problems : smallBudgets(plan, roster, config);
}

async function work(order: Order, context: Context): Promise<ExitCode> {
  const { run, prepared, chosen, options } = order;
  const signals = watchSignals(context, () => prepared.open.commands.endAll());
  const journal = await openRefineJournal(run, prepared, context);
  try {
    const { emit, ledger } = journal;
    // Only asks: nothing of the repository runs.
    const means = { emit, ledger, stop: signals.stop, confirm: false, sandbox: 'none' } as const;
    const deps = runDeps(prepared, means, context);
    const { orchestrator } = await promptAt(prepared.base, prepared.prd, deps);
    if (orchestrator === null) throw new Error('questions are asked through our own models');
    const stories = chosen.map(({ story }) => story);
    const asked = await askToRefine(stories, { prepared, orchestrator, texts: deps.texts, emit });
    const written = options.write === true ? await writeRefined(asked.stories, prepared, deps.texts) : [];
    const problem = await stopOf(asked, deps, journal);
    const exit = signals.exit() ?? exitOf(asked, problem);
    const needsYou = asked.stories.filter(isUnready).map(({ story }) => story.id);
    await journal.end({ reason: reasonOf(asked), exitCode: exit, needsYou });
    const report = { run, file: prepared.found.shown, ...asked, written, total: ledger.total() };
    tell(report, problem, options, context);
    return exit;
  } finally {
    signals.close();
  }
}

/** Says why not every story was asked for; the problem behind it, where there is one. */
async function stopOf({ end }: Asked, deps: RunDeps, { emit }: RefineJournal): Promise<Problem | null> {
  if (end === null || end.kind === 'aborted') return null;
  if (end.kind !== 'provider') {
    await emit({ type: 'warning', data: { code: 'stopped', message: endDetail(end), story: null } });
    return null;
  }
  const problem = providerProblem({ planned: { model: deps.roles.orchestrator }, deps }, end);
  await emit({ type: 'problem', data: { problem, story: null } });
  return problem;
}

function tell(report: RefineReport, problem: Problem | null, { json }: RefineOptions, context: Context): void {
  if (json === true) {
    const problems = problemEntries(problem === null ? [] : [problem]);
    context.stdout.write(`${JSON.stringify({ ...refineDocument(report), problems }, null, 2)}\n`);
    return;
  }
  context.stdout.write(refineText(report, context.stdout));
  const hint = problem && failureOf(problem).hint;
  if (hint !== null) context.stderr.write(`${context.stderr.paint.accent('hint:')} ${hint}\n`);
}

function exitOf({ stories, end }: Asked, problem: Problem | null): ExitCode {
  if (problem !== null) return failureOf(problem).exit;
  if (end !== null) return 3;
  return stories.some(isUnready) ? 1 : 0;
}

function reasonOf({ end, stories }: Asked): EventData<'run.finished'>['reason'] {
  if (end === null) return stories.length === 0 ? 'nothing-to-do' : 'done';
  if (end.kind === 'aborted') return 'interrupted';
  return end.kind === 'provider' ? 'problem' : 'limit';
}

function isUnready(made: Refined): boolean {
  return made.kind === 'unrefined' || made.open.length > 0;
}
