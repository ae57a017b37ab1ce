import { diskError, type OpenFile, writeAll } from '../host/file-operations.ts';
import { inTurn } from '../host/in-turn.ts';
import { PrdError } from '../problem.ts';

/** Appends texts in order and gathers those that may wait. After the first error nothing is written any more. */
export interface GroupWriter {
  /** Throws the error that stopped the writer, or `EBADF` after `close`. */
  check(): void;
  /** Durable: resolves when the text and all before it are on disk. Otherwise at once; it is written 50 ms later. */
  write(text: string, durable: boolean): Promise<void>;
  /** Brings all to disk and closes the file. Rejects if the writer was stopped. Calling twice is harmless. */
  close(): Promise<void>;
}

const groupMs = 50;

export function groupWriter(file: string, handle: OpenFile): GroupWriter {
  const disk = stoppingFile(file, handle);
  const next = inTurn();
  let pending: string[] = [];
  let queued = 0;
  let synced = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed: Promise<void> | null = null;

  /** Returns up to which text everything is written. */
  const writePending = async () => {
    const [texts, upTo] = [pending, queued];
    pending = [];
    if (texts.length > 0) await disk.append(texts.join(''));
    return upTo;
  };
  const syncUpTo = async (ticket: number) => {
    // One that waited in line may have been taken along by the one before.
    if (synced >= ticket) return;
    const written = await writePending();
    await disk.sync();
    synced = written;
  };
  const writeLater = () => {
    timer ??= setTimeout(() => {
      timer = null;
      next(writePending).catch(() => {});
    }, groupMs);
  };
  const check = () => {
    disk.check();
    if (closed !== null) throw new PrdError({ code: 'disk', operation: 'append', file, errno: 'EBADF' });
  };
  return {
    check,
    write: async (text, durable) => {
      check();
      pending.push(text);
      queued += 1;
      const ticket = queued;
      if (durable) await next(() => syncUpTo(ticket));
      else writeLater();
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      // What goes wrong in the last sync is told by the close of the file, which happens in any case.
      closed ??= next(() => syncUpTo(queued)).then(disk.close, disk.close);
      return closed;
    },
  };
}

/** Does nothing any more after the first operation that failed; from then on every call rejects with that error. */
function stoppingFile(file: string, handle: OpenFile) {
  let stopped: PrdError | null = null;
  const check = () => {
    if (stopped !== null) throw stopped;
  };
  const step = async (operation: string, act: () => Promise<void>) => {
    check();
    // A failed fsync is never tried again: the kernel may have dropped the data and report success the next time.
    await act().catch((cause: unknown) => {
      stopped = diskError(operation, file, cause);
      throw stopped;
    });
  };
  return {
    check,
    append: (text: string) => step('append', () => writeAll(handle, Buffer.from(text, 'utf8'))),
    sync: () => step('fdatasync', () => handle.datasync()),
    close: async () => {
      await handle.close().catch((cause: unknown) => {
        stopped ??= diskError('close', file, cause);
      });
      check();
    },
  };
}
