import type { JournalRecord } from '../run/events.ts';
import type { BaselineKind } from '../verify/check.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { OpenRepository } from './open-repository.ts';
import { readPastRecords } from './past-runs.ts';

/** Baselines that an earlier run measured at this very commit. */
export async function knownBaselines(
  { state }: OpenRepository,
  base: Oid,
): Promise<(check: string) => BaselineKind | null> {
  const known = new Map<string, BaselineKind>();
  const at = new Map<string, Oid>();
  for (const record of await readPastRecords(state.runs)) note(record, base, at, known);
  return (check) => known.get(check) ?? null;
}

function note({ type, data }: JournalRecord, base: Oid, at: Map<string, Oid>, known: Map<string, BaselineKind>): void {
  if (type === 'story.started') at.set(data.story, data.base);
  if (type !== 'baseline.finished' || at.get(data.story) !== base) return;
  for (const { check, kind } of data.checks) known.set(check, kind);
}
