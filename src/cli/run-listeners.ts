import type { Journal } from '../journal/journal.ts';
import { jsonReporter } from '../report/json.ts';
import type { Reporter } from '../report/reporter.ts';
import type { EmitEvent, JournalRecord } from '../run/events.ts';
import { type Ledger, openLedger } from '../run/ledger.ts';
import type { Context } from './context.ts';
import { openViewer } from './open-viewer.ts';

/** Everybody who hears what a run says: the journal first, then people. */
export interface Listeners {
  readonly emit: EmitEvent;
  readonly records: readonly JournalRecord[];
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** Where people listen. */
export type Audience = Pick<Context, 'stdout' | 'stderr' | 'env' | 'flags'>;

/** How often the terminal learns that time has passed. */
const tickMs = 100;

export interface Manner {
  /** One record per line on stdout instead of words on stderr. */
  readonly json: boolean;
  /** Questions are asked in between: nothing may be drawn over them. */
  readonly asks: boolean;
}

/** Opens the reporters that fit the streams. An event is told to people once the journal has it. */
export async function listenTo(journal: Journal, manner: Manner, context: Audience): Promise<Listeners> {
  const records: JournalRecord[] = [];
  const ledger = openLedger();
  const reporters = await openReporters(manner, context);
  const started = performance.now();
  const timer = setInterval(() => {
    for (const reporter of reporters) reporter.tick(performance.now() - started);
  }, tickMs);
  const emit: EmitEvent = async (event) => {
    const record = await journal.append(event);
    records.push(record);
    ledger.note(event);
    for (const reporter of reporters) reporter.record(record);
  };
  const close = async (): Promise<void> => {
    clearInterval(timer);
    for (const reporter of reporters) reporter.close();
    await journal.close();
  };
  return { emit, records, ledger, close };
}

async function openReporters({ json, asks }: Manner, context: Audience): Promise<readonly Reporter[]> {
  if (json) return [jsonReporter(context.stdout)];
  return context.flags.quiet === true ? [] : [await openViewer(context.stderr, context.env, asks)];
}
