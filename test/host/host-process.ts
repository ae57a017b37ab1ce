import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

export interface HostProcess {
  readonly child: ChildProcess;
  /** Resolves with the line once it was printed. */
  line(text: string): Promise<void>;
  printed(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Starts a copy of our own code as a process: the script may import by `#src/…` whatever `src/` exports. */
export async function startHost(script: string, ...args: string[]): Promise<HostProcess> {
  const file = await buildHost(script);
  return hostProcess(spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** The path of the program that `startHost` starts. */
export async function buildHost(script: string): Promise<string> {
  const file = join(tempFolder(), 'host.mjs');
  await build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: 'ts' },
    alias: { '#src': join(process.cwd(), 'src') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: file,
    define: { __PRD_TEST__: 'true' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return file;
}

function hostProcess(child: ChildProcess): HostProcess {
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    child.emit('printed');
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  return {
    child,
    ended,
    printed: () => printed,
    line: async (text) => {
      while (!printed.split('\n').includes(text)) await once(child, 'printed');
    },
  };
}
