import picomatch from 'picomatch';
import type { Finding, LintRole } from '../lint/rule.ts';
import { secondOpinion } from '../lint/second-opinion.ts';
import { type Undecided, undecided } from '../lint/undecided.ts';
import type { Story } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import { askOpinions, noteOpinions, type Opinions } from './ask-opinions.ts';
import type { Context } from './context.ts';
import { failureOf } from './failure.ts';
import type { Judged, JudgedSource } from './judge.ts';

export interface DeepOptions {
  roleOf(story: Story): LintRole;
  readonly all: boolean;
  readonly disables: 'obey' | 'ignore';
  /** Globs of rule ids to report. */
  readonly only: readonly string[];
}

/**
 * The same results with what the delegate model thinks of criteria that no rule decides. Whatever is missing is said on
 * stderr, and the plain findings stand.
 */
export async function withOpinions(
  judged: readonly JudgedSource[],
  options: DeepOptions,
  context: Context,
): Promise<readonly JudgedSource[]> {
  const open = judged.map(({ result }) =>
    result.kind === 'judged' ? undecided(result.document, result.report, { ...options, rule: secondOpinion }) : [],
  );
  const [source] = judged.flatMap((one, at) => (open[at]?.length === 0 ? [] : one.source));
  if (source === undefined || !isWanted(options.only)) return judged;
  const found = await opinionsOrNone(open.flat(), source.uri, context);
  return judged.map((one, at) => ({ ...one, result: withFindings(one.result, open[at] ?? [], found) }));
}

function isWanted(only: readonly string[]): boolean {
  return only.length === 0 || picomatch([...only])(secondOpinion.id);
}

/** Findings stay in the order of the document: those of the file first, then story by story. */
function withFindings(result: Judged, open: readonly Undecided[], found: Opinions): Judged {
  if (result.kind !== 'judged') return result;
  const own = open.flatMap((one) => found.get(one) ?? []);
  const places = new Map(result.document.prd.stories.map(({ id }, place) => [id, place]));
  const place = ({ story }: Finding): number => (story === null ? -1 : (places.get(story) ?? -1));
  const findings = [...result.report.findings, ...own].sort((a, b) => place(a) - place(b));
  return { ...result, report: { ...result.report, findings } };
}

async function opinionsOrNone(undecided: readonly Undecided[], file: string, context: Context): Promise<Opinions> {
  try {
    return await askOpinions(undecided, file, context);
  } catch (error) {
    if (!(error instanceof PrdError)) throw error;
    const { message, hint } = failureOf(error.problem);
    noteOpinions(context, `no second opinion: ${message}${hint === null ? '' : ` (${hint})`}`);
    return new Map();
  }
}
