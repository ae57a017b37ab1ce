import type { Answer, CriterionAnswer, Quote } from './review.ts';

/** A quote counts when it stands within this many lines of where the review says it does. */
const nearLines = 5;
/** Shorter quotes occur everywhere and show nothing. */
const minQuoteLength = 6;

/** Text of the candidate's files, or null for a path that is not there. */
export type ReadCandidate = (path: string) => string | null;

export interface CheckedAnswer extends Answer {
  /** Numbers of the criteria whose quote was not found: said to be met, and not shown to be. */
  readonly invented: readonly number[];
}

/**
 * Looks up every quote in the file it names, white space aside. A `met` without a quote that is there becomes `unclear`.
 * Criteria that were not answered are `unclear`; answers about criteria that do not exist are dropped.
 */
export function checkQuotes(answer: Answer, criteria: number, read: ReadCandidate): CheckedAnswer {
  const invented: number[] = [];
  const checked = Array.from({ length: criteria }, (_, index): CriterionAnswer => {
    const n = index + 1;
    const given = answer.criteria.find((one) => one.n === n);
    if (given === undefined) return { n, status: 'unclear', evidence: null };
    if (given.evidence !== null && quoteStands(given.evidence, read)) return given;
    if (given.status !== 'met') return given;
    if (given.evidence !== null) invented.push(n);
    return { ...given, status: 'unclear' };
  });
  return { ...answer, criteria: checked, invented };
}

/** Is the quote there, near the line named? */
export function quoteStands(given: Quote, read: ReadCandidate): boolean {
  const text = read(given.path);
  if (text === null) return false;
  const plain = { ...given, quote: withoutMargin(given.quote) };
  return standsIn(text, given) || (plain.quote !== given.quote && standsIn(text, plain));
}

/** Line numbers and signs of a diff, which quotes are copied with. */
function withoutMargin(quote: string): string {
  return quote.replace(/^(?:[ ]*\d+\t|[+ ])/gm, '');
}

function standsIn(text: string, { line, quote }: Quote): boolean {
  const wanted = squeezed(quote);
  if (wanted.length < minQuoteLength) return false;
  const lines = text.split('\n');
  const height = quote.split('\n').length;
  const near = lines.slice(Math.max(0, line - 1 - nearLines), line + nearLines + height - 1);
  return squeezed(near.join('\n')).includes(wanted);
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
