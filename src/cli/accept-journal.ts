import { systemClock } from '../host/clock.ts';
import { openJournal } from '../journal/journal-file.ts';
import type { EmitEvent } from '../run/events.ts';
import type { SandboxLevel } from '../verify/check.ts';
import type { Context } from './context.ts';
import { journalFile } from './past-runs.ts';
import type { Prepared } from './prepare-run.ts';
import { version } from './version.ts';

export interface AcceptJournal {
  readonly emit: EmitEvent;
  /** Writes how it ended. `passes` counts the stories that were accepted. */
  end(passes: number, exitCode: number): Promise<void>;
}

export interface AcceptedRun {
  readonly run: string;
  /** How many stories it is about. */
  readonly selected: number;
  readonly sandbox: SandboxLevel;
}

/** The journal of an acceptance: a run without models, so that the next run can finish a landing that was cut off. */
export async function openAcceptJournal(
  { run, selected, sandbox }: AcceptedRun,
  { open, prdPath, branch, base, prd }: Prepared,
  context: Context,
): Promise<AcceptJournal> {
  const file = journalFile(open.state.runs, run);
  const journal = await openJournal(file, systemClock, { redact: open.hiding.text });
  context.useJournal(file);
  const started = systemClock.mono();
  const emit: EmitEvent = async (event) => void (await journal.append(event));
  const about = { run, prdVersion: version, file: prdPath, branch, base };
  const limits = { attempts: 0, maxCostUsd: null, maxTokens: null, wallMs: null };
  const means = { implementer: 'a person', sandbox, scripted: false } as const;
  await emit({ type: 'run.started', data: { ...about, ...means, limits, stories: [] } });
  const end = async (passes: number, exitCode: number): Promise<void> => {
    const durationMs = Math.round(systemClock.mono() - started);
    const counts = { passes, selected, total: prd.stories.length, needsYou: [], ...nothingSpent };
    const data = { run, reason: 'done', exitCode, ...counts, durationMs, mergeBranch: null } as const;
    await emit({ type: 'run.finished', data });
    await journal.close();
  };
  return { emit, end };
}

const nothingSpent = { costUsd: 0, unpriced: 0, requests: 0 };
