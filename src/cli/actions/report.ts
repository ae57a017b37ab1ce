import { openCommands } from '../../host/command.ts';
import { readJournal } from '../../journal/journal-file.ts';
import { rosterOf } from '../../models/catalog.ts';
import { PrdError } from '../../problem.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { type RunSummary, runSummary } from '../../report/summary.ts';
import { summaryDocument } from '../../report/summary-json.ts';
import { renderSummary } from '../../report/summary-text.ts';
import { tick } from '../../report/text.ts';
import type { JournalRecord } from '../../run/events.ts';
import { openGit } from '../../workspace/git.ts';
import { findRepository } from '../../workspace/repository.ts';
import type { ReportOptions } from '../commands/report.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openConfig } from '../open-config.ts';
import { stateOf } from '../open-repository.ts';
import { journalFiles, runOf } from '../past-runs.ts';

/** Prints a run as its journal tells it. What the orchestrator alone would have cost is counted at today's prices. */
export async function runReport({ run, format }: ReportOptions, context: Context): Promise<ExitCode> {
  const repository = await findRepository(await openGit(openCommands(), context.env), context.cwd);
  const config = await openConfig(context, repository.root);
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl: config.baseUrl ?? undefined });
  const journals = await journalFiles(stateOf(repository, context).runs);
  const records = await (run === undefined ? latestRun(journals) : namedRun(run, journals));
  const summary = runSummary(records, roster);
  context.stdout.write(rendered(summary, format, context));
  return 0;
}

function rendered(summary: RunSummary, format: ReportOptions['format'], { stdout }: Context): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(summaryDocument(summary), null, 2)}\n`;
    case 'markdown':
      return renderMarkdown(summary);
    case 'text':
      return renderSummary(summary, stdout);
    default:
      return format satisfies never;
  }
}

/** The latest that asked a model or meant to: an acceptance keeps a journal too, and has no bill. */
async function latestRun(journals: readonly string[]): Promise<readonly JournalRecord[]> {
  for (const file of journals.toReversed()) {
    const records = await recordsOf(file);
    const started = records.find((record) => record.type === 'run.started');
    if (started !== undefined && started.data.implementer !== 'a person') return records;
  }
  throw usage('nothing has been run in this repository yet', 'prd run --dry-run');
}

async function namedRun(id: string, journals: readonly string[]): Promise<readonly JournalRecord[]> {
  const [found, another] = journals.filter((file) => runOf(file).startsWith(id));
  const latest = journals.at(-1);
  const hint = latest === undefined ? 'prd run --dry-run' : `prd report ${runOf(latest)}`;
  if (found === undefined) throw usage(`no journal is kept of a run ${tick(id)}`, hint);
  if (another !== undefined) throw usage(`more than one run begins with ${tick(id)}`, `prd report ${runOf(found)}`);
  return recordsOf(found);
}

async function recordsOf(file: string): Promise<readonly JournalRecord[]> {
  const read = await readJournal(file);
  if (read.kind === 'damaged') throw new PrdError(read.problem);
  return read.records;
}

function usage(what: string, hint: string): PrdError {
  return new PrdError({ code: 'usage', what, command: 'report', hint });
}
