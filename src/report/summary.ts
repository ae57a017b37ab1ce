import type { EventData, JournalRecord } from '../run/events.ts';
import { type Bill, billOf, type Reprice } from './bill.ts';

/** How a run ended, story by story: what `prd run` prints at its end. */
export interface RunSummary {
  readonly run: string | null;
  readonly branch: string | null;
  readonly scripted: boolean;
  readonly stories: readonly EventData<'story.finished'>[];
  /** Null when the run never got to say: `prd` was killed. */
  readonly end: EventData<'run.finished'> | null;
  /** Of the stories of this run. */
  readonly passes: number;
  readonly selected: number;
  readonly durationMs: number;
  readonly bill: Bill;
  readonly split: Split;
}

/** Whether delegating pays: told after five delegated stories when it does not. */
export interface Split {
  readonly delegated: number;
  readonly escalated: number;
  readonly loses: boolean;
}

const enoughStories = 5;

/** The summary of a run from its records, live or read from a journal. `reprice` knows the orchestrator's prices. */
export function runSummary(records: readonly JournalRecord[], reprice?: Reprice): RunSummary {
  const started = records.find((record) => record.type === 'run.started')?.data ?? null;
  const end = records.find((record) => record.type === 'run.finished')?.data ?? null;
  const stories = lastWordOfEachStory(records);
  const bill = billOf(records, reprice);
  return {
    run: started?.run ?? null,
    branch: started?.branch ?? null,
    scripted: started?.scripted ?? false,
    stories,
    end,
    passes: end?.passes ?? stories.filter(({ outcome }) => outcome === 'passes').length,
    selected: end?.selected ?? started?.stories.filter(({ wave }) => wave > 0).length ?? 0,
    durationMs: end?.durationMs ?? records.at(-1)?.mono ?? 0,
    bill,
    split: splitOf(records, bill),
  };
}

function lastWordOfEachStory(records: readonly JournalRecord[]): readonly EventData<'story.finished'>[] {
  const stories = new Map<string, EventData<'story.finished'>>();
  for (const { type, data } of records) if (type === 'story.finished') stories.set(data.story, data);
  return [...stories.values()];
}

function splitOf(records: readonly JournalRecord[], bill: Bill): Split {
  const delegated = new Set<string>();
  const escalated = new Set<string>();
  for (const { type, data } of records) {
    if (type === 'story.started' && data.role === 'delegate') delegated.add(data.story);
    if (type === 'attempt.started' && data.role === 'orchestrator' && delegated.has(data.story)) {
      escalated.add(data.story);
    }
  }
  const known = bill.unpriced === 0 && bill.orchestratorAloneUsd !== null;
  const loses = known && delegated.size >= enoughStories && bill.costUsd > (bill.orchestratorAloneUsd ?? 0);
  return { delegated: delegated.size, escalated: escalated.size, loses };
}
