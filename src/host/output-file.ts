import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskError } from './file-operations.ts';
import { tempPrefix } from './temp-name.ts';

/** Where one stream of a command goes: a file, because a grandchild that holds a pipe would keep us waiting. */
export interface OutputFile {
  readonly fd: number;
  /** Path of a log that is kept; null for a file without a name. */
  readonly file: string | null;
  size(): number;
  /** At most `length` bytes from `offset`. */
  read(offset: number, length: number): Buffer;
  /** Drops what a kept log holds beyond this size. */
  cutTo(bytes: number): void;
  close(): void;
}

/**
 * Opens `<logDir>/<name>.log` (0600, replacing an older one), or without `logDir` a file in `tempDir` that has no name
 * any more. Throws `PrdError` (`disk`).
 */
export function openOutput(name: string, logDir: string | undefined, tempDir: string): OutputFile {
  const file = logDir === undefined ? null : join(logDir, `${name}.log`);
  const fd = file === null ? openNameless(tempDir) : openLog(file);
  const size = () => fstatSync(fd).size;
  return {
    fd,
    file,
    size,
    read: (offset, length) => readAt(fd, offset, length),
    cutTo: (bytes) => {
      if (size() > bytes) ftruncateSync(fd, bytes);
    },
    close: () => closeSync(fd),
  };
}

/** A readable descriptor of a nameless file that holds `text`: it ends by itself and needs nobody to write it. */
export function openInput(text: string, tempDir: string): number {
  return openNameless(tempDir, text);
}

// Appending, because a script that opens /dev/stdout again would otherwise write over what is there.
const appending = 'ax+';

function openLog(file: string): number {
  return onDisk('open', file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    return openSync(file, appending, 0o600);
  });
}

function openNameless(tempDir: string, text?: string): number {
  const file = join(tempDir, `${tempPrefix('io')}${randomUUID().replaceAll('-', '')}`);
  return onDisk('open', file, () => {
    try {
      if (text === undefined) return openSync(file, appending, 0o600);
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
      return openSync(file, 'r');
    } finally {
      rmSync(file, { force: true });
    }
  });
}

function onDisk<T>(operation: string, file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw diskError(operation, file, cause);
  }
}

function readAt(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, offset));
}
