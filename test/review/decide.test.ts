import { describe, expect, it } from 'vitest';
import { decideReview } from '../../src/review/decide.ts';
import type { CheckedAnswer } from '../../src/review/quotes.ts';
import type { CriterionAnswer, Remark } from '../../src/review/review.ts';

const met: CriterionAnswer = { n: 1, status: 'met', evidence: { path: 'a', line: 1, quote: 'quoted' } };
const unclear: CriterionAnswer = { n: 1, status: 'unclear', evidence: null };
const unmet: CriterionAnswer = { n: 1, status: 'unmet', evidence: null };
const remark = (severity: Remark['severity']): Remark => ({
  severity,
  path: 'src/a.ts',
  line: 3,
  problem: 'no escape',
  fix: 'escape it',
});
const answer = (fields: Partial<CheckedAnswer>): CheckedAnswer => ({
  said: 'approve',
  criteria: [met],
  remarks: [],
  coaching: null,
  invented: [],
  ...fields,
});
const first = { round: 0, proven: new Set<number>(), condition: false, unread: [] };
const second = { ...first, round: 1 };

describe('decideReview', () => {
  it.each([
    ['all met', {}, first, 'approved'],
    ['all met, but the model says revise', { said: 'revise' }, first, 'approved'],
    ['unmet, although the model approves', { criteria: [unmet] }, first, 'revise'],
    ['a blocker, although the model approves', { remarks: [remark('blocker')] }, first, 'revise'],
    ['a blocker in the second round', { remarks: [remark('blocker')] }, second, 'revise'],
    ['a major in the first round', { remarks: [remark('major')] }, first, 'revise'],
    ['a major in the second round', { remarks: [remark('major')] }, second, 'approved'],
    ['a minor', { remarks: [remark('minor')] }, first, 'approved'],
    ['unclear with a proof of its own', { criteria: [unclear] }, { ...first, proven: new Set([1]) }, 'approved'],
    ['unclear without one', { criteria: [unclear] }, first, 'revise'],
    ['unclear without one, again', { criteria: [unclear] }, second, 'inconclusive'],
    ['escalate', { said: 'escalate' }, first, 'escalate'],
    ['one invented quote where the review decides', { invented: [1] }, { ...first, condition: true }, 'inconclusive'],
    ['something unread where the review decides', {}, { ...first, condition: true, unread: ['a.bin'] }, 'inconclusive'],
    [
      'something unread, and a criterion unmet',
      { criteria: [unmet] },
      { ...first, condition: true, unread: ['a.bin'] },
      'revise',
    ],
    ['something unread beside a green proof', {}, { ...first, unread: ['a.bin'] }, 'approved'],
    ['one invented quote beside a green proof', { invented: [1] }, first, 'approved'],
  ] as const)('%s: %j', (_, fields, situation, kind) => {
    expect(decideReview(answer(fields as Partial<CheckedAnswer>), situation).kind).toBe(kind);
  });

  it('what blocks is named with its place', () => {
    expect(decideReview(answer({ remarks: [remark('minor'), remark('blocker')] }), first)).toEqual({
      kind: 'revise',
      remarks: [remark('blocker')],
      reason: 'src/a.ts:3 no escape',
    });
  });
});
