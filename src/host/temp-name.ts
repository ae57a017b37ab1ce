import { randomUUID } from 'node:crypto';
import { readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readProcess } from './process-table.ts';

/** Name of a file that stands beside the one it will replace. It says who writes it, so that a killed writer's can go. */
export function tempName(): string {
  return `.prd-${owner()}-${randomUUID()}.tmp`;
}

/** Start of the name of a temporary file or folder for one purpose, such as `probe`, that says whose it is. */
export function tempPrefix(purpose: string): string {
  return `prd-${purpose}-${owner()}-`;
}

/** Removes files and folders of this purpose that killed owners left. What cannot be removed is left to the next one. */
export async function clearDead(folder: string, purpose: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(`prd-${purpose}-`)) continue;
    const [, pid, startTicks] = /-(\d+)-(\d+)-[^-]*$/.exec(name) ?? [];
    if (pid === undefined || readProcess(Number(pid))?.startTicks === startTicks) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

let known: string | null = null;

function owner(): string {
  known ??= `${process.pid}-${readProcess(process.pid)?.startTicks ?? 'unknown'}`;
  return known;
}

/** Removes what killed writers left in a folder. What cannot be removed is left to the next one. */
export async function clearDeadTemps(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isDead)) await unlink(join(folder, name)).catch(() => {});
}

function isDead(name: string): boolean {
  const [, pid, startTicks] = /^\.prd-(\d+)-(\d+)-[0-9a-f-]{36}\.tmp$/.exec(name) ?? [];
  return pid !== undefined && readProcess(Number(pid))?.startTicks !== startTicks;
}
