import { describe, expect, it } from 'vitest';
import { diagnosisAnswer, reviewAnswer } from '../../src/review/answer.ts';

const evidence = { path: 'src/a.ts', line: 3, quote: '  const total = 0;' };
const remark = { severity: 'major', path: 'src/a.ts', line: 3, problem: 'no escape', fix: 'escape it' };

describe('a review as it comes from the model', () => {
  it('within its bounds stays as it is, the quote to the blank', () => {
    const given = {
      verdict: 'approve',
      criteria: [{ n: 1, status: 'met', evidence }],
      remarks: [remark],
      coaching: 'do x when y',
    };
    expect(reviewAnswer.parse(given)).toEqual({
      said: 'approve',
      criteria: [{ n: 1, status: 'met', evidence }],
      remarks: [remark],
      coaching: 'do x when y',
    });
  });

  it.each<[string, object, object]>([
    [
      'numbers as text',
      { n: '2', status: 'met', evidence: { ...evidence, line: '3' } },
      { n: 2, status: 'met', evidence },
    ],
    [
      'an empty quote',
      { n: 1, status: 'unclear', evidence: { path: '', line: 0, quote: '' } },
      { n: 1, status: 'unclear', evidence: null },
    ],
    ['no evidence', { n: 1, status: 'unmet' }, { n: 1, status: 'unmet', evidence: null }],
    ['a word that is no status', { n: 1, status: 'mostly', evidence }, { n: 1, status: 'unclear', evidence }],
    [
      'a line that is none',
      { n: 1, status: 'met', evidence: { ...evidence, line: -4 } },
      { n: 1, status: 'met', evidence: { ...evidence, line: 1 } },
    ],
  ])('%s is read', (_, given, read) => {
    expect(reviewAnswer.parse({ criteria: [given] }).criteria).toEqual([read]);
  });

  it('a missing verdict is no approval, and what is too long is cut', () => {
    const remarks = Array.from({ length: 9 }, () => ({
      ...remark,
      problem: 'p '.repeat(500),
      severity: 'catastrophe',
    }));
    const read = reviewAnswer.parse({ criteria: [{ n: 1, status: 'met', evidence }], remarks, coaching: 7 });
    expect([read.said, read.remarks.length, read.remarks[0]?.severity, read.coaching]).toEqual([
      'revise',
      5,
      'minor',
      null,
    ]);
    expect(read.remarks[0]?.problem.length).toBeLessThanOrEqual(300);
  });

  it.each([
    [{}],
    [{ criteria: [] }],
    [{ criteria: [{ status: 'met' }] }],
    [{ criteria: 'all met' }],
    [null],
    ['approve'],
  ])('that judges no criterion is rejected: %j', (given) => {
    expect(reviewAnswer.safeParse(given).success).toBe(false);
  });
});

describe('a diagnosis', () => {
  it('needs no criteria', () => {
    expect(diagnosisAnswer.parse({ verdict: 'revise', remarks: [remark] })).toEqual({
      verdict: 'revise',
      remarks: [remark],
      coaching: null,
    });
  });

  it('approves nothing', () => {
    expect(diagnosisAnswer.safeParse({ verdict: 'approve', remarks: [] }).error?.issues[0]?.message).toBe(
      'expected revise (try again with these remarks) or escalate (take over)',
    );
  });
});
