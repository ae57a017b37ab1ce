import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followJournal, type Until } from '../../src/journal/follow-journal.ts';
import type { JournalRecord, RunEvent } from '../../src/run/events.ts';
import { tempFolder } from '../host/temp-folder.ts';
import { journalText, recordsOf, warning } from './events.ts';

const finished: RunEvent = {
  type: 'run.finished',
  data: {
    ...{ run: 'r', reason: 'done', exitCode: 0, passes: 1, selected: 1, total: 1, needsYou: [], costUsd: null },
    ...{ unpriced: 0, requests: 0, durationMs: 1, mergeBranch: null },
  },
};
const records = recordsOf([warning('a'), warning('b'), warning('c'), finished]);
const never: Until = { signal: new AbortController().signal, isWritten: async () => true };

/** A journal with the first records; each time all of it was seen, the next record follows in two pieces. */
function growingJournal(start: number) {
  const file = join(tempFolder(), 'run.jsonl');
  writeFileSync(file, journalText(records.slice(0, start)));
  const seen: JournalRecord[] = [];
  let next = start;
  const onRecord = (record: JournalRecord) => {
    seen.push(record);
    if (seen.length < next || next >= records.length) return;
    const line = journalText(records.slice(next, next + 1));
    next += 1;
    appendFileSync(file, line.slice(0, 10));
    setImmediate(() => appendFileSync(file, line.slice(10)));
  };
  return { file, seen, onRecord };
}

describe('followJournal', () => {
  it.each([1, 3, 4])('hands over what is there and what arrives, up to the end of the run: %i there', async (start) => {
    const { file, seen, onRecord } = growingJournal(start);
    expect(await followJournal(file, onRecord, never)).toBeNull();
    expect(seen).toEqual(records);
  });

  it('stops when it is told to', async () => {
    const file = join(tempFolder(), 'run.jsonl');
    writeFileSync(file, journalText(records.slice(0, 1)));
    const controller = new AbortController();
    const seen: JournalRecord[] = [];
    const onRecord = (record: JournalRecord) => {
      seen.push(record);
      controller.abort();
    };
    expect(await followJournal(file, onRecord, { ...never, signal: controller.signal })).toBeNull();
    expect(seen).toEqual(records.slice(0, 1));
  });

  it('stops when nobody writes any more, after what was written last', async () => {
    const file = join(tempFolder(), 'run.jsonl');
    const four = [
      ...records.slice(0, 3),
      ...recordsOf([warning('a'), warning('b'), warning('c'), warning('d')]).slice(3),
    ];
    writeFileSync(file, journalText(four.slice(0, 3)));
    const seen: JournalRecord[] = [];
    let asked = 0;
    const isWritten = async () => {
      asked += 1;
      // The writer says its last words and is gone.
      if (asked === 2) appendFileSync(file, journalText(four.slice(3)));
      return asked < 2;
    };
    expect(await followJournal(file, (record) => seen.push(record), { ...never, isWritten })).toBeNull();
    expect({ seen, asked }).toEqual({ seen: four, asked: 2 });
  });

  it('a torn last line of a writer that is gone is no record', async () => {
    const file = join(tempFolder(), 'run.jsonl');
    writeFileSync(file, journalText(records.slice(0, 2)).slice(0, -4));
    const seen: JournalRecord[] = [];
    const gone = { ...never, isWritten: async () => false };
    expect(await followJournal(file, (record) => seen.push(record), gone)).toBeNull();
    expect(seen).toEqual(records.slice(0, 1));
  });

  it('stops at damage, after what came before it', async () => {
    const file = join(tempFolder(), 'run.jsonl');
    writeFileSync(file, `${journalText(records.slice(0, 2))}x\n`);
    const seen: JournalRecord[] = [];
    const problem = await followJournal(file, (record) => seen.push(record), never);
    expect(problem).toEqual({ code: 'journal-damaged', file, line: 3, why: 'the line is not JSON' });
    expect(seen).toEqual(records.slice(0, 2));
  });

  it('says when there is no file', async () => {
    const file = join(tempFolder(), 'none.jsonl');
    const followed = followJournal(file, () => {}, never);
    await expect(followed).rejects.toMatchObject({ problem: { code: 'disk', errno: 'ENOENT' } });
  });
});
