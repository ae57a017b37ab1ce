import { Argument, type Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

const actions = ['list', 'revoke'] as const;

export interface TrustOptions {
  readonly action: (typeof actions)[number];
  readonly json?: boolean;
}

export function registerTrust(program: Command, context: Context, run: Run<TrustOptions> = load): void {
  program
    .command('trust')
    .summary('what you approved in this repository: list, revoke')
    .description(
      describe(
        'Commands of a repository run only after you agreed to them. Lists what you agreed to, or takes it back.',
        ['prd trust', 'prd trust revoke'],
      ),
    )
    .addArgument(new Argument('[action]').choices(actions).default('list'))
    .option('--json', 'one JSON document on stdout')
    .action(async (action: TrustOptions['action'], flags: Omit<TrustOptions, 'action'>) =>
      context.settle(await run({ ...flags, action }, context)),
    );
}

const load: Run<TrustOptions> = async (options, context) =>
  (await import('../actions/trust.ts')).runTrust(options, context);
