import { type Command, Option } from 'commander';
import type { ImportFormat } from '../../prd/import/imported.ts';
import { importFormats } from '../../prd/import/imported.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

export interface ImportOptions {
  readonly file: string;
  readonly from?: ImportFormat;
  readonly output?: string;
  readonly tag?: string;
  readonly includeDone?: boolean;
}

export function registerImport(program: Command, context: Context, run: Run<ImportOptions> = load): void {
  program
    .command('import')
    .summary('turn a plan of another tool into a PRD.json')
    .description(
      describe(
        'Reads a Markdown PRD, feature_list.json, tasks.json of Task Master, tasks.md of Spec Kit, or GitHub issues as JSON, and prints a PRD. What is done there is left out: nothing of it is proven.',
        [
          'prd import docs/prd.md -o PRD.json',
          'prd import .taskmaster/tasks/tasks.json --tag cart',
          'prd import specs/001-cart/tasks.md --from spec-kit',
          'gh issue list --json number,title,body,labels,state | prd import - -o PRD.json',
        ].filter((line) => line.startsWith('prd')),
      ),
    )
    .argument('<file>', 'the plan; `-` reads stdin')
    .addOption(new Option('--from <format>', 'what it is; default: as it looks').choices(importFormats))
    .option('-o, --output <path>', 'write a new file instead of stdout')
    .option('--tag <name>', 'list of a Task Master file (default: master, else the only one)')
    .option('--include-done', 'take finished ones too, as open stories')
    .action(async (file: string, flags: Omit<ImportOptions, 'file'>) =>
      context.settle(await run({ ...flags, file }, context)),
    );
}

const load: Run<ImportOptions> = async (options, context) =>
  (await import('../actions/import.ts')).runImport(options, context);
