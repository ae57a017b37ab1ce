import { type Command, Option } from 'commander';
import { collect, wholeNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';
import { type Format, type FormatFlags, formats, outputFormat } from '../output-format.ts';

export interface LintFlags extends FormatFlags {
  readonly rule?: readonly string[];
  readonly only?: readonly string[];
  readonly maxWarnings?: number;
  readonly pedantic?: boolean;
  readonly all?: boolean;
  readonly repo?: boolean;
  readonly fix?: boolean;
  readonly unsafe?: boolean;
  readonly fixDryRun?: boolean;
  readonly explain?: string;
  readonly stats?: boolean;
  readonly deep?: boolean;
  readonly exitZero?: boolean;
  readonly stdinFilename?: string;
  readonly stories?: string;
  /** False after `--no-config`. */
  readonly config: boolean;
}

export interface LintOptions extends Omit<LintFlags, 'json' | 'format'> {
  readonly files: readonly string[];
  readonly format: Format;
}

export function registerLint(program: Command, context: Context, run: Run<LintOptions> = load): void {
  program
    .command('lint')
    .summary('say which stories a cheap model may have, and why not')
    .description(
      describe('Names what only judgment could decide in open stories. Runs nothing; asks a model only with --deep.', [
        'prd lint',
        "prd lint 'docs/**/*.json' --format sarif > lint.sarif",
        'prd lint --explain judgment/vague-adverb',
        'prd lint --fix-dry-run',
        'prd lint - --stdin-filename PRD.json < PRD.json',
      ]),
    )
    .argument('[files...]', 'files, folders or globs; `-` reads stdin')
    .addOption(new Option('--format <format>', 'how to print').choices(formats))
    .option('--json', 'short for --format json')
    .option('--rule <id=severity>', 'error, warning, info or off for one rule; may be repeated', collect)
    .option('--only <glob>', 'only these rules; may be repeated', collect)
    .option('--max-warnings <n>', 'more warnings than this are a failure', wholeNumber)
    .option('--pedantic', 'show low-confidence findings too')
    .option('--all', 'judge finished stories too')
    .option('--repo', 'compare with the files of the repository')
    .option('--fix', 'apply the fixes that cannot change a meaning')
    .option('--unsafe', 'with --fix: also those that need a reader')
    .option('--fix-dry-run', 'print what --fix would change; write nothing')
    .option('--explain <id>', 'print a rule with its reason and examples')
    .option('--stats', 'print how large a share of the criteria each rule finds')
    .option('--deep', 'ask the delegate model about criteria that no rule decides')
    .option('--exit-zero', 'exit 0 also when there are findings')
    .option('--stdin-filename <path>', 'the name that stdin goes by')
    .option('--stories <pointer>', 'JSON pointer of the list of stories')
    .option('--no-config', 'ignore prd.config.json and every disable')
    .action(async (files: readonly string[], { json, format, ...flags }: LintFlags) =>
      context.settle(
        await run(
          { ...flags, files, format: outputFormat({ ...(json && { json }), ...(format && { format }) }) },
          context,
        ),
      ),
    );
}

const load: Run<LintOptions> = async (options, context) =>
  (await import('../actions/lint.ts')).runLint(options, context);
