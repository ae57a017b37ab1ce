import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface VerifyOptions {
  readonly ids: readonly string[];
  readonly file?: string;
  readonly json?: boolean;
}

export function registerVerify(program: Command, context: Context, run: Run<VerifyOptions> = load): void {
  program
    .command('verify')
    .summary('run verify commands only; no model')
    .description(
      describe(
        'Runs the verify commands of stories on a fresh clone of the target branch and says what each is worth.',
        ['prd verify', 'prd verify US-003 --json'],
      ),
    )
    .argument('[ids...]', 'stories to verify; default: every one')
    .option('-f, --file <path>', 'the PRD')
    .option('--json', 'one JSON document on stdout')
    .action(async (ids: readonly string[], flags: Omit<VerifyOptions, 'ids'>) =>
      context.settle(await run({ ...flags, ids }, context)),
    );
}

const load: Run<VerifyOptions> = async (options, context) =>
  (await import('../actions/verify.ts')).runVerify(options, context);
