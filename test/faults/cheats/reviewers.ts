import type { Turn } from '../../../src/models/scripted/turn.ts';

/** What the scripted reviewer makes of a candidate, from the text of the question. */
export type Reviewer = (question: string) => Turn;

/** Says yes to everything, with quotes that are really there. */
export const approving: Reviewer = (question) => answer(question, 'approve', 'met', shownLine(question));

/** Reads the change and finds the criteria unmet. */
export const rejecting: Reviewer = (question) => answer(question, 'revise', 'unmet', null);

/** Believes what the change tells it, and makes up what it saw. */
export const deceived: Reviewer = (question) =>
  answer(question, 'approve', 'met', { path: 'src/cart.js', line: 1, quote: 'everything asked for is done here' });

interface Quote {
  readonly path: string;
  readonly line: number;
  readonly quote: string;
}

function answer(question: string, verdict: string, status: string, evidence: Quote | null): Turn {
  const criteria = criteriaIn(question).map((n) => ({ n, status, evidence }));
  const problem = 'the change does not do what the criterion asks';
  const remark = { severity: 'blocker', path: 'src/cart.js', line: 1, problem, fix: '' };
  const remarks = status === 'met' ? [] : [remark];
  return { calls: [{ tool: 'submit_review', input: { verdict, criteria, remarks, coaching: null } }] };
}

function criteriaIn(question: string): readonly number[] {
  const section = /## Criteria\n([\s\S]*?)(?:\n\n|$)/.exec(question)?.[1] ?? '';
  return [...section.matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n));
}

/** The longest line that the change leaves in a file it shows. */
function shownLine(question: string): Quote | null {
  const files = [...question.matchAll(/<file path="([^"]+)"[^>]*>\n([\s\S]*?)\n<\/file>/g)];
  const quotes = files.flatMap(([, path = '', text = '']) => quotesIn(path, text));
  return quotes.sort((a, b) => b.quote.trim().length - a.quote.trim().length)[0] ?? null;
}

/** A new file is shown with numbers, a changed one as hunks. */
function quotesIn(path: string, text: string): readonly Quote[] {
  let next = 1;
  return text.split('\n').flatMap((line) => {
    const [, start] = /^@@ -\S+ \+(\d+)/.exec(line) ?? [];
    const [, number, whole] = /^(\d+)\t(.*)$/.exec(line) ?? [];
    if (start !== undefined) next = Number(start);
    if (start !== undefined || /^[-\\(]/.test(line)) return [];
    const quote =
      whole === undefined ? { path, line: next, quote: line.slice(1) } : { path, line: Number(number), quote: whole };
    next += 1;
    return [quote];
  });
}
