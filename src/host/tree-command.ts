import { randomUUID } from 'node:crypto';
import { closeSync } from 'node:fs';
import { boxTree } from './box-end.ts';
import { broken } from './crash-point.ts';
import { headAndTail } from './head-and-tail.ts';
import { type OutputFile, openInput, openOutput } from './output-file.ts';
import type { CommandOutput, CommandResult, CommandSpec } from './process.ts';
import { jobVariable } from './process-table.ts';
import { processTree } from './process-tree.ts';
import type { Redactor } from './redact.ts';
import { redactLog } from './redact-log.ts';
import { type CommandContext, nothing, type Started } from './start.ts';
import { type Ended, superviseTree } from './supervise-tree.ts';
import { defaultMaxBytes } from './watch.ts';

/**
 * Runs a command that we do not trust; the contract is `Commands.run`. Rejects only with `PrdError` (`disk`) when its
 * logs cannot be kept, and with what `onLine` threw.
 */
export async function runTree(spec: CommandSpec, context: CommandContext): Promise<CommandResult> {
  const startedAt = performance.now();
  const streams: OutputFile[] = [];
  const open = (name: string) => {
    const stream = openOutput(name, spec.logDir, context.tempDir);
    streams.push(stream);
    return stream;
  };
  try {
    const [stdout, stderr] = [open('stdout'), open('stderr')];
    const ended = await runInto(stdout, stderr, spec, context);
    const durationMs = performance.now() - startedAt;
    const keep = (stream: OutputFile) => keepOutput(stream, spec.maxBytes ?? defaultMaxBytes, context.redactor);
    return { ...outcomeOf(ended), durationMs, stdout: await keep(stdout), stderr: await keep(stderr) };
  } finally {
    for (const stream of streams) stream.close();
  }
}

async function runInto(
  stdout: OutputFile,
  stderr: OutputFile,
  spec: CommandSpec,
  context: CommandContext,
): Promise<Ended> {
  if (spec.signal?.aborted) return { exit: nothing, reason: 'cancelled' };
  const job = jobOf(spec, context);
  const info = spec.box === true ? openOutput('box', undefined, context.tempDir) : null;
  try {
    const output = info === null ? ([stdout.fd, stderr.fd] as const) : ([stdout.fd, stderr.fd, info.fd] as const);
    const { pid, exit } = start(spec, job, output, context);
    if (pid === null) return { exit: await exit, reason: null };
    context.onSpawn(pid);
    const tree = info === null ? processTree(pid, job) : boxTree(pid, job, () => info.read(0, maxInfo).toString());
    return await superviseTree(spec, { exit, tree, stdout, stderr, live: context.live });
  } finally {
    info?.close();
  }
}

/** bubblewrap tells a dozen numbers. */
const maxInfo = 4_096;

// One id for each command, below the marker of its attempt: parallel commands must not sweep each other.
function jobOf(spec: CommandSpec, { marker }: CommandContext): string {
  const head = spec.env[jobVariable] ?? marker;
  return head === null ? randomUUID() : `${head}.${randomUUID()}`;
}

type Output = readonly [stdout: number, stderr: number, info?: number];

function start(spec: CommandSpec, job: string, output: Output, context: CommandContext): Started {
  const stdin = spec.input === undefined ? 'ignore' : openInput(spec.input, context.tempDir);
  // A copy of prd inside a command of prd extends the chain, so that the outer sweep finds what the inner one left.
  const chain = context.outerJob === null ? job : `${context.outerJob}/${job}`;
  try {
    const job = { ...spec, env: { ...spec.env, [jobVariable]: chain } };
    if (__PRD_TEST__ && broken('pipes')) return context.start(job, [stdin, 'pipe', 'pipe']);
    return context.start(job, [stdin, ...output]);
  } finally {
    if (stdin !== 'ignore') closeSync(stdin);
  }
}

function outcomeOf({ exit, reason }: Ended) {
  return {
    // What we ended did not end by itself, whatever number it left with.
    exitCode: reason === null ? exit.exitCode : null,
    signal: exit.signal,
    notStarted: exit.notStarted,
    timedOut: reason === 'wall' || reason === 'idle',
    idle: reason === 'idle',
    cancelled: reason === 'cancelled',
    flooded: reason === 'flood',
  };
}

async function keepOutput(stream: OutputFile, maxBytes: number, redactor: Redactor | null): Promise<CommandOutput> {
  const bytes = stream.size();
  const shown = headAndTail(stream, redactor);
  stream.cutTo(maxBytes);
  if (redactor !== null) await redactLog(stream, redactor);
  return { ...shown, bytes, file: stream.file };
}
