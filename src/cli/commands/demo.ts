import { Argument, type Command } from 'commander';
import { positiveNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

/** Examples that come with a script for the scripted models. */
export const demos = ['cart', 'consolidate', 'minutes'] as const;

export interface DemoOptions {
  readonly example: (typeof demos)[number];
  readonly parallel?: number;
  readonly keep?: boolean;
  readonly serve?: boolean;
}

export function registerDemo(program: Command, context: Context, run: Run<DemoOptions> = load): void {
  program
    .command('demo')
    .summary('the whole job on an example, offline, with scripted models')
    .description(
      describe(
        'Copies an example into a temporary repository and runs it against a local server with scripted models.',
        ['prd demo', 'prd demo cart --keep'],
      ),
    )
    .addArgument(new Argument('[example]', 'which one').choices(demos).default('cart'))
    .option('--parallel <n>', 'stories at once (default: 1)', positiveNumber)
    .option('--keep', 'keep the repository and say where it is')
    .option('--serve', 'only start the scripted models and say how to use them; ends with Ctrl-C')
    .action(async (example: DemoOptions['example'], flags: Omit<DemoOptions, 'example'>) =>
      context.settle(await run({ ...flags, example }, context)),
    );
}

const load: Run<DemoOptions> = async (options, context) =>
  (await import('../actions/demo.ts')).runDemo(options, context);
