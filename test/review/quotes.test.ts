import { describe, expect, it } from 'vitest';
import { checkQuotes, quoteStands } from '../../src/review/quotes.ts';
import type { Answer } from '../../src/review/review.ts';

const text = Array.from({ length: 40 }, (_, index) => `const value${index + 1} = compute(${index + 1});`).join('\n');
const read = (path: string) => (path === 'src/a.ts' ? text : null);

describe('quoteStands', () => {
  it.each([
    ['on the line', { path: 'src/a.ts', line: 10, quote: 'const value10 = compute(10);' }, true],
    ['five lines off', { path: 'src/a.ts', line: 15, quote: 'value10 = compute(10)' }, true],
    ['six lines off', { path: 'src/a.ts', line: 16, quote: 'value10 = compute(10)' }, false],
    ['other white space', { path: 'src/a.ts', line: 10, quote: 'const  value10=\n  compute( 10 );' }, true],
    ['over two lines', { path: 'src/a.ts', line: 10, quote: 'compute(10);\nconst value11' }, true],
    ['with its line number', { path: 'src/a.ts', line: 10, quote: '10\tconst value10 = compute(10);' }, true],
    ['with the sign of a diff', { path: 'src/a.ts', line: 10, quote: '+const value10 = compute(10);' }, true],
    ['a line that was removed', { path: 'src/a.ts', line: 10, quote: '-const value10 = compute(10);' }, false],
    ['invented', { path: 'src/a.ts', line: 10, quote: 'const value10 = 42;' }, false],
    ['another file', { path: 'src/b.ts', line: 10, quote: 'const value10 = compute(10);' }, false],
    ['too short to show anything', { path: 'src/a.ts', line: 10, quote: '= c' }, false],
    ['only white space', { path: 'src/a.ts', line: 10, quote: '          ' }, false],
    ['a line that is not there', { path: 'src/a.ts', line: 4_000, quote: 'const value40 = compute(40);' }, false],
  ])('%s: %j', (_, quote, stands) => {
    expect(quoteStands(quote, read)).toBe(stands);
  });
});

describe('checkQuotes', () => {
  const good = { path: 'src/a.ts', line: 1, quote: 'const value1 = compute(1);' };
  const bad = { ...good, quote: 'return escape(name);' };
  const answer = (criteria: Answer['criteria']): Answer => ({ said: 'approve', criteria, remarks: [], coaching: null });

  it('a met criterion keeps its status only with a quote that is there', () => {
    const checked = checkQuotes(
      answer([
        { n: 1, status: 'met', evidence: good },
        { n: 2, status: 'met', evidence: bad },
        { n: 3, status: 'met', evidence: null },
      ]),
      3,
      read,
    );
    expect(checked.criteria.map(({ status }) => status)).toEqual(['met', 'unclear', 'unclear']);
    expect(checked.invented).toEqual([2]);
  });

  it('what was not answered is unclear, what does not exist is dropped', () => {
    const checked = checkQuotes(answer([{ n: 9, status: 'met', evidence: good }]), 2, read);
    expect(checked.criteria).toEqual([
      { n: 1, status: 'unclear', evidence: null },
      { n: 2, status: 'unclear', evidence: null },
    ]);
  });

  it('an unmet criterion stays unmet whatever its quote', () => {
    const checked = checkQuotes(answer([{ n: 1, status: 'unmet', evidence: bad }]), 1, read);
    expect([checked.criteria[0]?.status, checked.invented]).toEqual(['unmet', []]);
  });
});
