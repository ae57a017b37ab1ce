import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as z from 'zod';
import type { Clock } from '../host/clock.ts';
import { readProcess } from '../host/process-table.ts';

const lockRecord = z.object({
  v: z.literal(1),
  /** Names this one acquisition; no two share it. */
  token: z.uuid(),
  pid: z.number().int().positive(),
  /** Start of the process in clock ticks since boot: tells it from a later one with the same pid. Null: unknown. */
  startTicks: z.string().nullable(),
  bootId: z.string().nullable(),
  /** The namespace in which the pid counts. */
  pidSpace: z.string().nullable(),
  host: z.string(),
  since: z.string(),
});

/** Who holds a lock, as it stands in the lock file. */
export type LockHolder = z.infer<typeof lockRecord>;

/** This process as a holder, with a fresh token. */
export function thisHolder(clock: Clock): LockHolder {
  return {
    v: 1,
    token: randomUUID(),
    pid: process.pid,
    startTicks: readProcess(process.pid)?.startTicks ?? null,
    bootId: readQuietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidSpace: readQuietly(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
    since: clock.now().toISOString(),
  };
}

/** The holder in the text of a lock file, or null if it is none: that is never the same as "nobody". */
export function parseHolder(text: string): LockHolder | null {
  try {
    return lockRecord.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function holderText(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/**
 * What became of a holder, as seen from `self`. `dead` only if that is certain; a holder whose processes we cannot see
 * counts as running.
 */
export function holderState(holder: LockHolder, self: LockHolder): 'running' | 'stopped' | 'dead' {
  if (!sameMachine(holder, self)) return 'running';
  if (holder.bootId !== self.bootId) return 'dead';
  if (!processExists(holder.pid)) return 'dead';
  // Without start times (no /proc) a pid that exists must be taken for the holder.
  if (holder.startTicks === null || self.startTicks === null) return 'running';
  const now = readProcess(holder.pid);
  if (now?.startTicks !== holder.startTicks) return 'dead';
  return now.state === 'T' || now.state === 't' ? 'stopped' : 'running';
}

// The name of a machine may change while it runs; the namespace of the pid tells then. Two containers of one machine
// share neither name nor namespace.
function sameMachine(holder: LockHolder, self: LockHolder): boolean {
  if (holder.host === self.host) return true;
  return holder.bootId !== null && holder.bootId === self.bootId && holder.pidSpace === self.pidSpace;
}

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readQuietly(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
