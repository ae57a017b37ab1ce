import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface MigrateOptions {
  readonly file?: string;
  readonly stories?: string;
  readonly write?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

export function registerMigrate(program: Command, context: Context, run: Run<MigrateOptions> = load): void {
  program
    .command('migrate')
    .summary('write a PRD of any dialect in canonical form')
    .description(
      describe(
        'Renames keys, turns words into ranks and `passes`, puts all stories into `userStories`. Every story reads as before and unknown keys stay. Shows the difference; writes nothing unless asked.',
        [
          'prd migrate',
          'prd migrate tasks/prd.json --write',
          'prd migrate old.json -o PRD.json',
          'prd migrate old.json -o -',
        ],
      ),
    )
    .argument('[file]', 'the PRD')
    .option('-f, --file <path>', 'the PRD')
    .option('--stories <pointer>', 'JSON pointer of the list of stories')
    .option('--write', 'replace the file')
    .option('-o, --output <path>', 'write a new file instead; `-` is stdout')
    .option('--json', 'one JSON document on stdout')
    .action(async (file: string | undefined, flags: MigrateOptions) =>
      context.settle(await run({ ...flags, ...(file !== undefined && { file }) }, context)),
    );
}

const load: Run<MigrateOptions> = async (options, context) =>
  (await import('../actions/migrate.ts')).runMigrate(options, context);
