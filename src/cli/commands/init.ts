import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface InitOptions {
  readonly file?: string;
  readonly json?: boolean;
}

export function registerInit(program: Command, context: Context, run: Run<InitOptions> = load): void {
  program
    .command('init')
    .summary('write a PRD.json, or complete the one that is there')
    .description(
      describe(
        'Writes a PRD.json with a schema, checks guessed from the project and a first story. An existing PRD gets the schema and the guessed checks, nothing else.',
        ['prd init', 'prd init --file docs/prd.json'],
      ),
    )
    .option('-f, --file <path>', 'the PRD to write or complete')
    .option('--json', 'one JSON document on stdout')
    .action(async (flags: InitOptions) => context.settle(await run(flags, context)));
}

const load: Run<InitOptions> = async (options, context) =>
  (await import('../actions/init.ts')).runInit(options, context);
