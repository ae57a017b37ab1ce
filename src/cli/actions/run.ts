import { randomBytes } from 'node:crypto';
import type { Override } from '../../config/config.ts';
import { systemClock } from '../../host/clock.ts';
import { crashPoint } from '../../host/crash-point.ts';
import { openJournal } from '../../journal/journal-file.ts';
import { acquireLock } from '../../journal/lock.ts';
import type { Problem } from '../../problem.ts';
import { planText } from '../../report/plan-text.ts';
import { type RunSummary, runSummary } from '../../report/summary.ts';
import { renderSummary } from '../../report/summary-text.ts';
import type { JournalRecord } from '../../run/events.ts';
import { runPrd } from '../../run/run.ts';
import { asksOf } from '../asks.ts';
import { hasClaude } from '../claude.ts';
import type { RunOptions } from '../commands/run.ts';
import { canAsk } from '../confirm.ts';
import { type Consent, requireConsent } from '../consent.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { notifyEnd } from '../notify.ts';
import { modelProblems } from '../open-models.ts';
import { setupFor } from '../open-setup.ts';
import { journalFile, newRunId } from '../past-runs.ts';
import { planFacts } from '../plan-facts.ts';
import { type Prepared, prepareRun } from '../prepare-run.ts';
import { runDeps } from '../run-deps.ts';
import { listenTo } from '../run-listeners.ts';
import { runRequest } from '../run-request.ts';
import { refuse } from '../show-failure.ts';
import { watchSignals } from '../signals.ts';
import { smallBudgets } from '../small-budget.ts';

/** The main job. Problems of the plan stop it before it spends anything; `--dry-run` ends after the plan. */
export async function runRun(options: RunOptions, context: Context): Promise<ExitCode> {
  const run = newRunId(systemClock.now(), randomBytes(3).toString('hex'));
  const { ids, file = null, branch = null } = options;
  const prepare = (by: Context) => prepareRun({ ids, file, branch, override: overrideOf(options), run }, by);
  const preparation = await prepare(context);
  if (preparation.kind === 'refused') return refuse(preparation.problems, context);
  const { prepared } = preparation;
  const { problems } = prepared.planned;
  if (options.dryRun === true) return dryRun(prepared, options, context);
  const stopping = [...problems, ...(await missing(prepared, context)), ...unaskable(options, context)];
  if (stopping.length > 0) return refuse(stopping, context);
  const ended = await underLock(prepared, async () => {
    // Another run may have landed something since: what counts is what is there once the lock is ours.
    const now = await prepare(withoutWords(context));
    if (now.kind === 'refused') return { exit: refuse(now.problems, context), summary: null };
    const consent = await askConsent(now.prepared, options, context);
    return work(run, now.prepared, options, consent, context);
  });
  const { exit, summary } = ended;
  const { config, open } = prepared;
  // Outside of the lock, so that the command may look at the repository with `prd`.
  if (summary !== null) await notifyEnd({ exit, summary }, { ...config, root: open.repository.root }, context);
  return exit;
}

interface Ended {
  readonly exit: ExitCode;
  /** Null where nobody needs to be told: nothing ran, or a signal ended it and whoever sent it knows. */
  readonly summary: RunSummary | null;
}

/** For what has been said already. The rest of the context is read when asked for, so it cannot be copied. */
function withoutWords(context: Context): Context {
  return Object.create(context, { stderr: { value: { ...context.stderr, write: () => {} } } });
}

function overrideOf(options: RunOptions): Override {
  const { maxCost, maxTokens, maxStoryCost, maxStoryTokens, maxTime, verifyJobs, implementer, notify } = options;
  const limits = {
    ...(maxCost === undefined ? {} : { runCostUsd: maxCost }),
    ...(maxTokens === undefined ? {} : { runTokens: maxTokens }),
    ...(maxStoryCost === undefined ? {} : { storyCostUsd: maxStoryCost }),
    ...(maxStoryTokens === undefined ? {} : { storyTokens: maxStoryTokens }),
    ...(maxTime === undefined ? {} : { runWallMs: maxTime }),
    ...(verifyJobs === undefined ? {} : { verifyJobs }),
  };
  return { limits, implementer, notify };
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
  const problems = modelProblems(planned.plan, roster, config, env, await hasClaude(env));
  return problems.length > 0 ? problems : smallBudgets(planned.plan, roster, config);
}

function unaskable({ confirm }: RunOptions, context: Context): readonly Problem[] {
  if (confirm !== true || canAsk(context)) return [];
  return [{ code: 'approval-needed', what: ['each landing'], command: 'prd run' }];
}

async function underLock({ open }: Prepared, act: () => Promise<Ended>): Promise<Ended> {
  crashPoint('run.before-lock');
  const lock = await acquireLock(open.state.lock, systemClock);
  crashPoint('run.after-lock');
  return act().finally(() => lock.release());
}

/** The repository of the demo is our own. */
async function askConsent(prepared: Prepared, { scripted }: RunOptions, context: Context): Promise<Consent> {
  if (scripted === true) return { addedChecks: true };
  const { open, document, config, base } = prepared;
  const setup = await setupFor(open, config, context.env).steps(base);
  const asks = asksOf(document, setup);
  const { level } = await open.sandbox();
  return requireConsent({ asks, level, command: 'prd run --trust' }, open, context);
}

async function work(
  run: string,
  prepared: Prepared,
  options: RunOptions,
  consent: Consent,
  context: Context,
): Promise<Ended> {
  const { open, roster } = prepared;
  const { level: sandbox } = await open.sandbox();
  const signals = watchSignals(context, () => open.commands.endAll());
  try {
    const file = journalFile(open.state.runs, run);
    const journal = await openJournal(file, systemClock, { redact: open.hiding.text });
    context.useJournal(file);
    const confirm = options.confirm === true;
    const listeners = await listenTo(journal, { json: options.json === true, asks: confirm }, context);
    const { emit, ledger } = listeners;
    const deps = runDeps(prepared, { emit, ledger, stop: signals.stop, confirm, sandbox }, context);
    if (options.json !== true && context.flags.quiet !== true) {
      context.stderr.write(planText(await planFacts(prepared, options, context), context.stderr));
    }
    const result = await runPrd(runRequest(run, prepared, options, consent), deps).finally(() => listeners.close());
    const summary = runSummary(listeners.records, roster);
    if (options.json !== true) {
      context.stdout.write(renderSummary(summary, context.stdout));
      tellProblems(listeners.records, context);
    }
    const stopped = signals.exit();
    return { exit: stopped ?? (result.exitCode as ExitCode), summary: stopped === null ? summary : null };
  } finally {
    signals.close();
    await open.close();
  }
}

/** What stopped stories, each once and with its next step: the last word, also where nothing was told on the way. */
function tellProblems(records: readonly JournalRecord[], context: Context): void {
  const problems = records.flatMap((record) => (record.type === 'problem' ? [record.data.problem as Problem] : []));
  const each = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  if (each.size > 0) refuse([...each.values()], context);
}
