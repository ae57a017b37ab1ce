import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { onDisk } from '../host/file-operations.ts';
import type { Problem } from '../problem.ts';
import type { JournalRecord } from '../run/events.ts';
import { journalDecoder } from './parse-journal.ts';

const pollMs = 100;
const chunkBytes = 64 * 1024;

/** What ends a watch, beside the last record of the run. */
export interface Until {
  readonly signal: AbortSignal;
  /** Whether somebody may still write. Asked whenever nothing new is there. */
  isWritten(): Promise<boolean>;
}

/**
 * Hands over every record of a journal, those that are there and those that arrive. Resolves with null after the run's
 * last record, when `signal` aborts and when nobody writes any more; with a problem at the first damage. Rejects with
 * `PrdError` (`disk`), and as `isWritten` does.
 */
export async function followJournal(
  file: string,
  onRecord: (record: JournalRecord) => void,
  until: Until,
): Promise<Problem | null> {
  const decoder = journalDecoder(file);
  for await (const bytes of growingFile(file, until)) {
    const records = decoder.push(bytes);
    for (const record of records) onRecord(record);
    if (decoder.damage !== null) return decoder.damage;
    if (records.at(-1)?.type === 'run.finished') return null;
  }
  return null;
}

async function* growingFile(file: string, { signal, isWritten }: Until): AsyncGenerator<Uint8Array> {
  const handle = await onDisk('open', file, () => open(file));
  const chunk = Buffer.alloc(chunkBytes);
  try {
    for (let offset = 0, writing = true; !signal.aborted; ) {
      const { bytesRead } = await onDisk('read', file, () => handle.read(chunk, 0, chunk.length, offset));
      offset += bytesRead;
      if (bytesRead > 0) yield chunk.subarray(0, bytesRead);
      else if (!writing) return;
      else {
        // Its last words may have come between our look at the file and our look for the writer: look once more.
        writing = await isWritten();
        if (writing) await delay(pollMs, undefined, { signal }).catch(() => {});
      }
    }
  } finally {
    await handle.close();
  }
}
