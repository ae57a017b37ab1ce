import { PrdError } from '../problem.ts';
import type { Snapshot } from '../workspace/workspace.ts';
import { type Stored, storedWork } from './finish.ts';
import type { PastAttempt } from './state.ts';
import type { StoryRun } from './story-run.ts';

/** Reads back from the vault what an earlier run stored of an attempt. Rejects with `objects-missing`. */
export async function readStored(run: StoryRun, { base, snapshot }: PastAttempt): Promise<Stored> {
  if (snapshot === null) throw new PrdError({ code: 'objects-missing', commit: base });
  await run.deps.vault.keep(base);
  const changes = await run.deps.vault.changes(base, snapshot);
  // What the snapshot refused never got into it.
  const taken: Snapshot = { commit: snapshot, base, changes, refused: [] };
  return storedWork(run, taken);
}
