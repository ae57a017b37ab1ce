import type { Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface AcceptOptions {
  readonly id?: string;
  readonly file?: string;
  readonly reason: string;
  readonly existing?: boolean;
  readonly json?: boolean;
}

export function registerAccept(program: Command, context: Context, run: Run<AcceptOptions> = load): void {
  program
    .command('accept')
    .summary("record a person's pass: by name, with a reason, checks green")
    .description(
      describe(
        'Runs the checks of a story on the target branch. When none of them says no, it passes as accepted, under your name.',
        [
          'prd accept US-003 --reason "looked at it on a phone"',
          'prd accept --existing --reason "worked before prd came"',
        ],
      ),
    )
    .argument('[id]', 'the story')
    .requiredOption('--reason <text>', 'why; it stays in the evidence')
    .option('--existing', 'every story that already says it passes and has no evidence')
    .option('-f, --file <path>', 'the PRD')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string | undefined, flags: Omit<AcceptOptions, 'id'>) =>
      context.settle(await run({ ...flags, ...(id !== undefined && { id }) }, context)),
    );
}

const load: Run<AcceptOptions> = async (options, context) =>
  (await import('../actions/accept.ts')).runAccept(options, context);
