import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface RouteOptions {
  readonly ids: readonly string[];
  readonly file?: string;
  readonly stories?: string;
  readonly write?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function registerRoute(program: Command, context: Context, run: Run<RouteOptions> = load): void {
  program
    .command('route')
    .summary('say who should build each story, and why')
    .description(
      describe(
        'Says of each open story whether it is judgment (orchestrator), making (delegate) or repetition (a smaller delegate), why, and whether `implementModel` agrees. Asks no model.',
        ['prd route', 'prd route US-003 US-004', 'prd route --write', 'prd route --write --all'],
      ),
    )
    .argument('[ids...]', 'stories to route; default: every open one')
    .option('-f, --file <path>', 'the PRD')
    .option('--stories <pointer>', 'JSON pointer of the list of stories')
    .option('--write', 'put `implementModel` into the stories that have none')
    .option('--all', 'with --write: also into those that name another')
    .option('--json', 'one JSON document on stdout')
    .action(async (ids: readonly string[], flags: Omit<RouteOptions, 'ids'>) =>
      context.settle(await run({ ...flags, ids }, context)),
    );
}

const load: Run<RouteOptions> = async (options, context) =>
  (await import('../actions/route.ts')).runRoute(options, context);
