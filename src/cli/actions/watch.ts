import { systemClock } from '../../host/clock.ts';
import { openCommands } from '../../host/command.ts';
import { followJournal } from '../../journal/follow-journal.ts';
import { lockReader } from '../../journal/lock-reader.ts';
import { rosterOf } from '../../models/catalog.ts';
import { jsonReporter } from '../../report/json.ts';
import type { Reporter } from '../../report/reporter.ts';
import { runSummary } from '../../report/summary.ts';
import { renderSummary } from '../../report/summary-text.ts';
import type { JournalRecord } from '../../run/events.ts';
import { openGit } from '../../workspace/git.ts';
import { findRepository } from '../../workspace/repository.ts';
import type { UserRepository } from '../../workspace/workspace.ts';
import type { StatusOptions } from '../commands/status.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openConfig } from '../open-config.ts';
import { stateOf } from '../open-repository.ts';
import { openViewer } from '../open-viewer.ts';
import { runOf } from '../past-runs.ts';
import { type Running, runningJournal } from '../running-journal.ts';
import { refuse } from '../show-failure.ts';
import { runStatus } from './status.ts';

const tickMs = 100;

/**
 * Shows the run that goes on in this repository, from its journal, until it ends; its exit code is that of the watch. The
 * run never notices. Where nothing runs, says so and shows the status.
 */
export async function runWatch(options: StatusOptions, context: Context): Promise<ExitCode> {
  const left = new AbortController();
  const off = context.onSignal('SIGINT', () => left.abort());
  try {
    const repository = await findRepository(await openGit(openCommands(), context.env), context.cwd);
    const state = stateOf(repository, context);
    const wait = {
      signal: left.signal,
      onWait: ({ pid }: { pid: number }) => note(`process ${pid} gets ready`, context),
    };
    const running = await runningJournal(state.runs, lockReader(state.lock, systemClock), wait);
    if (running !== null) return await watch(running, state.lock, repository, left, context);
    return left.signal.aborted ? 130 : await nothingRuns(options, context);
  } finally {
    off();
  }
}

/** As JSON, no event is no line. */
async function nothingRuns(options: StatusOptions, context: Context): Promise<ExitCode> {
  if (context.json) return 0;
  note('nothing runs here now; `prd run` starts', context);
  return runStatus(options, context);
}

async function watch(
  { file, holder }: Running,
  lock: string,
  repository: UserRepository,
  left: AbortController,
  context: Context,
): Promise<ExitCode> {
  const records: JournalRecord[] = [];
  const holderNow = lockReader(lock, systemClock);
  const isWritten = async (): Promise<boolean> => (await holderNow())?.token === holder.token;
  const reporters = await openReporters(context);
  const onRecord = (record: JournalRecord): void => {
    records.push(record);
    for (const reporter of reporters) reporter.record(record);
  };
  const timer = setInterval(() => {
    if (context.stdout.closed === true) left.abort();
    for (const reporter of reporters) reporter.tick(runClock(records.at(-1)));
  }, tickMs);
  const close = (): void => {
    clearInterval(timer);
    for (const reporter of reporters) reporter.close();
  };
  const problem = await followJournal(file, onRecord, { signal: left.signal, isWritten }).finally(close);
  if (problem !== null) return refuse([problem], context);
  return ending(records, runOf(file), repository, left.signal, context);
}

async function openReporters(context: Context): Promise<readonly Reporter[]> {
  if (context.json) return [jsonReporter(context.stdout)];
  return context.flags.quiet === true ? [] : [await openViewer(context.stdout, context.env, false)];
}

/** The run's own clock, as far as the wall clock tells: for display. */
function runClock(last: JournalRecord | undefined): number {
  if (last === undefined) return 0;
  return last.mono + Math.max(0, systemClock.now().getTime() - Date.parse(last.ts));
}

async function ending(
  records: readonly JournalRecord[],
  run: string,
  repository: UserRepository,
  signal: AbortSignal,
  context: Context,
): Promise<ExitCode> {
  if (context.stdout.closed === true) return 0;
  const last = records.at(-1);
  if (last?.type !== 'run.finished' && signal.aborted) {
    note('left; the run goes on', context);
    return 130;
  }
  if (!context.json) await summarize(records, repository, context);
  return last?.type === 'run.finished'
    ? (last.data.exitCode as ExitCode)
    : refuse([{ code: 'run-broke-off', run }], context);
}

async function summarize(records: readonly JournalRecord[], { root }: UserRepository, context: Context): Promise<void> {
  const { roles, models, baseUrl } = await openConfig(context, root);
  const roster = rosterOf({ roles, models, baseUrl: baseUrl ?? undefined });
  context.stdout.write(renderSummary(runSummary(records, roster), context.stdout));
}

function note(words: string, context: Context): void {
  if (!context.json && context.flags.quiet !== true) context.stderr.write(`${words}\n`);
}
