import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { boxMasks, isWithin } from '../../../src/host/box-masks.ts';

/** What shapes may need beside node, git and a shell. */
export type Tool = 'pytest' | 'make' | 'cargo' | 'vitest' | 'tsc' | 'biome' | 'prove' | 'gcc' | 'npm' | 'java';

const probes: Readonly<Record<Tool, () => boolean>> = {
  pytest: () => python !== null && runs(python, ['-m', 'pytest', '--version']),
  make: () => runs('make', ['--version']),
  cargo: () => runs('cargo', ['--version']),
  vitest: () => isInstalled('vitest'),
  tsc: () => isInstalled('typescript'),
  biome: () => isInstalled('@biomejs/biome'),
  prove: () => runs('prove', ['--version']),
  gcc: () => runs('gcc', ['--version']),
  npm: () => runs('npm', ['--version']),
  java: () => runs('javac', ['--version']),
};

/** The interpreter itself: a version manager's shim does not find it in a home of its own. */
const python = output('python3', ['-c', 'import sys; print(sys.executable)']);

const known = new Map<Tool, boolean>();

export function hasTool(tool: Tool): boolean {
  const found = known.get(tool) ?? probes[tool]();
  known.set(tool, found);
  return found;
}

/** The tools that this machine lacks. */
export function missingTools(tools: readonly Tool[] = []): readonly Tool[] {
  return tools.filter((tool) => !hasTool(tool));
}

/** What a developer's shell has, without a home: programs, and where the toolchains are. */
export function toolEnvironment(): Record<string, string> {
  const home = process.env.HOME ?? '/nowhere';
  const folders = { CARGO_HOME: '.cargo', RUSTUP_HOME: '.rustup', PYENV_ROOT: '.pyenv' };
  const places = Object.entries(folders).map(
    ([name, below]) => [name, process.env[name] ?? join(home, below)] as const,
  );
  const path = python === null ? '' : `${dirname(python)}:`;
  return {
    PATH: `${path}${process.env.PATH ?? ''}`,
    ...Object.fromEntries(places.filter(([, folder]) => existsSync(folder))),
  };
}

/** Our own packages, which a box does not show where our clone lies in a folder that is empty inside. */
function isInstalled(name: string): boolean {
  const folder = resolve('node_modules', name);
  return existsSync(folder) && !boxMasks([]).some((mask) => isWithin(realpathSync(folder), mask));
}

function runs(program: string, args: readonly string[]): boolean {
  return output(program, args) !== null;
}

function output(program: string, args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
