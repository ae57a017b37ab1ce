import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/host/redact.ts';
import { durableEvents } from '../../src/journal/journal.ts';
import { openJournal, readJournal } from '../../src/journal/journal-file.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { failingFiles } from '../host/failing-files.ts';
import { until } from '../host/shell.ts';
import { tempFolder } from '../host/temp-folder.ts';
import { attemptStarted, tickingClock, warning } from './events.ts';

const newFile = () => join(tempFolder(), 'runs', 'run.jsonl');

/** `done`, or the problem of the rejection. */
function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'done',
    (error) => error.problem,
  );
}

describe('a journal', () => {
  it('numbers and stamps its records', async () => {
    const journal = await openJournal(newFile(), tickingClock());
    const records = [await journal.append(warning('a')), await journal.append(attemptStarted(1))];
    await journal.close();
    expect(records).toEqual([
      { v: 1, seq: 0, ts: '2026-01-01T00:00:00.010Z', mono: 10, ...warning('a') },
      { v: 1, seq: 1, ts: '2026-01-01T00:00:00.020Z', mono: 20, ...attemptStarted(1) },
    ]);
  });

  it('holds what append returned, in order', async () => {
    const file = newFile();
    const journal = await openJournal(file, tickingClock());
    const events = Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? attemptStarted(i) : warning(`${i}`)));
    const records = await Promise.all(events.map((event) => journal.append(event)));
    await journal.close();
    expect(await readJournal(file)).toEqual({ kind: 'read', records, torn: false });
    expect(records.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  });

  it('is a file for us alone in a folder for us alone', async () => {
    const file = newFile();
    await (await openJournal(file, tickingClock())).close();
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it.each<[string, (file: string) => void]>([
    ['exists', (file) => writeFileSync(file, '')],
    ['is a link', (file) => symlinkSync('/dev/null', file)],
  ])('is not opened when the file %s: it has one writer', async (_, arrange) => {
    const file = join(tempFolder(), 'run.jsonl');
    arrange(file);
    const problem = { code: 'disk', operation: 'create', file, errno: 'EEXIST' };
    expect(await settled(openJournal(file, tickingClock()))).toEqual(problem);
  });

  it('hides secrets in the record as in the file', async () => {
    const file = newFile();
    const hiding = redactor([{ name: 'TOKEN', value: 'canary-"value"' }]);
    const journal = await openJournal(file, tickingClock(), { redact: hiding.text });
    const record = await journal.append(warning('say canary-"value"!'));
    await journal.close();
    expect(record.data).toMatchObject({ message: 'say [redacted:TOKEN]!' });
    expect(await readJournal(file)).toMatchObject({ records: [record] });
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
  });

  it('refuses an event that no reader would accept, and goes on without a gap', async () => {
    const file = newFile();
    const journal = await openJournal(file, tickingClock());
    await journal.append(warning('before'));
    await expect(journal.append({ type: 'nonsense', data: {} } as unknown as RunEvent)).rejects.toThrow();
    await journal.append(warning('after'));
    await journal.close();
    expect(await readJournal(file)).toMatchObject({ kind: 'read', records: [{ seq: 0 }, { seq: 1 }] });
  });

  it('takes nothing after it was closed, and closing twice is harmless', async () => {
    const journal = await openJournal(newFile(), tickingClock());
    await Promise.all([journal.close(), journal.close()]);
    expect(await settled(journal.append(warning('late')))).toMatchObject({ code: 'disk', errno: 'EBADF' });
  });

  it('that cannot be read says so with the errno', async () => {
    const file = newFile();
    expect(await settled(readJournal(file))).toEqual({ code: 'disk', operation: 'read', file, errno: 'ENOENT' });
  });
});

describe('durability', () => {
  const opening = ['open', 'open', 'sync', 'close'];

  async function openCounted() {
    const { files, calls } = failingFiles(0, '');
    return { journal: await openJournal(newFile(), tickingClock(), { files }), calls };
  }

  it('of the name: the folder is synced before anything is written', async () => {
    const { journal, calls } = await openCounted();
    await journal.close();
    expect(calls).toEqual([...opening, 'close']);
  });

  it('is demanded of every event after which the world changes', () => {
    expect([...durableEvents].sort()).toEqual([
      'attempt.finished',
      'attempt.started',
      'follow.intent',
      'landing.done',
      'landing.intent',
      'pass.revoked',
      'request.sent',
      'run.finished',
      'run.started',
      'snapshot.stored',
      'story.finished',
    ]);
  });

  it('of such an event: written and synced before append resolves', async () => {
    const { journal, calls } = await openCounted();
    await journal.append(attemptStarted(1));
    expect(calls).toEqual([...opening, 'write', 'datasync']);
    await journal.close();
  });

  it('of other events: they wait, and go out with the next durable one in a single write', async () => {
    const { journal, calls } = await openCounted();
    await journal.append(warning('a'));
    await journal.append(warning('b'));
    expect(calls).toEqual(opening);
    await journal.append(attemptStarted(1));
    expect(calls).toEqual([...opening, 'write', 'datasync']);
    await journal.close();
  });

  it('of other events: they are in the file soon, without a sync', async () => {
    const { journal, calls } = await openCounted();
    await journal.append(warning('a'));
    await until(() => statSync(journal.file).size > 0);
    expect(calls).toEqual([...opening, 'write']);
    await journal.close();
  });

  it('of many at once: they share their syncs', async () => {
    const { journal, calls } = await openCounted();
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => journal.append(attemptStarted(attempt))));
    expect(calls.filter((call) => call === 'datasync').length).toBeLessThanOrEqual(2);
    await journal.close();
  });

  it('of the rest: close brings it to disk', async () => {
    const { journal, calls } = await openCounted();
    await journal.append(warning('a'));
    await journal.close();
    expect(calls).toEqual([...opening, 'write', 'datasync', 'close']);
  });
});

