import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface GcOptions {
  readonly days?: number;
  readonly dryRun?: boolean;
}

export function registerGc(program: Command, context: Context, run: Run<GcOptions> = load): void {
  program
    .command('gc')
    .summary('remove old attempts, clones and caches')
    .description(
      describe(
        'Removes what prd keeps of this repository outside of it and no longer needs. Never touches your files.',
        ['prd gc --dry-run', 'prd gc --days 7'],
      ),
    )
    .option('--days <n>', 'keep what is younger (default: 30)', wholeNumber)
    .option('-n, --dry-run', 'say what would go')
    .action(async (flags: GcOptions) => context.settle(await run(flags, context)));
}

const load: Run<GcOptions> = async (options, context) => (await import('../actions/gc.ts')).runGc(options, context);
