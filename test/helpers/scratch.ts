import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
/** What all suites together have been seen to need, several times over. */
const neededBytes = 2 * 1024 ** 3;

/**
 * Lets tests write to memory where the machine has that; a `TMPDIR` that is set counts. They make and remove hundreds of
 * thousands of small files, and an ext4 without a journal then takes a millisecond to make the next one: for each it passes
 * over all that were removed in the last minute. Returns what removes the folder.
 */
export function useMemoryForScratch(): () => void {
  const folder = process.env.TMPDIR === undefined ? memoryFolder() : null;
  if (folder === null) return () => {};
  process.env.TMPDIR = folder;
  return () => {
    delete process.env.TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Null: there is none, it is too small (containers get 64 MB), or programs may not be started from it. */
function memoryFolder(): string | null {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < neededBytes) return null;
    const folder = mkdtempSync(join(memory, 'prd-tests-'));
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    execFileSync(program);
    return folder;
  } catch {
    return null;
  }
}
