import { constants } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../host/clock.ts';
import { type FileOperations, type OpenFile, onDisk, syncFolder, systemFiles } from '../host/file-operations.ts';
import { type JournalRecord, journalRecord } from '../run/events.ts';
import { groupWriter } from './group-writer.ts';
import { durableEvents, type Journal, type JournalRead } from './journal.ts';
import { parseJournal } from './parse-journal.ts';

export interface JournalOptions {
  /** Applied to every text inside an event before it is written or returned. */
  readonly redact?: (text: string) => string;
  readonly files?: FileOperations;
}

/**
 * Creates the journal of a run; its folder is made if missing, and its name is on disk before this resolves. Rejects
 * with `PrdError` (`disk`), also when the file exists: a journal has one writer.
 */
export async function openJournal(file: string, clock: Clock, options: JournalOptions = {}): Promise<Journal> {
  const writer = groupWriter(file, await createFile(file, options.files ?? systemFiles));
  const redact = options.redact ?? ((text) => text);
  const started = clock.mono();
  let seq = 0;
  return {
    file,
    append: async (event) => {
      writer.check();
      const stamp = { v: 1, seq, ts: clock.now().toISOString(), mono: Math.round(clock.mono() - started) } as const;
      const line = lineOf({ ...stamp, ...event }, redact);
      seq += 1;
      await writer.write(`${line}\n`, durableEvents.has(event.type));
      // What a reader of the file will see, so that live and replayed output cannot differ.
      return JSON.parse(line);
    },
    close: () => writer.close(),
  };
}

/** Reads a whole journal. Rejects with `PrdError` (`disk`) when the file cannot be read at all. */
export async function readJournal(file: string): Promise<JournalRead> {
  return parseJournal(await onDisk('read', file, () => readFile(file)), file);
}

async function createFile(file: string, files: FileOperations): Promise<OpenFile> {
  const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants;
  await onDisk('create', file, () => mkdir(dirname(file), { recursive: true, mode: 0o700 }));
  const flags = O_APPEND | O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW;
  const handle = await onDisk('create', file, () => files.open(file, flags, 0o600));
  await syncFolder(dirname(file), files).catch(async (error: unknown) => {
    await handle.close().catch(() => {});
    throw error;
  });
  return handle;
}

function lineOf(record: JournalRecord, redact: (text: string) => string): string {
  const hidden = JSON.stringify(record.data, (_, value) => (typeof value === 'string' ? redact(value) : value));
  // An event that no reader would accept must not get into the file: it would make all after it unreadable.
  return JSON.stringify(journalRecord.parse({ ...record, data: JSON.parse(hidden) }));
}
