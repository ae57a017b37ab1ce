/** Fail-the-Nth for the lab in `test/faults`; as crash points, nothing of it is in the published bundle. */

import type { FileOperations, OpenFile } from './file-operations.ts';

/** What is made to fail: an operation of the file system, or a whole git command. */
export type Failable = keyof FileOperations | keyof OpenFile | 'git';

/**
 * With `PRD_FAIL=<errno>:<n>@<crash point>` in a test build, the n-th operation after the first visit of that point fails;
 * with n = 0 none does. Each one is told on stderr, so that the lab knows how many there are. Null: go on.
 */
export function failureOf(operation: Failable): NodeJS.ErrnoException | null {
  if (!__PRD_TEST__ || !armed) return null;
  const { errno, nth } = wish();
  count += 1;
  process.stderr.write(`PRD_FAIL ${count} ${operation}${count === nth ? ` ${errno}` : ''}\n`);
  return count === nth ? Object.assign(new Error(`${errno}: injected`), { code: errno }) : null;
}

/** A crash point was visited: from the one that is named on, operations count. */
export function noteForFailures(point: string): void {
  if (__PRD_TEST__ && process.env.PRD_FAIL !== undefined && wish().point === point) armed = true;
}

/** The same file operations, each asked first whether it may. A close that fails has closed all the same. */
export function failable(files: FileOperations, fail = failureOf): FileOperations {
  const asked = <A extends readonly unknown[], R>(operation: Failable, act: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      const failure = fail(operation);
      if (failure !== null && operation === 'close') await act(...args);
      if (failure !== null) throw failure;
      return act(...args);
    };
  };
  const openFile = (handle: OpenFile): OpenFile => ({
    chmod: asked('chmod', (mode) => handle.chmod(mode)),
    chown: asked('chown', (uid, gid) => handle.chown(uid, gid)),
    close: asked('close', () => handle.close()),
    datasync: asked('datasync', () => handle.datasync()),
    sync: asked('sync', () => handle.sync()),
    stat: asked('stat', () => handle.stat()),
    read: asked('read', (buffer, offset, length, position) => handle.read(buffer, offset, length, position)),
    write: asked('write', (buffer, offset, length) => handle.write(buffer, offset, length)),
  });
  return {
    open: asked('open', async (file, flags, mode) => openFile(await files.open(file, flags, mode))),
    rename: asked('rename', files.rename),
    unlink: asked('unlink', files.unlink),
    lstat: asked('lstat', files.lstat),
  };
}

let armed = false;
let count = 0;

function wish(): { readonly errno: string; readonly nth: number; readonly point: string } {
  const [, errno = '', nth = '', point = ''] = /^(\w+):(\d+)@(.+)$/.exec(process.env.PRD_FAIL ?? '') ?? [];
  return { errno, nth: Number(nth), point };
}
