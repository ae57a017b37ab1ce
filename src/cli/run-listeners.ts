import type { Journal } from '../journal/journal.ts';
import type { Problem } from '../problem.ts';
import { jsonReporter } from '../report/json.ts';
import { plainReporter } from '../report/plain.ts';
import type { Reporter } from '../report/reporter.ts';
import type { EmitEvent, JournalRecord } from '../run/events.ts';
import { type Ledger, openLedger } from '../run/ledger.ts';
import type { Context } from './context.ts';
import { failureOf } from './failure.ts';
import { animates } from './terminal.ts';

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

/** Opens the reporters that fit the streams. An event is told to people once the journal has it. */
export async function listenTo(journal: Journal, json: boolean, context: Audience): Promise<Listeners> {
  const records: JournalRecord[] = [];
  const ledger = openLedger();
  const reporters = await openReporters(json, context);
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

async function openReporters(json: boolean, context: Audience): Promise<readonly Reporter[]> {
  const { stdout, stderr, env, flags } = context;
  if (json) return [jsonReporter(stdout)];
  if (flags.quiet === true) return [];
  const say = (problem: { readonly code: string }): string => failureOf(problem as Problem).message;
  if (!animates(false, env, stderr)) return [plainReporter(stderr, say)];
  // ora is loaded only where it can draw.
  const { ttyReporter } = await import('../report/tty.ts');
  return [ttyReporter(stderr, say)];
}
