import type { Command } from 'commander';
import { positiveNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface TakeOptions {
  readonly id: string;
  readonly file?: string;
  readonly attempt?: number;
}

export function registerTake(program: Command, context: Context, run: Run<TakeOptions> = load): void {
  program
    .command('take')
    .summary('put the work of an attempt on a branch, to go on by hand')
    .description(
      describe('Creates the branch `prd/<id>` with what an attempt made. Your checkout is not touched.', [
        'prd take US-003',
        'prd take US-003 --attempt 1',
      ]),
    )
    .argument('<id>', 'the story')
    .option('-f, --file <path>', 'the PRD')
    .option('--attempt <n>', 'this attempt instead of the last', positiveNumber)
    .action(async (id: string, flags: Omit<TakeOptions, 'id'>) => context.settle(await run({ ...flags, id }, context)));
}

const load: Run<TakeOptions> = async (options, context) =>
  (await import('../actions/take.ts')).runTake(options, context);
