import type { Command } from 'commander';
import { dollars, wholeNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface RefineOptions {
  readonly ids: readonly string[];
  readonly file?: string;
  readonly write?: boolean;
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly json?: boolean;
}

export function registerRefine(program: Command, context: Context, run: Run<RefineOptions> = load): void {
  program
    .command('refine')
    .summary('let the orchestrator make stories ready for a delegate')
    .description(
      describe(
        'Asks the orchestrator what a story leaves open and shows what it adds. The next run uses it; nothing is taken away. Stories whose refinement still holds cost nothing.',
        ['prd refine', 'prd refine US-003 --write', 'prd refine --max-cost 0.50 --json'],
      ),
    )
    .argument('[ids...]', 'stories to refine; default: every delegated one that is not ready as it is written')
    .option('-f, --file <path>', 'the PRD')
    .option('--write', 'add the criteria, the commands and the plan to the PRD')
    .option('--max-cost <usd>', 'stop before it costs more', dollars)
    .option('--max-tokens <n>', 'stop before it uses more tokens', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action(async (ids: readonly string[], flags: Omit<RefineOptions, 'ids'>) =>
      context.settle(await run({ ...flags, ids }, context)),
    );
}

const load: Run<RefineOptions> = async (options, context) =>
  (await import('../actions/refine.ts')).runRefine(options, context);
