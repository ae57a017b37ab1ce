import type { EventData, JournalRecord } from '../run/events.ts';
import { type Bill, billOf, type PriceList } from './bill.ts';
import { sayRevoked } from './check-words.ts';

/** How a run ended, story by story: what `prd run` prints at its end, and `prd report` later. */
export interface RunSummary {
  readonly run: string | null;
  /** ISO 8601 UTC; null for an empty journal. */
  readonly startedAt: string | null;
  readonly file: string | null;
  readonly branch: string | null;
  readonly base: string | null;
  readonly scripted: boolean;
  readonly stories: readonly EventData<'story.finished'>[];
  /** Null when the run never got to say: `prd` was killed. */
  readonly end: EventData<'run.finished'> | null;
  /** Of the stories of this run. */
  readonly passes: number;
  readonly selected: number;
  readonly durationMs: number;
  readonly bill: Bill;
}

/** The summary of a run from its records, live or read from a journal. */
export function runSummary(records: readonly JournalRecord[], prices: PriceList): RunSummary {
  const first = records.find((record) => record.type === 'run.started');
  const started = first?.data ?? null;
  const end = records.find((record) => record.type === 'run.finished')?.data ?? null;
  const stories = lastWordOfEachStory(records);
  return {
    run: started?.run ?? null,
    startedAt: first?.ts ?? null,
    file: started?.file ?? null,
    branch: started?.branch ?? null,
    base: started?.base ?? null,
    scripted: started?.scripted ?? false,
    stories,
    end,
    passes: end?.passes ?? stories.filter(({ outcome }) => outcome === 'passes').length,
    selected: end?.selected ?? started?.stories.filter(({ wave }) => wave > 0).length ?? 0,
    durationMs: end?.durationMs ?? records.at(-1)?.mono ?? 0,
    bill: billOf(records, prices),
  };
}

function lastWordOfEachStory(records: readonly JournalRecord[]): readonly EventData<'story.finished'>[] {
  const stories = new Map<string, EventData<'story.finished'>>();
  for (const { type, data } of records) {
    if (type === 'story.finished') stories.set(data.story, data);
    if (type === 'pass.revoked') stories.set(data.story, revoked(data, stories.get(data.story)));
  }
  return [...stories.values()];
}

/** A story whose pass did not last, whether this run had built it or an earlier one. */
function revoked(
  data: EventData<'pass.revoked'>,
  before: EventData<'story.finished'> | undefined,
): EventData<'story.finished'> {
  const { key = '', attempts = 0, costUsd = null } = before ?? {};
  const reason = sayRevoked(data);
  const { story, commit } = data;
  return { story, outcome: 'blocked', verdict: 'failed', strength: null, reason, key, attempts, commit, costUsd };
}
