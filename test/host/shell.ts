import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import type { CommandSpec } from '../../src/host/process.ts';
import { tempFolder } from './temp-folder.ts';

export const commands = openCommands();

/** A shell command as a spec; what is not stated is generous. */
export function shell(script: string, options: Partial<CommandSpec> = {}): CommandSpec {
  const env = { PATH: process.env.PATH ?? '', ...options.env };
  return { file: 'sh', args: ['-c', script], cwd: tmpdir(), timeoutMs: 20_000, ...options, env };
}

/** A program that sleeps, under a name of its own: whoever of it lives can be counted without trusting the marker. */
export function napper(): { readonly nap: string; alive(): number[] } {
  const nap = join(tempFolder(), `nap-${randomUUID()}`);
  copyFileSync('/bin/sleep', nap);
  const alive = () => livingWith(nap);
  onTestFinished(() => {
    for (const pid of alive()) process.kill(pid, 'SIGKILL');
  });
  return { nap, alive };
}

/** Living processes of this program. */
function livingWith(program: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && read(`/proc/${pid}/cmdline`).split('\0')[0] === program);
}

/** Waits until the condition holds; the test's own timeout is the limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
