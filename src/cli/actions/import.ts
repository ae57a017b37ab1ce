import { dirname, join, resolve } from 'node:path';
import { type Import, importPlan } from '../../prd/import/import.ts';
import { count } from '../../report/figures.ts';
import { printable } from '../../report/text.ts';
import type { ImportOptions } from '../commands/import.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { repositoryTop, showPath } from '../find-prd.ts';
import { writeNewFile } from '../new-file.ts';
import { readInput, readText } from '../read-text.ts';
import { schemaPath } from '../schema-path.ts';
import { refuse } from '../show-failure.ts';

type Done = Extract<Import, { kind: 'imported' }>;

/** Turns a plan of another tool into a PRD. Exit 0; 2 for a plan that cannot be read. */
export async function runImport(options: ImportOptions, context: Context): Promise<ExitCode> {
  const { file, output } = options;
  const path = resolve(context.cwd, file);
  const shown = file === '-' ? '<stdin>' : showPath(path, context.cwd);
  const text = file === '-' ? await readInput(context.stdin, shown) : await readText(path, shown);
  const root = (await repositoryTop(context.cwd)) ?? context.cwd;
  const imported = importPlan(text, shown, {
    from: options.from ?? null,
    includeDone: options.includeDone === true,
    tag: options.tag ?? null,
    spec: file === '-' ? null : await readText(join(dirname(path), 'spec.md'), 'spec.md').catch(() => null),
    schema: schemaPath(resolve(context.cwd, output ?? 'PRD.json'), root),
  });
  if (imported.kind === 'refused') return refuse(imported.problems, context);
  if (output === undefined || output === '-') context.stdout.write(imported.text);
  else await writeNewFile(context.cwd, output, imported.text);
  if (context.flags.quiet !== true)
    context.stderr.write(
      summary(imported, output)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return 0;
}

function summary({ format, stories, leftOut, lost }: Done, output: string | undefined): readonly string[] {
  const isFile = output !== undefined && output !== '-';
  return [
    `read ${count(stories, 'open story', 'open stories')} from ${format}${leftOut === 0 ? '' : `; left out ${leftOut} done or given up there`}`,
    ...lost.map((what) => `left out ${printable(what)}`),
    ...(isFile
      ? [
          `wrote ${printable(output)}`,
          `next: \`prd init --file ${printable(output)}\` adds checks, then \`prd lint ${printable(output)}\``,
        ]
      : []),
  ];
}
