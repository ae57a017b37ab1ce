import type { FollowUp } from '../spec/orchestrator.ts';
import { readTexts } from '../spec/read-texts.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { carryOver, withSecond } from './merge.ts';
import { type CheckedAnswer, checkQuotes, quoteStands, type ReadCandidate } from './quotes.ts';
import type { Answer, CriterionAnswer } from './review.ts';

/** What answers are held against. */
interface Judging {
  readonly story: { readonly criteria: readonly unknown[] };
  /** The candidate. */
  readonly to: Oid;
  readonly earlier: { readonly criteria: readonly CriterionAnswer[] } | null;
}

/** A criterion that is said to be met and not shown to be is asked about once. */
export async function askForQuotes(answer: Answer, order: Judging, vault: Vault): Promise<FollowUp<Answer> | null> {
  const { checked, given } = await checkAnswer(answer, order, vault);
  const said = given.criteria.filter(({ status }) => status === 'met').map(({ n }) => n);
  const open = said.filter((n) => checked.criteria.some((one) => one.n === n && one.status !== 'met'));
  if (open.length === 0) return null;
  const text = `The quote for criterion ${open.join(', ')} does not stand in that file near that line. Submit once more with a line copied exactly, with its path and line; or say unclear.`;
  return { text, join: (second) => withSecond(given, second, new Set(open)) };
}

/** Looks up the quotes of an answer in the candidate. `given` is the answer with its paths as git knows them. */
export async function checkAnswer(
  answer: Answer,
  order: Judging,
  vault: Vault,
): Promise<{ readonly checked: CheckedAnswer; readonly given: Answer }> {
  const known = new Set(await vault.paths(order.to));
  const given = withKnownPaths(answer, known);
  const read = await reader(given.criteria, order, vault);
  return { given, checked: checkQuotes(given, order.story.criteria.length, read) };
}

/** Paths as a diff writes them, `b/src/a.ts`, mean the file. */
function withKnownPaths(answer: Answer, known: ReadonlySet<string>): Answer {
  const plain = (path: string): string => {
    const short = path.replace(/^(?:\.\/)+/, '');
    return known.has(short) ? short : short.replace(/^[ab]\//, '');
  };
  return {
    ...answer,
    criteria: answer.criteria.map((one) =>
      one.evidence === null ? one : { ...one, evidence: { ...one.evidence, path: plain(one.evidence.path) } },
    ),
    remarks: answer.remarks.map((remark) => ({ ...remark, path: plain(remark.path) })),
  };
}

async function reader(criteria: readonly CriterionAnswer[], { to }: Judging, vault: Vault): Promise<ReadCandidate> {
  const paths = criteria.flatMap(({ evidence }) => (evidence === null ? [] : [evidence.path]));
  const texts = await readTexts(vault, to, paths);
  return (path) => texts.get(path) ?? null;
}

/** Keeps what the first review was shown, where there was one. */
export async function withEarlier(answer: CheckedAnswer, order: Judging, vault: Vault): Promise<CheckedAnswer> {
  if (order.earlier === null) return answer;
  const read = await reader(order.earlier.criteria, order, vault);
  return carryOver(answer, order.earlier.criteria, ({ evidence }) => evidence !== null && quoteStands(evidence, read));
}
