/** The face of `journal/`: the append-only file of a run. One writer; readers may follow it. */
import type { Problem } from '../problem.ts';
import type { JournalRecord, RunEvent } from '../run/events.ts';

/**
 * Events after which the world changes, or which a person will act on: on disk (`fdatasync`) before `append` resolves.
 * Others may wait 50 ms.
 */
export const durableEvents: ReadonlySet<RunEvent['type']> = new Set([
  'run.started',
  'attempt.started',
  // The workspace goes next: read as cut off, what is left of it would be stored over the work.
  'attempt.finished',
  'request.sent',
  'snapshot.stored',
  'landing.intent',
  'landing.done',
  'pass.revoked',
  'follow.intent',
  'story.finished',
  'run.finished',
] as const);

export interface Journal {
  readonly file: string;
  /** Numbers, stamps and writes the event. Rejects with a `PrdError` (`disk`) and stays rejecting after that. */
  append(event: RunEvent): Promise<JournalRecord>;
  close(): Promise<void>;
}

/** `torn`: the last line was cut by a crash and is ignored. Damage anywhere else is refused. */
export type JournalRead =
  | { readonly kind: 'read'; readonly records: readonly JournalRecord[]; readonly torn: boolean }
  | { readonly kind: 'damaged'; readonly problem: Problem };

/** `O_EXCL` file in the git common dir: courtesy between two copies of `prd`. Safety is the compare-and-swap. */
export interface RunLock {
  release(): Promise<void>;
}
