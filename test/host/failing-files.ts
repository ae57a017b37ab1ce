import { type FileOperations, type OpenFile, systemFiles } from '../../src/host/file-operations.ts';

export interface FailingFiles {
  readonly files: FileOperations;
  /** Names of the operations so far, in order. */
  readonly calls: string[];
}

/** The real file system, whose operation number `nth` (from 1) fails with `errno`. 0: none fails. */
export function failingFiles(nth: number, errno: string): FailingFiles {
  const calls: string[] = [];
  const call = <A extends readonly unknown[], R>(name: string, act: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      calls.push(name);
      if (calls.length === nth) throw Object.assign(new Error(`${errno}: injected`), { code: errno });
      return act(...args);
    };
  };
  const openFile = (handle: OpenFile): OpenFile => ({
    chmod: call('chmod', (mode) => handle.chmod(mode)),
    chown: call('chown', (uid, gid) => handle.chown(uid, gid)),
    close: closing(
      calls,
      call('close', () => handle.close()),
      handle,
    ),
    datasync: call('datasync', () => handle.datasync()),
    sync: call('sync', () => handle.sync()),
    stat: call('stat', () => handle.stat()),
    read: call('read', (buffer, offset, length, position) => handle.read(buffer, offset, length, position)),
    write: call('write', (buffer, offset, length) => handle.write(buffer, offset, length)),
  });
  const files: FileOperations = {
    open: call('open', async (file, flags, mode) => openFile(await systemFiles.open(file, flags, mode))),
    rename: call('rename', systemFiles.rename),
    unlink: call('unlink', systemFiles.unlink),
    lstat: call('lstat', systemFiles.lstat),
  };
  return { files, calls };
}

// Even a close that reports an error has closed the file.
function closing(calls: string[], close: () => Promise<void>, handle: OpenFile): () => Promise<void> {
  return async () => {
    const before = calls.length;
    await close().catch(async (error: unknown) => {
      if (calls.length > before) await handle.close();
      throw error;
    });
  };
}
