import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface DoctorOptions {
  readonly json?: boolean;
}

export function registerDoctor(program: Command, context: Context, run: Run<DoctorOptions> = load): void {
  program
    .command('doctor')
    .summary('what this machine has: keys, agents, sandbox, git')
    .description(
      describe('Looks for what a run needs. Keys are named, never shown; nothing of the repository is executed.', [
        'prd doctor',
        'prd doctor --json',
      ]),
    )
    .option('--json', 'one JSON document on stdout')
    .action(async (flags: DoctorOptions) => context.settle(await run(flags, context)));
}

const load: Run<DoctorOptions> = async (options, context) =>
  (await import('../actions/doctor.ts')).runDoctor(options, context);
