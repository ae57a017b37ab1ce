import { nearest } from '../prd/nearest.ts';
import { PrdError } from '../problem.ts';
import { attemptRef } from '../run/attempt-ref.ts';
import type { EventData, JournalRecord } from '../run/events.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import { openPrd } from './open-prd.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import { readPastRecords } from './past-runs.ts';

/** One attempt with all that was said about it. */
export interface AttemptFacts {
  readonly started: EventData<'attempt.started'>;
  readonly finished: EventData<'attempt.finished'> | null;
  readonly verdict: EventData<'verdict'> | null;
  /** What a reader said of it, and what the orchestrator said of its failure. */
  readonly review: EventData<'review.finished'> | null;
  readonly diagnosis: EventData<'diagnosis.finished'> | null;
  readonly checks: readonly EventData<'check.finished'>[];
  readonly costUsd: number | null;
  /** What the vault still has of it. */
  readonly commit: Oid | null;
}

export interface StoryAttempts {
  readonly open: OpenRepository;
  readonly story: string;
  readonly attempts: readonly AttemptFacts[];
}

/** Everything the journals and the vault know of a story's attempts. Rejects with `unknown-story`. */
export async function findAttempts(id: string, file: string | null, context: Context): Promise<StoryAttempts> {
  const open = await openRepository(context, { never: [] });
  const records = await readPastRecords(open.state.runs);
  const facts = attemptsOf(records, id);
  if (facts.length === 0) await requireStory(id, file, context);
  const attempts = await Promise.all(
    facts.map(async (one) => ({ ...one, commit: await open.vault.ref(attemptRef(id, one.started.attempt)) })),
  );
  return { open, story: id, attempts };
}

/** A story nobody tried is no mistake; one that nobody wrote is. */
async function requireStory(id: string, file: string | null, context: Context): Promise<void> {
  const opened = await openPrd(context, { file });
  if (opened.kind === 'refused')
    throw new PrdError(opened.problems[0] ?? { code: 'file-empty', file: opened.found.shown });
  const known = opened.document.prd.stories.map((story) => story.id);
  if (known.includes(id)) return;
  throw new PrdError({ code: 'unknown-story', story: id, near: nearest(id, known), known: known.length });
}

function attemptsOf(records: readonly JournalRecord[], story: string): Omit<AttemptFacts, 'commit'>[] {
  const attempts: { -readonly [K in keyof Omit<AttemptFacts, 'commit'>]: AttemptFacts[K] }[] = [];
  for (const { type, data } of records) {
    if (!('story' in data) || data.story !== story) continue;
    const current = attempts.at(-1);
    if (type === 'attempt.started') attempts.push({ ...untold, started: data });
    if (current === undefined) continue;
    if (type === 'attempt.finished') current.finished = data;
    if (type === 'verdict') current.verdict = data;
    if (type === 'review.finished') current.review = data;
    if (type === 'diagnosis.finished') current.diagnosis = data;
    if (type === 'check.finished' && data.where !== 'baseline' && !data.cached)
      current.checks = [...current.checks, data];
    if (type === 'request.settled' || type === 'agent.reported') current.costUsd = sum(current.costUsd, data.costUsd);
  }
  return attempts;
}

const untold = { finished: null, verdict: null, review: null, diagnosis: null, checks: [], costUsd: 0 } as const;

/** Unknown stays unknown. */
function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** The attempt with this number, or the last one. Rejects with a usage problem when there is no such attempt. */
export function pickAttempt({ story, attempts }: StoryAttempts, number: number | null): AttemptFacts {
  const found = number === null ? attempts.at(-1) : attempts.find(({ started }) => started.attempt === number);
  if (found !== undefined) return found;
  const known = attempts.map(({ started }) => started.attempt).join(', ');
  const what = `\`${story}\` has no attempt ${number}; there ${attempts.length === 1 ? 'is' : 'are'} ${known || 'none'}`;
  throw new PrdError({ code: 'usage', what, command: 'show', hint: `prd show ${story}` });
}
