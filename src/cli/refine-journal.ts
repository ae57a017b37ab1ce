import { systemClock } from '../host/clock.ts';
import { openJournal } from '../journal/journal-file.ts';
import type { EventData } from '../run/events.ts';
import type { Context } from './context.ts';
import { journalFile } from './past-runs.ts';
import type { Prepared } from './prepare-run.ts';
import { type Audience, type Listeners, listenTo } from './run-listeners.ts';
import { version } from './version.ts';

type Ended = Pick<EventData<'run.finished'>, 'reason' | 'exitCode' | 'needsYou'>;

/** Who asks. Only the number of stories counts. */
export type Asker = Pick<Prepared, 'open' | 'prdPath' | 'branch' | 'base' | 'config'> & {
  readonly prd: { readonly stories: readonly unknown[] };
};

/** What of the program it needs. */
type Room = Audience & Pick<Context, 'useJournal'>;

export interface RefineJournal extends Pick<Listeners, 'emit' | 'ledger'> {
  /** Writes how it ended, and closes the journal. */
  end(how: Ended): Promise<void>;
}

/** The journal of a refine: a run that builds nothing, so that its money is booked and reported like any other. */
export async function openRefineJournal(run: string, prepared: Asker, context: Room): Promise<RefineJournal> {
  const { open, prdPath, branch, base, prd, config } = prepared;
  const file = journalFile(open.state.runs, run);
  const journal = await openJournal(file, systemClock, { redact: open.hiding.text });
  context.useJournal(file);
  // One document goes to stdout at the end; what happens meanwhile is told on stderr, unless JSON was asked for.
  const listeners = await listenTo(journal, { json: false, asks: false }, context);
  const started = systemClock.mono();
  const { runCostUsd: maxCostUsd, runTokens: maxTokens } = config.limits;
  const limits = { attempts: 0, maxCostUsd, maxTokens, wallMs: null };
  const about = { run, prdVersion: version, file: prdPath, branch, base };
  const means = { implementer: 'builtin', sandbox: 'guard', scripted: false } as const;
  await listeners.emit({ type: 'run.started', data: { ...about, ...means, limits, stories: [] } });
  const end = async (how: Ended): Promise<void> => {
    const durationMs = Math.round(systemClock.mono() - started);
    const counts = { passes: 0, selected: 0, total: prd.stories.length, ...listeners.ledger.total() };
    await listeners.emit({ type: 'run.finished', data: { run, ...how, ...counts, durationMs, mergeBranch: null } });
    await listeners.close();
  };
  return { emit: listeners.emit, ledger: listeners.ledger, end };
}
