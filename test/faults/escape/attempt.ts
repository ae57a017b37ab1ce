/** What an attempt can aim at: all of it lies outside of what a command or a tool may touch. */
export interface Target {
  /** Of the attempt, from 1. */
  readonly n: number;
  /** A file that must not come to be. */
  readonly out: string;
  /** A file that holds the token, for tools that cannot print. */
  readonly secret: string;
  readonly secrets: string;
  /** The user's repository, home and the folders of `prd`. */
  readonly repo: string;
  readonly home: string;
  readonly state: string;
  /** The key of the model. */
  readonly key: string;
  /** Shell words that print the token. */
  readonly got: string;
  /** Where somebody listens: a port of the loopback, path sockets in the folder for temporary files and in the home. */
  readonly port: number;
  readonly sockets: readonly [tmp: string, home: string];
  readonly abstract: string;
}

export interface Call {
  readonly tool: string;
  readonly input: unknown;
}

/** One way out, named after the advisory or the row of threats it comes from. */
export interface Attempt {
  readonly name: string;
  /** `run`: a command of the agent. `verify`, `setup`: commands of the repository. `tools`: calls of file tools. */
  readonly by: 'run' | 'verify' | 'setup' | 'tools';
  readonly calls: (target: Target) => readonly Call[];
  /** `verify` and `setup`. */
  readonly script: (target: Target) => string;
}

type Script = (target: Target) => string;

/** A command of the agent. */
export function run(name: string, script: Script): Attempt {
  return { name, by: 'run', script, calls: (target) => [command(script(target))] };
}

export function verify(name: string, script: Script): Attempt {
  return { name, by: 'verify', script, calls: () => [] };
}

export function setup(name: string, script: Script): Attempt {
  return { name, by: 'setup', script, calls: () => [] };
}

export function tools(name: string, calls: (target: Target) => readonly Call[]): Attempt {
  return { name, by: 'tools', calls, script: () => '' };
}

export function command(script: string, more: object = {}): Call {
  return { tool: 'run', input: { command: script, timeout_s: 20, ...more } };
}

export function write(path: string, content = 'escaped\n'): Call {
  return { tool: 'write', input: { path, content } };
}

export function read(path: string): Call {
  return { tool: 'read', input: { files: [{ path }] } };
}

export function edit(path: string): Call {
  return { tool: 'edit', input: { path, edits: [{ old: '', new: 'escaped\n' }] } };
}

export function search(pattern: string, glob?: string): Call {
  return { tool: 'search', input: { pattern, ...(glob !== undefined && { glob }) } };
}
