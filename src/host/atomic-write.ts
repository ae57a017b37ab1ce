import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { PrdError } from '../problem.ts';
import { broken, crashPoint } from './crash-point.ts';
import {
  closing,
  diskError,
  errnoOf,
  type FileFacts,
  type FileOperations,
  type OpenFile,
  onDisk,
  syncFolder,
  systemFiles,
  writeAll,
} from './file-operations.ts';
import { clearDeadTemps, tempName } from './temp-name.ts';

export interface AtomicWriteOptions {
  /** SHA-256 (hex) that the old content must have; null: the file must not exist. Absent: anything may be replaced. */
  readonly expect?: string | null;
  /** Mode of a file that is new, before the umask. An old file keeps its own. Default 0o666. */
  readonly mode?: number;
}

/**
 * Replaces a file so that a reader, a crash or a full disk ever see the old or the new content whole. Resolves when the
 * new one is on disk. Rejects with `PrdError`: `disk` with the errno, or `edit-refused` when the file is a link, no
 * plain file, or not what was expected. No temporary file stays behind.
 */
export async function writeAtomic(
  file: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions = {},
  files: FileOperations = systemFiles,
): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  const old = await readOld(file, files);
  if (options.expect !== undefined) refuseUnexpected(file, old, options.expect);
  const inPlace = __PRD_TEST__ && broken('in-place-write');
  await clearDeadTemps(dirname(file));
  const temp = inPlace ? file : join(dirname(file), tempName());
  const flags = inPlace ? O_WRONLY | O_CREAT | O_TRUNC : newFile;
  const handle = await onDisk('create', temp, () => files.open(temp, flags, modeOf(old, options)));
  try {
    await fillTemp(temp, handle, bytes, old, files);
    if (options.expect !== undefined) await refuseChanged(file, old, files);
    crashPoint('write.before-rename');
    await onDisk('rename', file, () => files.rename(temp, file));
  } catch (error) {
    await unlinkTwice(temp, files);
    throw error;
  }
  await syncFolder(dirname(file), files);
  await confirm(file, bytes, files);
}

interface Old {
  readonly facts: FileFacts;
  readonly hash: string;
}

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_TRUNC, O_WRONLY } = constants;
const newFile = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
// A pipe in the place of the file must not hold us for ever.
const existing = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

async function readOld(file: string, files: FileOperations): Promise<Old | null> {
  try {
    const handle = await files.open(file, existing);
    return await closing(handle, async () => {
      const facts = await handle.stat();
      if (!facts.isFile()) throw refused(file, 'it is not a plain file');
      return { facts, hash: sha256(await readAll(handle)) };
    });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    if (errnoOf(error) === 'ELOOP') throw refused(file, 'it is a symbolic link');
    throw diskError('read', file, error);
  }
}

function refuseUnexpected(file: string, old: Old | null, expect: string | null): void {
  if (expect === (old?.hash ?? null)) return;
  if (expect === null) throw refused(file, 'it exists already');
  throw refused(file, old === null ? 'it is gone' : 'it changed since it was read');
}

// Never wider than the old file, not even for the moment before the exact mode is set.
function modeOf(old: Old | null, options: AtomicWriteOptions): number {
  return old === null ? (options.mode ?? 0o666) : old.facts.mode & 0o777;
}

async function fillTemp(temp: string, handle: OpenFile, bytes: Uint8Array, old: Old | null, files: FileOperations) {
  await onDisk('close', temp, () =>
    closing(handle, async () => {
      if (old !== null) await copyOwnership(temp, handle, old.facts);
      crashPoint('write.mid');
      await onDisk('write', temp, () => writeAll(handle, bytes));
      // Never tried again: after a failed fsync the kernel may have dropped the pages and report success next time.
      await onDisk('fsync', temp, () => handle.sync());
    }),
  );
  await confirm(temp, bytes, files);
}

async function copyOwnership(temp: string, handle: OpenFile, old: FileFacts): Promise<void> {
  const own = await onDisk('stat', temp, () => handle.stat());
  // Only root may give a file away; for others the new file is their own, as it is with every editor.
  if (own.uid !== old.uid || own.gid !== old.gid) await handle.chown(old.uid, old.gid).catch(() => {});
  await onDisk('chmod', temp, () => handle.chmod(old.mode & 0o7777));
}

async function refuseChanged(file: string, old: Old | null, files: FileOperations): Promise<void> {
  const now = await files.lstat(file).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw diskError('stat', file, error);
  });
  const same = (key: 'ino' | 'size' | 'mtimeMs') => now?.[key] === old?.facts[key];
  if (!same('ino') || !same('size') || !same('mtimeMs')) throw refused(file, 'it changed while it was being written');
}

async function confirm(file: string, bytes: Uint8Array, files: FileOperations): Promise<void> {
  const found = await onDisk('read', file, async () => {
    const handle = await files.open(file, existing);
    return closing(handle, () => readAll(handle));
  });
  if (sha256(found) !== sha256(bytes)) throw new PrdError({ code: 'disk', operation: 'confirm', file, errno: 'EIO' });
}

async function unlinkTwice(temp: string, files: FileOperations): Promise<void> {
  await files.unlink(temp).catch(() => files.unlink(temp).catch(() => {}));
}

async function readAll(handle: OpenFile): Promise<Buffer> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(size + 1);
  for (let done = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, done);
    done += bytesRead;
    if (bytesRead === 0 || done === buffer.length) return buffer.subarray(0, done);
  }
}

function refused(file: string, why: string): PrdError {
  return new PrdError({ code: 'edit-refused', file, why });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
