import type { CheckedAnswer } from './quotes.ts';
import type { Answer, CriterionAnswer } from './review.ts';

/** Puts the answers about the parts of a change together: one unmet is unmet, one shown met is met. */
export function mergeAnswers(answers: readonly CheckedAnswer[], criteria: number): CheckedAnswer {
  return {
    said: worstOf(answers.map(({ said }) => said)),
    criteria: Array.from({ length: criteria }, (_, index) => mergeOne(index + 1, answers)),
    remarks: answers.flatMap(({ remarks }) => remarks),
    coaching: answers.map(({ coaching }) => coaching).find((note) => note !== null) ?? null,
    invented: [...new Set(answers.flatMap(({ invented }) => invented))].sort((a, b) => a - b),
  };
}

/**
 * In the second round only the new changes are seen, and what they do not decide stays as it was: unmet, or met as long as
 * the quote still stands.
 */
export function carryOver(
  now: CheckedAnswer,
  before: readonly CriterionAnswer[],
  stillStands: (answer: CriterionAnswer) => boolean,
): CheckedAnswer {
  const criteria = now.criteria.map((answer) => {
    const earlier = before.find(({ n }) => n === answer.n);
    if (earlier === undefined || answer.status !== 'unclear') return answer;
    return earlier.status === 'unmet' || (earlier.status === 'met' && stillStands(earlier)) ? earlier : answer;
  });
  return { ...now, criteria };
}

/** The second answer replaces the first for the criteria that were asked about; the rest was not in question. */
export function withSecond(first: Answer, second: Answer, asked: ReadonlySet<number>): Answer {
  const kept = first.criteria.filter(({ n }) => !asked.has(n));
  return { ...first, criteria: [...kept, ...second.criteria.filter(({ n }) => asked.has(n))] };
}

function mergeOne(n: number, answers: readonly CheckedAnswer[]): CriterionAnswer {
  const given = answers.flatMap(({ criteria }) => criteria.filter((one) => one.n === n));
  const unmet = given.find(({ status }) => status === 'unmet');
  return unmet ?? given.find(({ status }) => status === 'met') ?? { n, status: 'unclear', evidence: null };
}

function worstOf(said: readonly Answer['said'][]): Answer['said'] {
  if (said.includes('escalate')) return 'escalate';
  return said.includes('revise') || said.length === 0 ? 'revise' : 'approve';
}
