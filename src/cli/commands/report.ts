import { type Command, Option } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

const formats = ['text', 'markdown', 'json'] as const;

export interface ReportOptions {
  readonly run?: string;
  readonly format: (typeof formats)[number];
}

export function registerReport(program: Command, context: Context, run: Run<ReportOptions> = load): void {
  program
    .command('report')
    .summary('what a run did, what it cost, and what the split saved')
    .description(
      describe('Reads the journal of a run and prints what `prd run` printed at its end. Changes nothing.', [
        'prd report',
        'prd report 20260102-130405-a1b2c3 --format markdown',
        'prd report --format json',
      ]),
    )
    .argument('[run]', 'its id, or how it begins; default: the latest run')
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .action(async (id: string | undefined, flags: Omit<ReportOptions, 'run'>) =>
      context.settle(await run({ ...flags, ...(id !== undefined && { run: id }) }, context)),
    );
}

const load: Run<ReportOptions> = async (options, context) =>
  (await import('../actions/report.ts')).runReport(options, context);
