/** The face of processes: what it means to run a command. The one adapter is `host/command.ts`. */

export interface CommandSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The exact environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Wall clock. The whole tree is ended then: TERM, grace, KILL. */
  readonly timeoutMs: number;
  /** Ends the command when no output arrives for this long. */
  readonly idleMs?: number;
  /** Given to the child and then closed. Absent: the child reads end of file at once. */
  readonly input?: string;
  /** Bytes of output per stream after which the command is ended. Default 50 MB. */
  readonly maxBytes?: number;
  /** Folder for the full logs; created if missing. Absent: they are removed when the command ends. */
  readonly logDir?: string;
  readonly signal?: AbortSignal;
  /**
   * The program makes a namespace for all that it starts, and tells on descriptor 3 which process it ends with
   * (`--info-fd 3` of bubblewrap): the command is over when that one is.
   */
  readonly box?: boolean;
  /** Whole lines of stdout while the command runs (for agents that speak JSON lines). */
  readonly onLine?: (line: string) => void;
}

export interface CommandOutput {
  /** The first and last part, at most 1 MB together; `cut` bytes are missing between them. */
  readonly text: string;
  readonly bytes: number;
  readonly cut: number;
  /** Full log, when `logDir` was given. */
  readonly file: string | null;
}

export interface CommandResult {
  /** A number only when the command ran and ended by itself. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The timeout was that of silence (`idleMs`). */
  readonly idle?: boolean;
  readonly cancelled: boolean;
  /** Ended because it wrote too much. */
  readonly flooded: boolean;
  /** errno name when the program could not be started at all: `ENOENT` for the program, `ENOTDIR` for `cwd`. */
  readonly notStarted: string | null;
  readonly durationMs: number;
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
}

/** Small commands that we trust (git, `--version` probes): pipes, no log, no sweep. */
export interface TrustedSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Default 256 MB. */
  readonly maxBytes?: number;
}

export interface TrustedResult {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly notStarted: string | null;
  readonly timedOut: boolean;
}

export interface Commands {
  /**
   * Runs a command that we do not trust. Resolves for every outcome, within `timeoutMs` plus a grace of 2 s, with the
   * whole process tree gone (what left the group is found by an environment marker where the platform allows).
   */
  run(spec: CommandSpec): Promise<CommandResult>;
  /** Resolves for every outcome. */
  runTrusted(spec: TrustedSpec): Promise<TrustedResult>;
  /** Ends every live tree. Harmless when called twice. */
  endAll(): Promise<void>;
}
