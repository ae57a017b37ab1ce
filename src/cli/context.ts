import { homedir } from 'node:os';
import type { Command } from 'commander';
import type { Out, Paint } from '../report/reporter.ts';
import type { ExitCode } from './exit-codes.ts';
import { type Env, hasColor, hasUnicode } from './terminal.ts';
import { version } from './version.ts';

/** The process as `main` sees it: a test passes a small fake and reads what was written. */
export interface Io {
  readonly argv: readonly string[];
  readonly env: Env;
  readonly platform: string;
  readonly stdin: Input;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  cwd(): string;
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
}

export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
}

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
  once?(event: 'error', listener: () => void): unknown;
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Where commands run. */
  readonly sandbox?: 'auto' | 'none' | 'guard' | 'os';
  /** Run this repository's commands without asking, this once. */
  readonly trust?: boolean;
  /** False after `--no-input`. */
  readonly input?: boolean;
}

/** What a command may use of the outside. */
export interface Context {
  readonly version: string;
  readonly env: Env;
  readonly cwd: string;
  /** The user's home folder. */
  readonly home: string;
  readonly platform: string;
  readonly stdin: Input;
  readonly stdout: Out;
  readonly stderr: Out;
  /** Read when asked for, because the flags are known only once the command line is parsed. */
  readonly flags: GlobalFlags;
  /** Whether the command was asked for JSON, so that a failure is a JSON document too. */
  readonly json: boolean;
  /** Records the exit code; nothing here ends the process. */
  settle(code: ExitCode): void;
  /** What was settled; null when no command ever did. */
  readonly settled: ExitCode | null;
  /** Loads the painter if a stream has colour. Called before anything is printed. */
  dress(): Promise<void>;
  /** Names the journal of the run that goes on, for the report of a bug. */
  useJournal(file: string): void;
  readonly journal: string | null;
  /** Listens to a signal until the returned function is called. */
  onSignal(signal: Signal, listener: () => void): () => void;
}

/** The body of a command. Returns the exit code; throws only `PrdError`. */
export type Run<Options> = (options: Options, context: Context) => Promise<ExitCode>;

const unpainted: Paint = { good: same, bad: same, warn: same, accent: same, strong: same, faint: same };

/** The context of one invocation of `prd`. */
export function openContext(io: Io, program: Command): Context {
  let settled: ExitCode | null = null;
  let journal: string | null = null;
  let paint = unpainted;
  const flags = (): GlobalFlags => program.opts();
  const stdout = openOut(io.stdout, io, flags, () => paint);
  const stderr = openOut(io.stderr, io, flags, () => paint);
  return {
    version,
    env: io.env,
    cwd: io.cwd(),
    home: io.env.HOME || io.env.USERPROFILE || homedir(),
    platform: io.platform,
    // Touching the real one opens it.
    get stdin() {
      return io.stdin;
    },
    stdout,
    stderr,
    get flags() {
      return flags();
    },
    get json() {
      return program.commands.some((command) => asksForJson(command.opts()));
    },
    get settled() {
      return settled;
    },
    settle: (code) => {
      settled = code;
    },
    dress: async () => {
      if (stdout.color || stderr.color) paint = (await import('./style.ts')).openPaint();
    },
    get journal() {
      return journal;
    },
    useJournal: (file) => {
      journal = file;
    },
    onSignal: (signal, listener) => {
      io.on(signal, listener);
      return () => io.off(signal, listener);
    },
  };
}

/** Only the command that was called has parsed anything, so one that has the flag is the one. */
function asksForJson(flags: { readonly json?: unknown; readonly format?: unknown }): boolean {
  return flags.json === true || flags.format === 'json';
}

function openOut(stream: OutputStream, io: Io, flags: () => GlobalFlags, paint: () => Paint): Out {
  const isTTY = stream.isTTY === true;
  let closed = false;
  // The state of the stream itself does not tell: Node revives the outputs of a process after each error.
  stream.once?.('error', () => {
    closed = true;
  });
  const color = (): boolean => hasColor(flags().color, io.env, { isTTY });
  return {
    write: (text) => void stream.write(text),
    isTTY,
    get closed() {
      return closed;
    },
    get columns() {
      return stream.columns ?? 0;
    },
    get color() {
      return color();
    },
    get paint() {
      return color() ? paint() : unpainted;
    },
    unicode: hasUnicode(io.env, io.platform, isTTY),
    ...(isTTY ? { stream: stream as NodeJS.WriteStream } : {}),
  };
}

function same(text: string): string {
  return text;
}
