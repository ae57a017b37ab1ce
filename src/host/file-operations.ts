import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { PrdError } from '../problem.ts';
import { failable } from './fail-nth.ts';

/** The file system as careful writers use it; tests pass one whose Nth operation fails. */
export interface FileOperations {
  open(file: string, flags: number, mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
  lstat(file: string): Promise<FileFacts>;
}

export type OpenFile = Pick<FileHandle, 'chmod' | 'chown' | 'close' | 'datasync' | 'sync'> & {
  stat(): Promise<FileFacts>;
  /** May read less than asked; 0 bytes at the end. */
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  /** May write less than asked. */
  write(buffer: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
};

export interface FileFacts {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  isFile(): boolean;
}

const plainFiles: FileOperations = { open, rename, unlink, lstat };

export const systemFiles: FileOperations = __PRD_TEST__ ? failable(plainFiles) : plainFiles;

/** Turns what `act` rejects with into `PrdError` (`disk`) with the errno name; problems of our own pass. */
export async function onDisk<T>(operation: string, file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw diskError(operation, file, cause);
  }
}

/** The `PrdError` (`disk`) for what a file operation threw; a `PrdError` is returned as it is. */
export function diskError(operation: string, file: string, cause: unknown): PrdError {
  if (cause instanceof PrdError) return cause;
  return new PrdError({ code: 'disk', operation, file, errno: errnoOf(cause) }, { cause });
}

/** The errno name of an error of the system, `EIO` for anything else. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}

/** Writes until all bytes are written: a single write on a full disk may be short and still succeed. */
export async function writeAll(handle: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}

/** Makes the names in a folder durable; without it a rename may be lost in a power cut. Windows has no such call. */
export async function syncFolder(folder: string, files: FileOperations): Promise<void> {
  if (process.platform === 'win32') return;
  await onDisk('fsync', folder, async () => {
    const handle = await files.open(folder, constants.O_RDONLY);
    await closing(handle, () => handle.sync());
  });
}

/** Closes after `act`. A failed close counts, but never hides what `act` rejected with. */
export async function closing<T>(handle: OpenFile, act: () => Promise<T>): Promise<T> {
  const result = await act().catch(async (error: unknown) => {
    await handle.close().catch(() => {});
    throw error;
  });
  await handle.close();
  return result;
}
