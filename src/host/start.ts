import type { Readable } from 'node:stream';
import type { LiveTrees } from './live-trees.ts';
import type { TrustedSpec } from './process.ts';
import type { Redactor } from './redact.ts';

/** How a process ended, or the errno name that kept it from starting. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly notStarted: string | null;
}

/** The end of a process of which nothing is known. */
export const nothing: Exit = { exitCode: null, signal: null, notStarted: null };

export interface Started {
  /** Null when the program could not be started. */
  readonly pid: number | null;
  /** Never rejects. With pipes it waits for their end, too. */
  readonly exit: Promise<Exit>;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

export type StartSpec = Pick<TrustedSpec, 'file' | 'args' | 'cwd' | 'env'>;
export type Input = NonNullable<TrustedSpec['input']>;
type Stdin = number | 'ignore' | 'pipe';
type Output = number | 'pipe';
export type Stdio = readonly [stdin: Stdin, stdout: Output, stderr: Output, info?: number];

/** Starts a process in a group of its own with exactly the given environment. Every outcome is in `exit`. */
export type Start = (spec: StartSpec, stdio: Stdio, input?: Input) => Started;

export interface CommandContext {
  readonly live: LiveTrees;
  readonly start: Start;
  readonly tempDir: string;
  readonly marker: string | null;
  /** The job this copy of `prd` runs in itself, if another one started it. */
  readonly outerJob: string | null;
  readonly onSpawn: (pid: number) => void;
  readonly redactor: Redactor | null;
}
