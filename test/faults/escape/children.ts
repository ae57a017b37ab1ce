import { copyFileSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openCommands } from '../../../src/host/command.ts';
import type { Sandbox } from '../../../src/host/sandbox.ts';
import { nastyChildren } from '../../host/nasty-children.ts';

/** The 20th drops the marker as well as the group: at `guard` nothing can tell it from a stranger. */
const all: typeof nastyChildren = [
  ...nastyChildren,
  ['one that drops its marker', 'env -i setsid $NAP 60 & sleep 0.1; exit 0', {}],
];

export const childrenCount = all.length;

/** Runs 20 children that do not want to end, in a sandbox. Returns what those are whose command left a process behind. */
export async function survivors(sandbox: Sandbox): Promise<readonly string[]> {
  const left: string[] = [];
  for (const [what, script, { timedOut = false }] of all) {
    if (await leavesOne(sandbox, script, timedOut ? 500 : 20_000)) left.push(what);
  }
  return left;
}

async function leavesOne(sandbox: Sandbox, script: string, timeoutMs: number): Promise<boolean> {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'prd-lab-')));
  const nap = join(cwd, 'nap');
  copyFileSync('/bin/sleep', nap);
  const command = sandbox.enclose({ file: 'sh', args: ['-c', script], cwd }, { writable: [cwd] });
  const env = { PATH: process.env.PATH ?? '', NAP: nap };
  await openCommands({ tempDir: cwd }).run({ ...command, env, timeoutMs, maxBytes: 5_000_000 });
  const alive = living(nap);
  for (const pid of alive) process.kill(pid, 'SIGKILL');
  // A program that runs cannot be removed on every file system.
  if (alive.length > 0) await delay(50);
  await rm(cwd, { recursive: true, force: true });
  return alive.length > 0;
}

function living(program: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && programOf(pid) === program);
}

function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[0] ?? '';
  } catch {
    return '';
  }
}
