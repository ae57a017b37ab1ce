import type { Command } from 'commander';
import { positiveNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface ShowOptions {
  readonly id: string;
  readonly file?: string;
  readonly attempt?: number;
  readonly diff?: boolean;
  readonly json?: boolean;
}

export function registerShow(program: Command, context: Context, run: Run<ShowOptions> = load): void {
  program
    .command('show')
    .summary('what the attempts at a story did')
    .description(
      describe('Shows the attempts at a story: who, how long, what the checks said, and the diff of the last one.', [
        'prd show US-003',
        'prd show US-003 --attempt 1 --diff',
      ]),
    )
    .argument('<id>', 'the story')
    .option('-f, --file <path>', 'the PRD')
    .option('--attempt <n>', 'this attempt instead of the last', positiveNumber)
    .option('--diff', 'print the diff alone')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, flags: Omit<ShowOptions, 'id'>) => context.settle(await run({ ...flags, id }, context)));
}

const load: Run<ShowOptions> = async (options, context) =>
  (await import('../actions/show.ts')).runShow(options, context);
