import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { broken } from '../host/crash-point.ts';
import { closing, diskError, errnoOf, onDisk, systemFiles, writeAll } from '../host/file-operations.ts';
import { PrdError } from '../problem.ts';
import { holderText, type LockHolder, parseHolder } from './lock-holder.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_WRONLY } = constants;
/** Everybody may see who holds the lock of a repository. */
const mode = 0o644;

/** Writes the holder to a file of its own, on disk when this resolves: a lock never exists without its content. */
export async function writeDraft(draft: string, holder: LockHolder): Promise<void> {
  await onDisk('create', draft, async () => {
    const handle = await systemFiles.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    await closing(handle, async () => {
      await writeAll(handle, Buffer.from(holderText(holder)));
      await handle.sync();
    });
  });
}

/** Gives the draft a second name. False when that name is taken. */
export async function link(draft: string, file: string): Promise<boolean> {
  try {
    await fs.link(draft, file);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (withoutLinks.has(errnoOf(error))) return copy(draft, file);
    throw diskError('link', file, error);
  }
}

/** The holder in a lock file; null if there is no file. Rejects with `lock-unreadable` if it holds anything else. */
export async function readHolder(file: string): Promise<LockHolder | null> {
  for (let look = 0; ; look += 1) {
    const text = await readText(file);
    const holder = text === null ? null : parseHolder(text);
    if (text === null || holder !== null) return holder;
    if (__PRD_TEST__ && broken('bad-lock-is-free')) return removeFile(file).then(() => null);
    if (look === looks) throw unreadable(file);
    await delay(lookMs);
  }
}

export async function move(from: string, to: string): Promise<void> {
  await onDisk('rename', to, () => fs.rename(from, to));
}

export async function removeFile(file: string): Promise<void> {
  await onDisk('remove', file, () => fs.rm(file, { force: true }));
}

/** Removes drafts and claims that dead processes left beside the lock. Only for the holder of the lock. */
export async function clearRemains(file: string, dead: (holder: LockHolder) => boolean): Promise<void> {
  const own = `${basename(file)}.`;
  const names = await onDisk('read', dirname(file), () => fs.readdir(dirname(file)));
  for (const name of names.filter(
    (name) => name.startsWith(own) && /^(after-)?[0-9a-f-]{36}$/.test(name.slice(own.length)),
  )) {
    const remains = join(dirname(file), name);
    // What is not readable as a holder is not ours to judge.
    const holder = await readHolderOnce(remains).catch(() => null);
    if (holder !== null && dead(holder)) await removeFile(remains);
  }
}

/** FAT and some network file systems know no hard links. */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
// Only a copy can be seen half done.
const looks = 5;
const lookMs = 20;

async function copy(draft: string, file: string): Promise<boolean> {
  try {
    await fs.copyFile(draft, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw diskError('create', file, error);
  }
}

async function readHolderOnce(file: string): Promise<LockHolder | null> {
  return parseHolder((await readText(file)) ?? '');
}

async function readText(file: string): Promise<string | null> {
  try {
    const handle = await fs.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return await handle.readFile('utf8').finally(() => handle.close());
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    // A link, a folder, a file we may not read: somebody's, but no lock we understand.
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause?: unknown): PrdError {
  return new PrdError({ code: 'lock-unreadable', file }, { cause });
}
