import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readJournal } from '../journal/journal-file.ts';
import { PrdError } from '../problem.ts';
import type { JournalRecord } from '../run/events.ts';

/** More than enough to know every story's last word; `prd gc` removes what is older. */
const maxJournals = 200;

/** Time-ordered id of a run: sorts as text, is short, and is safe in branch and file names. */
export function newRunId(now: Date, random: string): string {
  return `${now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '').replace('T', '-')}-${random}`;
}

export function journalFile(runs: string, run: string): string {
  return join(runs, `${run}.jsonl`);
}

/** Id of the run that a journal is of. */
export function runOf(file: string): string {
  return basename(file, '.jsonl');
}

/** Journals of a repository, oldest first. No folder means no runs. */
export async function journalFiles(runs: string): Promise<readonly string[]> {
  const names = await readdir(runs).catch(() => []);
  const journals = names.filter((name) => name.endsWith('.jsonl')).sort();
  return journals.slice(-maxJournals).map((name) => join(runs, name));
}

/** Records of all kept journals, oldest first. Rejects with `journal-damaged`: damage is never read as an empty past. */
export async function readPastRecords(runs: string): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (const file of await journalFiles(runs)) {
    const read = await readJournal(file);
    if (read.kind === 'damaged') throw new PrdError(read.problem);
    for (const record of read.records) records.push(record);
  }
  return records;
}
