import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execa, type Options, type Result } from 'execa';
import { openLiveTrees } from './live-trees.ts';
import type { Commands } from './process.ts';
import { jobVariable } from './process-table.ts';
import { sweepJob } from './process-tree.ts';
import type { Redactor } from './redact.ts';
import type { Exit, Input, Start, StartSpec, Stdio } from './start.ts';
import { runTree } from './tree-command.ts';
import { runTrusted } from './trusted-command.ts';

export interface CommandsOptions {
  /** Where nameless logs and inputs live. Default: the folder of the system. */
  readonly tempDir?: string;
  /** Head of every job id, for commands whose environment holds none. Default: a fresh uuid for each command. */
  readonly marker?: string;
  readonly onSpawn?: (pid: number) => void;
  /** Applied to the output of `run`: to its text and to its logs, not to the lines for `onLine`. */
  readonly redactor?: Redactor;
}

/** The one adapter of `Commands`. Holds no resource while nothing runs. */
export function openCommands(options: CommandsOptions = {}): Commands {
  const live = openLiveTrees();
  const context = {
    live,
    start,
    tempDir: options.tempDir ?? tmpdir(),
    marker: options.marker ?? null,
    outerJob: process.env[jobVariable] ?? null,
    onSpawn: options.onSpawn ?? (() => {}),
    redactor: options.redactor ?? null,
  };
  return {
    run: (spec) => runTree(spec, context),
    runTrusted: (spec) => runTrusted(spec, context),
    endAll: () => live.endAll(),
  };
}

/** Ends processes that earlier runs left behind. Returns how many; 0 where there is no `/proc`. */
export async function sweepMarker(marker: string): Promise<number> {
  // A short or empty marker could stand in the environment of a stranger.
  return /^[\w.-]{8,}$/.test(marker) ? sweepJob(marker) : 0;
}

const start: Start = (spec, stdio, input) => {
  try {
    const child = execa(spec.file, spec.args, executionOptions(spec, stdio, input));
    const exit = child.then((result) => exitOf(result, spec.cwd));
    return { pid: child.pid ?? null, exit, stdout: child.stdout, stderr: child.stderr };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // An argument with a NUL byte: execa refuses it before it asks the system.
    return { pid: null, exit: Promise.resolve(notStarted('EINVAL')), stdout: null, stderr: null };
  }
};

// `detached` gives the command its own group, which is what we end. `cleanup` and `timeout` of execa do not reach
// grandchildren, and while one of them holds a pipe execa does not settle.
function executionOptions({ cwd, env }: StartSpec, stdio: Stdio, input: Input | undefined): Options {
  return {
    cwd,
    env,
    extendEnv: false,
    detached: true,
    reject: false,
    cleanup: false,
    buffer: false,
    windowsHide: true,
    verbose: 'none',
    // The types of execa know only the descriptors 0 to 2, its code takes any.
    stdio: [...stdio] as Options['stdio'] & {},
    ...(input === undefined ? {} : { input }),
  };
}

function exitOf(result: Pick<Result, 'exitCode' | 'signal' | 'code'>, cwd: string): Exit {
  const { exitCode, signal, code } = {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    code: result.code,
  };
  if (exitCode !== null || signal !== null) return { exitCode, signal, notStarted: null };
  // The system says ENOENT for a missing folder, too.
  return notStarted(code === 'ENOENT' && !existsSync(cwd) ? 'ENOTDIR' : (code ?? 'UNKNOWN'));
}

function notStarted(errno: string): Exit {
  return { exitCode: null, signal: null, notStarted: errno };
}
