import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
import { PrdError } from '../problem.ts';
import { unifiedDiff } from '../report/diff.ts';
import { count } from '../report/figures.ts';
import { printable } from '../report/text.ts';
import type { LintOptions } from './commands/lint.ts';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { repositoryTop } from './find-prd.ts';
import { fixText } from './fix-text.ts';
import type { Judge } from './judge.ts';
import type { LintSource } from './lint-sources.ts';
import { refuse } from './show-failure.ts';

/** Fixes each file and writes it back. Returns the texts as they are now. */
export async function fixSources(
  sources: readonly LintSource[],
  judge: Judge,
  { unsafe }: LintOptions,
  context: Context,
): Promise<readonly LintSource[]> {
  const fixed: LintSource[] = [];
  for (const source of sources) {
    const { text, fixes } = fix(source, judge, unsafe);
    if (text !== source.text) await writeBack(source, text, context);
    if (fixes > 0 && context.flags.quiet !== true) {
      context.stderr.write(`fixed ${count(fixes, 'finding')} in ${printable(source.shown)}\n`);
    }
    fixed.push({ ...source, text });
  }
  return fixed;
}

/** Prints what fixing would change and writes nothing. Exit 2 for a file that cannot be read. */
export function showFixes(
  sources: readonly LintSource[],
  judge: Judge,
  { unsafe }: LintOptions,
  context: Context,
): ExitCode {
  const refused = sources.flatMap(({ text, shown }) => {
    const judged = judge.judge(text, shown);
    return judged.kind === 'refused' ? judged.problems : [];
  });
  for (const source of sources) {
    const diff = unifiedDiff(source.shown, source.text, fix(source, judge, unsafe).text);
    context.stdout.write(
      diff
        .split('\n')
        .map((line) => painted(line, context))
        .join('\n'),
    );
  }
  return refused.length === 0 ? 0 : refuse(refused, context);
}

function fix({ text, shown }: LintSource, judge: Judge, unsafe: boolean | undefined): ReturnType<typeof fixText> {
  return fixText(text, shown, unsafe === true, (now) => judge.judge(now, shown));
}

async function writeBack({ path, shown, text }: LintSource, fixed: string, context: Context): Promise<void> {
  if (path === null) return;
  const target = await realpath(path);
  const top = await repositoryTop(context.cwd);
  if (top !== null && relative(top, target).startsWith('..')) {
    throw new PrdError({ code: 'edit-refused', file: shown, why: 'it links to a file outside this repository' });
  }
  await writeAtomic(target, fixed, { expect: createHash('sha256').update(text).digest('hex') });
}

function painted(line: string, { stdout: { paint } }: Context): string {
  // Text of the document, of which a line break is the only control character that may stay.
  const shown = line.replace(/(?!\t)\p{Cc}/gu, '\ufffd');
  if (shown.startsWith('+')) return paint.good(shown);
  return shown.startsWith('-') ? paint.bad(shown) : shown;
}
