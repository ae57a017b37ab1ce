import { type Command, Option } from 'commander';
import { collect, percent } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';
import { type Format, type FormatFlags, formats, outputFormat } from '../output-format.ts';

export interface CheckFlags extends FormatFlags {
  readonly file?: string;
  readonly base?: string;
  readonly reverify?: boolean;
  readonly allPass?: boolean;
  readonly stories?: readonly string[];
  readonly phase?: string;
  readonly min?: number;
  readonly require?: 'proven' | 'reviewed';
  readonly requireSandbox?: 'guard' | 'os';
  readonly strict?: boolean;
  readonly badge?: string;
}

export interface CheckOptions extends Omit<CheckFlags, 'json' | 'format'> {
  readonly format: Format;
}

export function registerCheck(program: Command, context: Context, run: Run<CheckOptions> = load): void {
  program
    .command('check')
    .summary('hold every `passes: true` against its evidence: the gate for CI')
    .description(
      describe(
        'Judges the PRD and the evidence as they are checked out, the other files as HEAD has them. Runs nothing, reads no history.',
        [
          'prd check',
          'prd check --base origin/main --format github',
          'prd check --all-pass --require proven',
          'prd check --reverify',
        ],
      ),
    )
    .argument('[file]', 'the PRD')
    .option('-f, --file <path>', 'the PRD')
    .option('--base <ref>', 'also refuse stories and checks that were taken away since this commit')
    .option('--reverify', 'run the checks of every passing story again, in fresh clones')
    .option('--stories <ids>', 'only these, with commas between; may be repeated', collect)
    .option('--phase <phase>', 'only the stories of this phase')
    .option('--all-pass', 'every one of them must pass')
    .option('--min <percent>', 'this share of them must pass', percent)
    .addOption(new Option('--require <strength>', 'what a pass must be worth').choices(['proven', 'reviewed']))
    .addOption(new Option('--require-sandbox <level>', 'where it must have been proven').choices(['guard', 'os']))
    .option('--strict', 'warnings are errors: files that changed since a pass, too')
    .option('--badge <file>', 'write a status badge, as JSON for shields.io')
    .addOption(new Option('--format <format>', 'how to print').choices(formats))
    .option('--json', 'short for --format json')
    .action(async (file: string | undefined, { json, format, ...flags }: CheckFlags) =>
      context.settle(
        await run(
          {
            ...flags,
            ...(file !== undefined && { file }),
            format: outputFormat({ ...(json && { json }), ...(format && { format }) }),
          },
          context,
        ),
      ),
    );
}

const load: Run<CheckOptions> = async (options, context) =>
  (await import('../actions/check.ts')).runCheck(options, context);
