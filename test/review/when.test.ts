import { describe, expect, it } from 'vitest';
import { type ReviewFacts, reviewWanted } from '../../src/review/when.ts';
import { assumedCounts, type SplitFigures } from '../../src/spec/economics.ts';
import type { Flag } from '../../src/verify/flags.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { judgedCheck } from './judged.ts';

const policy: ReviewFacts['policy'] = {
  flags: [],
  dropped: [],
  granted: false,
  changesTests: false,
  isTest: (path) => path.startsWith('test/'),
};
const flag = (level: Flag['level']): Flag => ({ code: 'suppression', level, paths: ['a'], detail: 'suppression+1' });
/** Small, listed, unflagged, proven, every criterion with a check. */
const calm: ReviewFacts = {
  mode: 'auto',
  story: aStory('US-1', { criteria: [commandCriterion('npm test')] }),
  builtBy: 'delegate',
  checks: [judgedCheck('proof')],
  policy,
  touched: ['src/a.js', 'test/a.test.js'],
  changedLines: 80,
  listed: ['src/**'],
  sentBack: false,
  refined: true,
  figures: null,
};
const prose = aStory('US-1', { criteria: [proseCriterion('names are escaped'), commandCriterion('npm test')] });
const guards = [judgedCheck('guard')];
const figures: SplitFigures = {
  ...assumedCounts,
  orchestratorUsd: 1,
  delegateUsd: 0.1,
  refineUsd: 0.05,
  reviewUsd: 0.05,
};
const losing: SplitFigures = { ...figures, delegateUsd: 0.65 };

describe('is a candidate reviewed?', () => {
  it.each<[string, Partial<ReviewFacts>, string]>([
    ['auto: nothing to worry about', {}, 'skip: small, as listed, and every criterion has a check'],
    ['auto: many lines', { changedLines: 81 }, 'review: 81 changed lines'],
    ['auto: a file that nobody listed', { touched: ['lib/x.js'] }, 'review: it touches lib/x.js'],
    ['auto: nothing is listed', { listed: [] }, 'review: it touches src/a.js'],
    ['auto: policy saw something', { policy: { ...policy, flags: [flag('note')] } }, 'review: suppression'],
    [
      'auto: something was left out',
      { policy: { ...policy, dropped: ['x'] } },
      'review: protected paths were left out',
    ],
    ['auto: a criterion without a check', { story: prose }, 'review: no check for criterion 1'],
    ['auto: worth its price', { story: prose, figures }, 'review: no check for criterion 1'],
    ['auto: not worth its price', { story: prose, figures: losing }, 'skip: a review costs more than delegating saves'],
    [
      'auto: sent back before, whatever the price',
      { figures: losing, sentBack: true },
      'review: an earlier review sent it back',
    ],
    ['always', { mode: 'always', figures: losing }, 'review: every delegated story is reviewed'],
    ['never', { mode: 'never', story: prose, sentBack: true }, 'skip: reviews are switched off'],
    [
      'built by the orchestrator',
      { mode: 'always', builtBy: 'orchestrator', story: prose },
      'skip: the orchestrator built it, and its checks prove it',
    ],
    ['guards only, auto', { checks: guards, figures: losing }, 'must: no check was red without the work'],
    ['guards only, never', { checks: guards, mode: 'never' }, 'must: no check was red without the work'],
    [
      'guards only, built by the orchestrator',
      { checks: guards, builtBy: 'orchestrator' },
      'must: no check was red without the work',
    ],
    [
      'tests of its own that nobody saw red',
      { policy: { ...policy, changesTests: true } },
      'must: no check was red without the work',
    ],
    [
      'policy asks for a second look',
      { mode: 'never', policy: { ...policy, flags: [flag('approval')] } },
      'must: suppression: suppression+1',
    ],
    [
      'base tests were granted',
      { mode: 'never', policy: { ...policy, granted: true } },
      'must: tests of the base were allowed to change',
    ],
    [
      'it cannot pass anyway',
      { checks: guards, policy: { ...policy, flags: [flag('hold')] } },
      'skip: suppression keeps it from passing',
    ],
  ])('%s', (_, fields, decision) => {
    const { review, condition, because } = reviewWanted({ ...calm, ...fields });
    const word = condition ? 'must' : 'review';
    expect(`${review ? word : 'skip'}: ${because}`).toBe(decision);
  });
});
