import { resolve } from 'node:path';
import { type Migrated, migrate } from '../../prd/migrate/migrate.ts';
import type { Prd } from '../../prd/prd.ts';
import { PrdError } from '../../problem.ts';
import { unifiedDiff } from '../../report/diff.ts';
import { count } from '../../report/figures.ts';
import { printable, tick } from '../../report/text.ts';
import type { MigrateOptions } from '../commands/migrate.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type FoundPrd, findPrd, noteOthers, repositoryTop } from '../find-prd.ts';
import { writeNewFile } from '../new-file.ts';
import { readText } from '../read-text.ts';
import { replacePrd } from '../replace-prd.ts';
import { schemaPath } from '../schema-path.ts';
import { refuse } from '../show-failure.ts';

type Done = Extract<Migrated, { kind: 'migrated' }>;

/** Brings a PRD into canonical form. Exit 0, also when nothing had to change; 2 for a file that cannot be read. */
export async function runMigrate(options: MigrateOptions, context: Context): Promise<ExitCode> {
  const { file, output, stories } = options;
  if (output !== undefined && options.write === true) {
    const what = '`--write` and `--output` name two places';
    throw new PrdError({ code: 'usage', what, command: 'migrate', hint: null });
  }
  const found = await findPrd(context.cwd, file ?? null);
  noteOthers(found, context);
  const text = await readText(found.path, found.shown);
  const root = (await repositoryTop(context.cwd)) ?? context.cwd;
  const target = output === undefined || output === '-' ? found.path : resolve(context.cwd, output);
  const schema = schemaPath(target, root);
  const migrated = migrate(text, found.shown, { schema, ...(stories !== undefined && { storiesPointer: stories }) });
  if (migrated.kind === 'refused') return refuse(migrated.problems, context);
  if (options.write === true && migrated.text !== text) await replacePrd(found, text, migrated.text, root);
  if (output !== undefined && output !== '-') await writeNewFile(context.cwd, output, migrated.text);
  tell({ found, text, migrated }, options, context);
  return 0;
}

interface Outcome {
  readonly found: FoundPrd;
  readonly text: string;
  readonly migrated: Done;
}

function tell({ found, text, migrated }: Outcome, options: MigrateOptions, context: Context): void {
  const { stdout, stderr, flags } = context;
  const written = writtenTo(found, text, migrated, options);
  const facts = { changed: migrated.text !== text, kept: migrated.kept, claims: claimsOf(migrated.before) };
  if (context.json) {
    const { kind: _, before: __, kept: ___, ...rest } = migrated;
    stdout.write(`${JSON.stringify({ version: 1, file: found.shown, written, ...facts, ...rest }, null, 2)}\n`);
    return;
  }
  if (options.output === '-') stdout.write(migrated.text);
  else if (written === null) stdout.write(shownDiff(unifiedDiff(found.shown, text, migrated.text), context));
  if (flags.quiet === true) return;
  const lines = summary(found, written, facts);
  stderr.write(lines.map((line) => `${line}\n`).join(''));
}

function writtenTo(found: FoundPrd, text: string, { text: after }: Done, options: MigrateOptions): string | null {
  if (options.output !== undefined) return options.output === '-' ? null : options.output;
  return options.write === true && after !== text ? found.shown : null;
}

interface Facts {
  readonly changed: boolean;
  readonly kept: readonly string[];
  readonly claims: number;
}

function summary({ shown }: FoundPrd, written: string | null, { changed, kept, claims }: Facts): readonly string[] {
  const what = changed ? [] : [`${printable(shown)} is in canonical form already`];
  return [
    ...what,
    ...(written === null ? [] : [`wrote ${printable(written)}`]),
    ...(kept.length === 0 ? [] : [`the criteria of ${keptWords(kept)} stay as they are: they would read otherwise`]),
    ...(changed && claims > 0
      ? [
          `${count(claims, 'story', 'stories')} already ${claims === 1 ? 'says' : 'say'} true: \`prd check\` asks for evidence`,
        ]
      : []),
  ];
}

function keptWords(kept: readonly string[]): string {
  return kept.length > 3 ? count(kept.length, 'story', 'stories') : kept.map(tick).join(', ');
}

function claimsOf({ stories }: Prd): number {
  return stories.filter(({ passes }) => passes).length;
}

/** Text of the document, of which a line break is the only control character that may stay. */
function shownDiff(diff: string, { stdout: { paint } }: Context): string {
  const painted = (line: string): string => {
    const shown = line.replace(/(?!\t)\p{Cc}/gu, '\ufffd');
    if (shown.startsWith('+')) return paint.good(shown);
    return shown.startsWith('-') ? paint.bad(shown) : shown;
  };
  return diff.split('\n').map(painted).join('\n');
}
