import type { StoryBill } from './bill.ts';
import type { RunSummary } from './summary.ts';

/** A run as one JSON document. Money in USD, unknown is null, never 0. */
export function summaryDocument(summary: RunSummary): object {
  const { run, startedAt, file, branch, base, scripted, end, passes, selected, durationMs, bill } = summary;
  const { byStory, ...rest } = bill;
  return {
    version: 1,
    run,
    startedAt,
    file,
    branch,
    base,
    scripted,
    reason: end?.reason ?? null,
    exitCode: end?.exitCode ?? null,
    passes,
    selected,
    durationMs,
    needsYou: end?.needsYou ?? null,
    waiting: end?.waiting ?? null,
    mergeBranch: end?.mergeBranch ?? null,
    stories: summary.stories.map(({ story, outcome, verdict, strength, reason, attempts, commit }) => ({
      story,
      outcome,
      verdict,
      strength,
      reason,
      attempts,
      commit,
      bill: billOfStory(byStory, story),
    })),
    /** Requests that were about several stories at once. */
    shared: billOfStory(byStory, null),
    bill: rest,
  };
}

function billOfStory(byStory: readonly StoryBill[], story: string | null): object | null {
  const found = byStory.find((one) => one.story === story);
  if (found === undefined) return null;
  const { story: _, ...bill } = found;
  return bill;
}
