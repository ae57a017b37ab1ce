import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface StatusOptions {
  readonly file?: string;
  readonly stories?: string;
  readonly json?: boolean;
  readonly watch?: boolean;
}

export function registerStatus(program: Command, context: Context, run: Run<StatusOptions> = load): void {
  program
    .command('status')
    .summary('show what passes, what is next and why others wait')
    .description(
      describe('Reads the PRD and the target branch and says where every story stands. Changes nothing.', [
        'prd status',
        'prd status docs/prd.json --json',
        'prd status --watch',
      ]),
    )
    .argument('[file]', 'the PRD')
    .option('-f, --file <path>', 'the PRD')
    .option('--stories <pointer>', 'JSON pointer of the list of stories')
    .option('--watch', 'show the run that goes on here, as it sees itself, until it ends')
    .option('--json', 'one JSON document on stdout; with `--watch` one event per line')
    .action(async (file: string | undefined, flags: StatusOptions) =>
      context.settle(await run({ ...flags, ...(file !== undefined && { file }) }, context)),
    );
}

const load: Run<StatusOptions> = async (options, context) =>
  options.watch === true
    ? (await import('../actions/watch.ts')).runWatch(options, context)
    : (await import('../actions/status.ts')).runStatus(options, context);
