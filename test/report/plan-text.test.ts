import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/plan/limits.ts';
import { type PlanFacts, planText } from '../../src/report/plan-text.ts';
import { width } from '../../src/report/text.ts';
import { aStory, planned } from '../helpers/stories.ts';
import { fakeOut } from './builders.ts';

const title = 'Merge the salads of both cooks into one book';
const stories = ['KB-02', 'KB-03'].map((id) => planned(aStory(id, { title, dependsOn: ['KB-01'] }), 'delegate'));
const facts: PlanFacts = {
  plan: { stories },
  ...{ branch: 'main', prdPath: 'PRD.json', limits: defaultLimits, parallel: 14, implementer: 'builtin', setup: [] },
  ...{ changedFiles: 3, baselineOf: () => null, cost: [] },
  notes: ['commands run in a sandbox (level os): they write nowhere but in their own clone'],
};

describe('plan', () => {
  it.each([70, 80, 100])('breaks no word on a terminal of %i columns', (columns) => {
    const lines = planText(facts, fakeOut({ isTTY: true, columns })).split('\n');
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
    expect(lines.filter((line) => line.endsWith('after KB-01'))).toHaveLength(2);
  });

  it('is not broken in a file', () => {
    expect(planText(facts, fakeOut()).split('\n').slice(-3)).toEqual([
      '2 stories to run, 14 at once · branch main · built by builtin · baseline: 2 unmeasured · limits: 3 attempts a story, no budget · 3 changed files not in the base',
      'note: commands run in a sandbox (level os): they write nowhere but in their own clone',
      '',
    ]);
  });
});
