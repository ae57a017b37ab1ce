import { rules } from '../../lint/rules/index.ts';
import { secondOpinion } from '../../lint/second-opinion.ts';
import { PrdError } from '../../problem.ts';
import { githubAnnotations } from '../../report/github.ts';
import { junit } from '../../report/junit.ts';
import { lintJson } from '../../report/lint-json.ts';
import { lintPretty } from '../../report/lint-pretty.ts';
import { countFindings, type ListedFile, type ListedStory } from '../../report/listing.ts';
import { sarif } from '../../report/sarif.ts';
import type { LintOptions } from '../commands/lint.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { explainRule } from '../explain-rule.ts';
import { fixSources, showFixes } from '../fix-sources.ts';
import { type Judge, type JudgedSource, openJudge } from '../judge.ts';
import { requireRule } from '../lint-settings.ts';
import { type LintSource, lintSources } from '../lint-sources.ts';
import { lintStats, statsText } from '../lint-stats.ts';
import type { Format } from '../output-format.ts';
import { printListing, type Renderers } from '../print-listing.ts';
import { listedFile, listedRule, refusedFile } from '../to-listing.ts';

const renderers = {
  pretty: lintPretty,
  json: lintJson,
  sarif,
  github: githubAnnotations,
  junit,
} satisfies Renderers<ListedStory>;

/** Judges PRDs and prints what it finds. Exit 0, 1 (errors, or more warnings than allowed) or 2 (a file that cannot be read). */
export async function runLint(options: LintOptions, context: Context): Promise<ExitCode> {
  if (options.explain !== undefined) {
    context.stdout.write(explainRule(requireRule(options.explain, rules)));
    return 0;
  }
  refuseOddFlags(options);
  const judge = await openJudge(options, context);
  const sources = await lintSources(options, context);
  if (options.fixDryRun === true) return showFixes(sources, judge, options, context);
  const fixed = options.fix === true ? await fixSources(sources, judge, options, context) : sources;
  return tell(fixed, judge, options, context);
}

function refuseOddFlags({ fix, fixDryRun, unsafe, files }: LintOptions): void {
  const writes = fix === true || fixDryRun === true;
  if (unsafe === true && !writes) throw oddFlags('`--unsafe` goes with `--fix` or `--fix-dry-run`');
  if (fix === true && files.includes('-')) throw oddFlags('`--fix` cannot write to stdin');
}

function oddFlags(what: string): PrdError {
  return new PrdError({ code: 'usage', what, command: 'lint', hint: null });
}

async function tell(
  sources: readonly LintSource[],
  judge: Judge,
  options: LintOptions,
  context: Context,
): Promise<ExitCode> {
  const plain = sources.map((source) => ({ source, result: judge.judge(source.text, source.shown) }));
  const judged = options.deep === true ? await deepened(plain, judge, options, context) : plain;
  const files = judged.map(({ source, result }) =>
    result.kind === 'judged'
      ? listedFile(source, result.document, result.report)
      : refusedFile(source, result.problems),
  );
  const isRefused = judged.some(({ result }) => result.kind === 'refused');
  if (options.stats === true && !isRefused) {
    printStats(files, options.format, context);
    return 0;
  }
  const spoken = options.deep === true ? [...rules, secondOpinion] : rules;
  const listing = { version: context.version, files, rules: spoken.map(listedRule) };
  await printListing(listing, options.format, renderers, context);
  sayNothingOpen(files, context);
  return isRefused ? 2 : verdict(files, judge, options);
}

/** Loaded only when asked for: the plain lint knows no model. */
async function deepened(
  plain: readonly JudgedSource[],
  { roleOf }: Judge,
  { all = false, only = [], config }: LintOptions,
  context: Context,
): Promise<readonly JudgedSource[]> {
  const { withOpinions } = await import('../deep-lint.ts');
  return withOpinions(plain, { roleOf, all, only, disables: config ? 'obey' : 'ignore' }, context);
}

function printStats(files: readonly ListedFile[], format: Format, { stdout }: Context): void {
  const stats = lintStats(files);
  stdout.write(format === 'json' ? `${JSON.stringify({ version: 1, ...stats }, null, 2)}\n` : statsText(stats));
}

/** Half of all public PRDs are finished: silence would look like praise. */
function sayNothingOpen(files: readonly ListedFile[], { stderr, flags, json }: Context): void {
  if (flags.quiet === true || json) return;
  for (const { file, stories, findings } of files) {
    if (stories.length > 0 || findings.length > 0) continue;
    stderr.write(`note: no story is open in \`${file}\`; \`--all\` judges finished ones too\n`);
  }
}

function verdict(files: readonly ListedFile[], { maxWarnings }: Judge, { exitZero }: LintOptions): ExitCode {
  const { error, warning } = countFindings(files);
  const isNo = error > 0 || warning > (maxWarnings ?? Infinity);
  return isNo && exitZero !== true ? 1 : 0;
}
