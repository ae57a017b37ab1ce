import { describe, expect, it } from 'vitest';
import { carryOver, mergeAnswers, withSecond } from '../../src/review/merge.ts';
import type { CheckedAnswer } from '../../src/review/quotes.ts';
import type { CriterionAnswer } from '../../src/review/review.ts';

const at = (n: number, status: CriterionAnswer['status']): CriterionAnswer => ({
  n,
  status,
  evidence: status === 'met' ? { path: 'a', line: n, quote: `quote ${n}` } : null,
});
const answer = (criteria: readonly CriterionAnswer[], fields: Partial<CheckedAnswer> = {}): CheckedAnswer => ({
  said: 'approve',
  criteria,
  remarks: [],
  coaching: null,
  invented: [],
  ...fields,
});
const statuses = (merged: CheckedAnswer) => merged.criteria.map(({ status }) => status);

describe('the answers about several parts', () => {
  it.each<[string, CriterionAnswer['status'][], CriterionAnswer['status']]>([
    ['one shown met', ['unclear', 'met'], 'met'],
    ['one unmet', ['met', 'unmet'], 'unmet'],
    ['nobody could tell', ['unclear', 'unclear'], 'unclear'],
  ])('%s: %j is %s', (_, given, merged) => {
    expect(
      statuses(
        mergeAnswers(
          given.map((status) => answer([at(1, status)])),
          1,
        ),
      ),
    ).toEqual([merged]);
  });

  it('what no part answered is unclear, and no answer at all approves nothing', () => {
    expect(mergeAnswers([], 2)).toEqual(answer([at(1, 'unclear'), at(2, 'unclear')], { said: 'revise' }));
  });

  it('the gravest word, all remarks, the first lesson and every invention are kept', () => {
    const remark = { severity: 'minor', path: 'a', line: 1, problem: 'p', fix: '' } as const;
    const merged = mergeAnswers(
      [
        answer([], { said: 'approve', remarks: [remark], invented: [3] }),
        answer([], { said: 'escalate', remarks: [remark], coaching: 'first', invented: [1, 3] }),
        answer([], { said: 'revise', coaching: 'second' }),
      ],
      0,
    );
    expect(merged).toEqual({
      said: 'escalate',
      criteria: [],
      remarks: [remark, remark],
      coaching: 'first',
      invented: [1, 3],
    });
  });
});

describe('the second round', () => {
  const before = [at(1, 'met'), at(2, 'met'), at(3, 'unmet'), at(4, 'met')];

  it('keeps what was said, unless something new speaks against it or a quote no longer stands', () => {
    const now = answer([at(1, 'unclear'), at(2, 'unmet'), at(3, 'unclear'), at(4, 'unclear')]);
    expect(statuses(carryOver(now, before, ({ n }) => n !== 4))).toEqual(['met', 'unmet', 'unmet', 'unclear']);
  });
});

describe('the second answer', () => {
  it('counts for the criteria that were asked about, and for nothing else', () => {
    const first = { ...answer([at(1, 'met'), at(2, 'met')]), said: 'revise' } as const;
    const second = answer([at(1, 'unmet'), at(2, 'unclear')]);
    const joined = withSecond(first, second, new Set([2]));
    expect([joined.said, joined.criteria]).toEqual(['revise', [at(1, 'met'), at(2, 'unclear')]]);
  });
});
