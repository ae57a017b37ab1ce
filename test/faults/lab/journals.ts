import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJournal } from '../../../src/journal/parse-journal.ts';
import type { JournalRecord } from '../../../src/run/events.ts';

/** All journals of a world, and the folder of the one repository in it. */
export interface Journals {
  /** Folder of the repository's state; null when no `prd` came that far. */
  readonly dir: string | null;
  readonly records: readonly JournalRecord[];
  /** Journals that cannot be read, and why. */
  readonly damaged: readonly string[];
}

export async function readJournals(stateDir: string): Promise<Journals> {
  const [id] = await readdir(join(stateDir, 'prd')).catch(() => []);
  if (id === undefined) return { dir: null, records: [], damaged: [] };
  const dir = join(stateDir, 'prd', id);
  const names = (await readdir(join(dir, 'runs')).catch(() => [])).sort();
  const records: JournalRecord[] = [];
  const damaged: string[] = [];
  for (const name of names) {
    const read = parseJournal(await readFile(join(dir, 'runs', name)), name);
    if (read.kind === 'damaged') damaged.push(JSON.stringify(read.problem));
    else records.push(...read.records);
  }
  return { dir, records, damaged };
}
