import { tmpdir } from 'node:os';
import type { Commands } from '../host/process.ts';
import { findProgram } from './program.ts';
import type { SetupStep } from './workspace.ts';

/** Asks the programs that setup steps start for their versions, each once. Never in a folder of the repository. */
export function openToolVersions(
  commands: Commands,
  env: NodeJS.ProcessEnv,
): (steps: readonly SetupStep[]) => Promise<Readonly<Record<string, string>>> {
  const known = new Map<string, Promise<string>>();
  const version = (program: string) => {
    const asked = known.get(program) ?? askVersion(commands, env, program);
    known.set(program, asked);
    return asked;
  };
  return async (steps) => {
    const programs = [...new Set(steps.flatMap(({ command }) => programsOf(command)))];
    return Object.fromEntries(await Promise.all(programs.map(async (name) => [name, await version(name)] as const)));
  };
}

/** The program that a command starts, and what it runs on. */
function programsOf(command: string): string[] {
  const program = /^\s*([\w.-]+)/.exec(command)?.[1];
  if (program === undefined) return [];
  return ['npm', 'npx', 'pnpm', 'yarn'].includes(program) ? [program, 'node'] : [program];
}

async function askVersion(commands: Commands, env: NodeJS.ProcessEnv, program: string): Promise<string> {
  const file = await findProgram(program, env.PATH);
  if (file === null) return 'missing';
  const { exitCode, stdout } = await commands.runTrusted({
    file,
    args: program === 'go' ? ['version'] : ['--version'],
    cwd: tmpdir(),
    env: { PATH: env.PATH ?? '', HOME: env.HOME ?? tmpdir(), LC_ALL: 'C' },
    timeoutMs: 60_000,
  });
  return exitCode === 0 ? stdout.toString('utf8').trim() : 'unknown';
}
