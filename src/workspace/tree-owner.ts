import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { readProcess } from '../host/process-table.ts';

/** Notes that this process opened a tree. */
export async function writeOwner(file: string): Promise<void> {
  const owner = { pid: process.pid, startTicks: readProcess(process.pid)?.startTicks ?? null };
  await writeFile(file, JSON.stringify(owner));
}

/** Name of a tree's folder before it holds its owner's note. */
export function draftName(): string {
  return `making-${process.pid}-${readProcess(process.pid)?.startTicks ?? 'unknown'}-${randomBytes(4).toString('hex')}`;
}

/** Does the maker of the draft with this name live? Null: it is no draft's name. */
export function draftLives(name: string): boolean | null {
  const [, pid, startTicks] = /^making-(\d+)-(\d+|unknown)-[0-9a-f]{8}$/.exec(name) ?? [];
  if (pid === undefined) return null;
  if (startTicks === 'unknown') return processExists(Number(pid));
  return readProcess(Number(pid))?.startTicks === startTicks;
}

/** Does the process that wrote the note live? A note that cannot be read says yes: nothing is deleted on a guess. */
export async function ownerLives(file: string): Promise<boolean> {
  const { pid, startTicks } = parseOwner(await readFile(file, 'utf8').catch(() => ''));
  if (pid === null) return true;
  if (startTicks !== null) return readProcess(pid)?.startTicks === startTicks;
  return processExists(pid);
}

function parseOwner(text: string): { readonly pid: number | null; readonly startTicks: string | null } {
  const [, pid, startTicks] = /^\{"pid":(\d+),"startTicks":(?:"(\d+)"|null)\}$/.exec(text) ?? [];
  return { pid: pid === undefined ? null : Number(pid), startTicks: startTicks ?? null };
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