describe('when one operation fails', () => {
  /** Appends three durable events and closes; returns what was acknowledged and which problems were told. */
  async function run(file: string, nth: number, errno: string) {
    const { files, calls } = failingFiles(nth, errno);
    const opened = openJournal(file, tickingClock(), { files });
    const told = [await settled(opened)];
    if (told[0] !== 'done') return { calls, told, acknowledged: [] };
    const journal = await opened;
    for (const attempt of [1, 2, 3]) told.push(await settled(journal.append(attemptStarted(attempt))));
    const acknowledged = [1, 2, 3].filter((attempt) => told[attempt] === 'done');
    told.push(await settled(journal.close()));
    return { calls, told, acknowledged };
  }

  it.each(['ENOSPC', 'EIO', 'EROFS'])('with %s, it is told and nothing acknowledged is lost', async (errno) => {
    const { calls } = await run(newFile(), 0, errno);
    expect(calls.length).toBeGreaterThan(8);
    for (let nth = 1; nth <= calls.length; nth += 1) {
      const file = newFile();
      const { told, acknowledged } = await run(file, nth, errno);
      expect(told.filter((outcome) => outcome !== 'done')[0]).toMatchObject({ code: 'disk', errno });
      if (nth === 1) continue;
      const read = await readJournal(file);
      const records = read.kind === 'read' ? read.records : [];
      expect(records.slice(0, acknowledged.length)).toMatchObject(
        acknowledged.map((attempt) => ({ data: { attempt } })),
      );
    }
  });

  // Opening takes four operations, so the fifth is the first write and the sixth the first sync.
  it('it stays refused, also when the disk has room again', async () => {
    const file = newFile();
    const { files } = failingFiles(5, 'ENOSPC');
    const journal = await openJournal(file, tickingClock(), { files });
    const full = { code: 'disk', operation: 'append', file, errno: 'ENOSPC' };
    expect(await settled(journal.append(attemptStarted(1)))).toEqual(full);
    expect(await settled(journal.append(attemptStarted(2)))).toEqual(full);
    expect(await settled(journal.append(warning('x')))).toEqual(full);
    expect(await settled(journal.close())).toEqual(full);
  });

  it('an fsync is not tried again', async () => {
    const { calls } = await run(newFile(), 6, 'EIO');
    expect(calls.filter((call) => call === 'datasync')).toHaveLength(1);
  });

  it('a write that nobody waited for is told to the next one', async () => {
    const { files, calls } = failingFiles(5, 'EIO');
    const journal = await openJournal(newFile(), tickingClock(), { files });
    expect(await settled(journal.append(warning('a')))).toBe('done');
    await until(() => calls.includes('write'));
    expect(await settled(journal.append(warning('b')))).toMatchObject({ code: 'disk', errno: 'EIO' });
    await settled(journal.close());
  });
});
