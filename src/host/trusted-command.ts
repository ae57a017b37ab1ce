import type { Readable } from 'node:stream';
import { failureOf } from './fail-nth.ts';
import type { TrustedResult, TrustedSpec } from './process.ts';
import { type ProcessGroup, processGroup } from './process-tree.ts';
import type { CommandContext, Exit, Started } from './start.ts';

/** For commands that name none: long enough for git on a large repository, short enough to be noticed. */
const defaultTimeoutMs = 10 * 60_000;
const defaultMaxBytes = 256 * 1024 * 1024;
const graceMs = 2_000;

type Cut = 'timeout' | 'too-much' | 'cancelled';

/** Runs a small command that we trust, with pipes; the contract is `Commands.runTrusted`. */
export async function runTrusted(spec: TrustedSpec, context: CommandContext): Promise<TrustedResult> {
  const failure = __PRD_TEST__ ? failureOf('git') : null;
  if (failure !== null) return failedAsGit(failure);
  const started = context.start(spec, [spec.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], spec.input);
  if (started.pid === null) return notStarted(await started.exit);
  context.onSpawn(started.pid);
  const run = supervise(started, processGroup(started.pid), spec);
  const entry = { cancel: run.cancel, kill: run.kill, ended: run.result };
  context.live.add(entry);
  return run.result.finally(() => context.live.delete(entry));
}

function supervise(started: Started, group: ProcessGroup, spec: TrustedSpec) {
  let cut: Cut | null = null;
  const end = (why: Cut) => {
    if (cut !== null) return;
    cut = why;
    void group.end(graceMs).then(() => {
      // What left the group may still hold the pipes; nobody reads them any more.
      started.stdout?.destroy();
      started.stderr?.destroy();
    });
  };
  const onTooMuch = () => end('too-much');
  const stdout = collect(started.stdout, spec.maxBytes ?? defaultMaxBytes, onTooMuch);
  const stderr = collect(started.stderr, spec.maxBytes ?? defaultMaxBytes, onTooMuch);
  const timer = setTimeout(() => end('timeout'), spec.timeoutMs ?? defaultTimeoutMs);
  const result = started.exit.then((exit): TrustedResult => {
    clearTimeout(timer);
    const said = cut === 'too-much' ? '\noutput too large' : '';
    return {
      exitCode: cut === null ? exit.exitCode : null,
      stdout: stdout(),
      stderr: stderr().toString('utf8') + said,
      notStarted: null,
      timedOut: cut === 'timeout',
    };
  });
  return { result, cancel: () => end('cancelled'), kill: () => group.signal('SIGKILL') };
}

function notStarted(exit: Exit): TrustedResult {
  return { exitCode: null, stdout: Buffer.alloc(0), stderr: '', notStarted: exit.notStarted, timedOut: false };
}

/** What the lab makes of an error of the system: git either cannot start, or says so and fails. */
function failedAsGit({ code = 'EIO' }: NodeJS.ErrnoException): TrustedResult {
  const none = { stdout: Buffer.alloc(0), timedOut: false };
  if (code === 'EMFILE') return { ...none, exitCode: null, stderr: '', notStarted: code };
  return { ...none, exitCode: 128, stderr: `fatal: unable to write file: ${code}`, notStarted: null };
}

function collect(stream: Readable | null, maxBytes: number, onTooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) onTooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
}
