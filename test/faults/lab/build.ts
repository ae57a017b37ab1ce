import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** A build of `prd` with its fault hooks, in a folder of its own: two labs may run at once. */
export interface Lab {
  /** Program and first arguments of a `prd` from this build. */
  readonly program: readonly [file: string, ...args: string[]];
  /** Goes into the environment of every `prd`: what is broken in this lab. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export async function buildLab(): Promise<Lab> {
  const folder = join('node_modules/.cache/prd-faults', randomUUID());
  await promisify(execFile)(process.execPath, ['build.mjs', '--test', `--out=${folder}`]);
  const program = [process.execPath, resolve('test/faults/lab/prd.mjs'), resolve(folder, 'main.js')] as const;
  return { program, env: {}, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The same build with one defence switched off. */
export function brokenLab(lab: Lab, name: string): Lab {
  return { ...lab, env: { ...lab.env, PRD_BREAK: name } };
}
