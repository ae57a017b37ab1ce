import { randomBytes } from 'node:crypto';
import type { Override } from '../../config/config.ts';
import { systemClock } from '../../host/clock.ts';
import { crashPoint } from '../../host/crash-point.ts';
import { openJournal } from '../../journal/journal-file.ts';
import { acquireLock } from '../../journal/lock.ts';
import { costOf } from '../../models/cost.ts';
import type { Problem } from '../../problem.ts';
import { planText } from '../../report/plan-text.ts';
import { runSummary } from '../../report/summary.ts';
import { renderSummary } from '../../report/summary-text.ts';
import { runPrd } from '../../run/run.ts';
import { hasClaude } from '../claude.ts';
import type { RunOptions } from '../commands/run.ts';
import { canAsk } from '../confirm.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { modelProblems } from '../open-models.ts';
import { journalFile, newRunId } from '../past-runs.ts';
import { planFacts } from '../plan-facts.ts';
import { type Prepared, prepareRun } from '../prepare-run.ts';
import { runDeps } from '../run-deps.ts';
import { listenTo } from '../run-listeners.ts';
import { runRequest } from '../run-request.ts';
import { refuse } from '../show-failure.ts';
import { watchSignals } from '../signals.ts';

/** The main job. Problems of the plan stop it before it spends anything; `--dry-run` ends after the plan. */
export async function runRun(options: RunOptions, context: Context): Promise<ExitCode> {
  const run = newRunId(systemClock.now(), randomBytes(3).toString('hex'));
  const { ids, file = null, branch = null } = options;
  const preparation = await prepareRun({ ids, file, branch, override: overrideOf(options), run }, context);
  if (preparation.kind === 'refused') return refuse(preparation.problems, context);
  const { prepared } = preparation;
  const { problems } = prepared.planned;
  if (options.dryRun === true) return dryRun(prepared, options, context);
  const stopping = [...problems, ...(await missing(prepared, context)), ...unaskable(options, context)];
  if (stopping.length > 0) return refuse(stopping, context);
  return work(run, prepared, options, context);
}

function overrideOf(options: RunOptions): Override {
  const { maxCost, maxTokens, maxStoryCost, maxStoryTokens, maxTime, implementer } = options;
  const limits = {
    ...(maxCost === undefined ? {} : { runCostUsd: maxCost }),
    ...(maxTokens === undefined ? {} : { runTokens: maxTokens }),
    ...(maxStoryCost === undefined ? {} : { storyCostUsd: maxStoryCost }),
    ...(maxStoryTokens === undefined ? {} : { storyTokens: maxStoryTokens }),
    ...(maxTime === undefined ? {} : { runWallMs: maxTime }),
  };
  return { limits, implementer };
}

async function dryRun(prepared: Prepared, options: RunOptions, context: Context): Promise<ExitCode> {
  const facts = await planFacts(prepared, options, context);
  context.stdout.write(planText(facts, context.stdout));
  const { problems } = prepared.planned;
  return problems.length > 0 ? refuse(problems, context) : 0;
}

/** Keys and prices; an external agent brings its own. */
async function missing({ planned, roster, config }: Prepared, { env }: Context): Promise<readonly Problem[]> {
  if (config.implementer !== 'builtin') return [];
  return modelProblems(planned.plan, roster, config, env, await hasClaude(env));
}

function unaskable({ confirm }: RunOptions, context: Context): readonly Problem[] {
  if (confirm !== true || canAsk(context)) return [];
  return [{ code: 'approval-needed', what: ['each landing'], command: 'prd run' }];
}

async function work(run: string, prepared: Prepared, options: RunOptions, context: Context): Promise<ExitCode> {
  const { open, roster } = prepared;
  const lock = await acquireLock(open.state.lock, systemClock);
  crashPoint('run.after-lock');
  const signals = watchSignals(context, () => open.commands.endAll());
  try {
    const file = journalFile(open.state.runs, run);
    const journal = await openJournal(file, systemClock, { redact: open.hiding.text });
    context.useJournal(file);
    const listeners = await listenTo(journal, options.json === true, context);
    const confirm = options.confirm === true;
    const { emit, ledger } = listeners;
    const deps = runDeps(prepared, { emit, ledger, stop: signals.stop, confirm }, context);
    if (options.json !== true && context.flags.quiet !== true) {
      context.stderr.write(planText(await planFacts(prepared, options, context), context.stderr));
    }
    const result = await runPrd(runRequest(run, prepared, options), deps).finally(() => listeners.close());
    const alone = roster.entry(roster.roles.orchestrator);
    const summary = runSummary(listeners.records, (usage) => (alone === null ? null : costOf(alone, usage)));
    if (options.json !== true) context.stdout.write(renderSummary(summary, context.stdout));
    return signals.exit() ?? (result.exitCode as ExitCode);
  } finally {
    signals.close();
    await open.commands.endAll();
    await lock.release();
  }
}
