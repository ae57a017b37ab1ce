import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Io, Signal } from '../../src/cli/context.ts';
import { main } from '../../src/main.ts';

export type Way = 'in process' | 'spawned';

export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Expected = string | RegExp;

const bin = resolve('bin/prd.js');

/** One invocation of `prd` in a folder of its own. What is not stated must be empty, or 0. */
export function prdTest(): PrdTest {
  return new PrdTest();
}

/** A fluent case is the one place where a class reads better than an object. */
class PrdTest {
  private readonly files = new Map<string, string>();
  private readonly written = new Map<string, Expected>();
  private readonly variables: Record<string, string> = {};
  private argv: readonly string[] = [];
  private input = '';
  private terminal = { isTTY: false, columns: 0 };
  private expected: { stdout: Expected; stderr: Expected; exit: number } = { stdout: '', stderr: '', exit: 0 };

  /** A file in the folder, relative to it. */
  file(path: string, content: string | object): this {
    this.files.set(path, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
    return this;
  }

  prd(document: object): this {
    return this.file('PRD.json', document);
  }

  args(...argv: readonly string[]): this {
    this.argv = argv;
    return this;
  }

  env(variables: Readonly<Record<string, string>>): this {
    Object.assign(this.variables, variables);
    return this;
  }

  stdin(text: string): this {
    this.input = text;
    return this;
  }

  /** Both outputs are terminals of this width. In process only. */
  tty(columns: number): this {
    this.terminal = { isTTY: true, columns };
    return this;
  }

  stdout(expected: Expected): this {
    this.expected = { ...this.expected, stdout: expected };
    return this;
  }

  stderr(expected: Expected): this {
    this.expected = { ...this.expected, stderr: expected };
    return this;
  }

  exit(code: number): this {
    this.expected = { ...this.expected, exit: code };
    return this;
  }

  /** What a file of the folder holds afterwards. */
  writes(path: string, expected: Expected): this {
    this.written.set(path, expected);
    return this;
  }

  async run(way: Way = 'in process'): Promise<Ran> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'prd-cli-')));
    try {
      await this.prepare(folder);
      const ran = withoutFolder(await this.start(folder, way), folder);
      expect(ran).toEqual({ exit: this.expected.exit, ...matching(this.expected) });
      for (const [path, expected] of this.written) {
        expect(await readFile(join(folder, 'work', path), 'utf8')).toEqual(matcher(expected));
      }
      return ran;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async prepare(folder: string): Promise<void> {
    for (const name of ['work', 'home']) await mkdir(join(folder, name));
    for (const [path, content] of this.files) {
      const file = join(folder, 'work', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  private start(folder: string, way: Way): Promise<Ran> {
    const env = { PATH: process.env.PATH ?? '', HOME: join(folder, 'home'), ...this.variables };
    const cwd = join(folder, 'work');
    if (way === 'spawned') return spawned(this.argv, { cwd, env, input: this.input });
    return inProcess(fakeIo({ argv: this.argv, env, cwd, input: this.input, terminal: this.terminal }));
  }
}

export interface FakeIo extends Io {
  readonly written: { stdout: string; stderr: string };
  /** Sends a signal to whoever listens. */
  send(signal: Signal): void;
}

/** A process that exists only for `main`. */
export function fakeIo(options: {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string;
  readonly terminal?: { readonly isTTY: boolean; readonly columns: number };
}): FakeIo {
  const written = { stdout: '', stderr: '' };
  const listeners = new Map<Signal, Set<() => void>>();
  const terminal = options.terminal ?? { isTTY: false, columns: 0 };
  const on = (signal: Signal, listener: () => void): void => {
    listeners.set(signal, (listeners.get(signal) ?? new Set()).add(listener));
  };
  return {
    argv: ['node', 'prd', ...options.argv],
    env: options.env ?? {},
    platform: 'linux',
    stdin: { isTTY: false, [Symbol.asyncIterator]: () => once(options.input ?? '') },
    stdout: { ...terminal, write: (text) => (written.stdout += text) },
    stderr: { ...terminal, write: (text) => (written.stderr += text) },
    cwd: () => options.cwd,
    on,
    off: (signal, listener) => listeners.get(signal)?.delete(listener),
    written,
    send: (signal) => {
      for (const listener of listeners.get(signal) ?? []) listener();
    },
  };
}

async function inProcess(io: FakeIo): Promise<Ran> {
  const exit = await main(io);
  return { exit, ...io.written };
}

async function* once(text: string): AsyncGenerator<string> {
  if (text !== '') yield text;
}

/** Runs the real program to its end. */
export function spawned(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string>; readonly input?: string },
): Promise<Ran> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [bin, ...argv], { cwd: options.cwd, env: options.env });
    const written = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
    child.on('error', reject);
    child.on('close', (exit) => settle({ exit, ...written }));
    child.stdin.end(options.input ?? '');
  });
}

function withoutFolder({ exit, stdout, stderr }: Ran, folder: string): Ran {
  return { exit, stdout: stdout.replaceAll(folder, '<folder>'), stderr: stderr.replaceAll(folder, '<folder>') };
}

function matching({ stdout, stderr }: { stdout: Expected; stderr: Expected }): object {
  return { stdout: matcher(stdout), stderr: matcher(stderr) };
}

function matcher(expected: Expected): unknown {
  return typeof expected === 'string' ? expected : expect.stringMatching(expected);
}
