import type { JournalRecord } from '../../../src/run/events.ts';

/** What `prd` said about a run that decides, one line each, as patterns read it. */
export function told(records: readonly JournalRecord[]): string {
  return records.flatMap(lineOf).join('\n');
}

function lineOf({ type, data }: JournalRecord): readonly string[] {
  switch (type) {
    case 'baseline.finished':
      return data.checks.map(({ kind, reason, run }) => `baseline ${kind} ${reason}: ${run}`);
    case 'snapshot.stored':
      return [...data.dropped.map((path) => `dropped ${path}`), ...data.refused.map((path) => `refused ${path}`)];
    case 'check.finished':
      return [`${data.where} ${data.outcome} ${data.reason}: ${data.run}`];
    case 'attempt.finished':
      return [`attempt ${data.end} ${data.detail}`];
    case 'review.decided':
      return data.review ? [`review wanted: ${data.because}`] : [];
    case 'review.finished':
      return [`review ${data.verdict} ${data.reason}`];
    case 'verdict':
      return [`verdict ${data.verdict} ${data.reason}`];
    case 'story.finished':
      return [`${data.story} ${data.outcome} ${data.reason}`];
    case 'run.finished':
      return [`exit ${data.exitCode}`];
    default:
      return [];
  }
}
