import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewVerdict } from '../../src/review/review.ts';
import type { BaselineKind, CheckResult } from '../../src/verify/check.ts';
import type { Flag } from '../../src/verify/flags.ts';
import { type JudgedCheck, type JudgeInput, judge, type Verdict } from '../../src/verify/verdict.ts';
import { sayObstacle, verdictReason } from '../../src/verify/verdict-words.ts';
import { aBaseline, absent, aCheck, green, invalid, red, tests } from './results.ts';

const check = aCheck();

const quietPolicy: JudgeInput['policy'] = {
  tampered: [],
  flags: [],
  changesTests: false,
  granted: false,
  owned: [],
  isTest: (path) => path.startsWith('test/'),
};

function judged(fields: Partial<JudgeInput> = {}): Verdict {
  const input: JudgeInput = {
    story: 'US-001',
    checks: [proof()],
    regression: [],
    policy: quietPolicy,
    manual: [],
    review: null,
    acceptance: null,
    stopped: null,
  };
  return judge({ ...input, ...fields });
}

function proof(fields: Partial<JudgedCheck> = {}): JudgedCheck {
  return {
    check,
    baseline: aBaseline(check, 'proof'),
    nullPatch: null,
    candidate: [green(check), green(check)],
    baseTests: null,
    ...fields,
  };
}

function guard(fields: Partial<JudgedCheck> = {}): JudgedCheck {
  return proof({ baseline: aBaseline(check, 'guard'), candidate: [green(check)], ...fields });
}

/** `passed:proven`, `failed:regresses: US-002`. */
function said(fields: Partial<JudgeInput>): string {
  const verdict = judged(fields);
  return `${verdict.kind}:${verdictReason(verdict)}`;
}

const approved: ReviewVerdict = { kind: 'approved', criteria: [] };
const revise: ReviewVerdict = { kind: 'revise', remarks: [], reason: 'criterion 2 is not met' };
const open: ReviewVerdict = { kind: 'inconclusive', reason: 'unproven: criterion 1' };
const acceptance = { name: 'Ada', reason: 'looked at it' };
const withTests = { ...quietPolicy, changesTests: true };
const suppression: Flag = { code: 'suppression', level: 'approval', paths: ['a.ts'], detail: 'suppression+1' };
const secret: Flag = { code: 'secret', level: 'hold', paths: ['a.ts'], detail: 'AWS access key' };
const regressed = (result: CheckResult) => [{ story: 'US-002', result }];

describe('a story passes', () => {
  const rows: readonly [string, Partial<JudgeInput>, string][] = [
    ['proven, with a proof that is green two of two times', {}, 'passed:proven'],
    [
      'proven, with a slow proof that is green once',
      { checks: [proof({ candidate: [green(check, { durationMs: 31_000 })] })] },
      'passed:proven',
    ],
    ['proven, with one proof among guards', { checks: [guard(), proof(), guard()] }, 'passed:proven'],
    [
      'proven, when its tests are red without its sources',
      { checks: [guard({ nullPatch: red(check) })], policy: withTests },
      'passed:proven',
    ],
    ['reviewed, with guards and an approving review', { checks: [guard()], review: approved }, 'passed:reviewed'],
    [
      'reviewed, when the orchestrator let base tests change',
      { policy: { ...quietPolicy, granted: true }, review: approved },
      'passed:reviewed',
    ],
    [
      'proven, with a suppression that a review approved',
      { policy: { ...quietPolicy, flags: [suppression] }, review: approved },
      'passed:proven',
    ],
    ['accepted, by a person, with guards', { checks: [guard()], acceptance }, 'passed:accepted'],
    ['accepted, by a person, without any check', { checks: [], acceptance }, 'passed:accepted'],
    ['accepted, by a person who judged what only people can', { manual: [2], acceptance }, 'passed:accepted'],
    ['with other stories still green', { regression: regressed(green(check)) }, 'passed:proven'],
    [
      'with the tests of the base green, and less of the code covered by them',
      {
        checks: [
          proof({
            candidate: [green(check, { counts: tests(4) }), green(check, { counts: tests(4) })],
            baseTests: [red(check, { counts: tests(3) })],
          }),
        ],
      },
      'passed:proven',
    ],
    [
      'with a new test file that the base does not have',
      { checks: [proof({ baseTests: [absent(check, 'missing-file')] })] },
      'passed:proven',
    ],
  ];
  it.each(rows)('%s', (_title, fields, expected) => {
    expect(said(fields)).toBe(expected);
  });
});

describe('a story without any verify command', () => {
  it('never becomes proven, not even with an approving review', () => {
    expect(said({ checks: [] })).toBe('inconclusive:no-checks');
    expect(said({ checks: [], review: approved })).toBe('inconclusive:no-checks');
    expect(said({ checks: [], manual: [1], review: approved })).toBe('needs-person:criterion 1');
  });
});

describe('a story does not pass', () => {
  const withFlags = (...flags: readonly Flag[]) => ({ ...quietPolicy, flags });
  const candidate = (...results: readonly CheckResult[]) => ({ checks: [proof({ candidate: results })] });
  const counted = (before: number, after: number, skipped = 0) => ({
    checks: [
      proof({
        baseline: aBaseline(check, 'proof', tests(before)),
        candidate: [green(check), green(check, { counts: tests(after, { skipped }) })],
      }),
    ],
  });
  const rows: readonly [string, Partial<JudgeInput>, string][] = [
    ['with a red check', candidate(red(check)), 'failed:exit-code: npm test'],
    [
      'with a red check, whatever the review says',
      { ...candidate(red(check)), review: approved },
      'failed:exit-code: npm test',
    ],
    [
      'with a red check, even if a person accepts it',
      { ...candidate(red(check)), acceptance },
      'failed:exit-code: npm test',
    ],
    ['with a check that still finds nothing to run', candidate(absent(check)), 'failed:missing-script: npm test'],
    ['G12: with a runner that ran no tests', candidate(invalid(check, 'zero-tests', 0)), 'inconclusive:zero-tests'],
    ['with a runner that could not report', candidate(invalid(check, 'no-report', 0)), 'inconclusive:no-report'],
    ['with a check that timed out', candidate(invalid(check, 'timeout')), 'inconclusive:timeout'],
    ['with a check that changed the tree', candidate(invalid(check, 'tree-changed', 0)), 'inconclusive:tree-changed'],
    ['with a check that is green and then red', candidate(green(check), red(check)), 'inconclusive:flaky'],
    ['with a proof that ran only once', candidate(green(check)), 'inconclusive:not-run'],
    ['with a proof that never ran', candidate(), 'inconclusive:not-run'],
    ['with one check of two that never ran', { checks: [proof(), guard({ candidate: [] })] }, 'inconclusive:not-run'],
    [
      'G02: with the tests of the base red on the new code',
      { checks: [proof({ baseTests: [red(check)] })] },
      'failed:base-tests-red',
    ],
    [
      'G13: with the tests of the base red, and the runner counting failures',
      { checks: [proof({ baseTests: [red(check, { counts: tests(3, { failed: 1 }) })] })] },
      'failed:base-tests-red',
    ],
    [
      'with the tests of the base timing out',
      { checks: [proof({ baseTests: [invalid(check, 'timeout')] })] },
      'inconclusive:timeout',
    ],
    ['G04: with fewer tests than before', counted(40, 1), 'inconclusive:coverage-drop'],
    ['G04: with more skipped tests than before', counted(40, 40, 2), 'inconclusive:coverage-drop'],
    ['with a story broken that passed', { regression: regressed(red(check)) }, 'failed:regresses: US-002'],
    [
      'with a story that passed and cannot be checked any more',
      { regression: regressed(invalid(check, 'timeout')) },
      'failed:regresses: US-002',
    ],
    ['with a secret, whatever the review says', { policy: withFlags(secret), review: approved }, 'inconclusive:secret'],
    ['G18: with a suppression more and no review', { policy: withFlags(suppression) }, 'inconclusive:suppression+1'],
    ['G13: with guards and no review', { checks: [guard()] }, 'inconclusive:guards-only'],
    [
      'G13: with a test that always passes',
      { checks: [proof({ nullPatch: green(check) })], policy: withTests },
      'inconclusive:guards-only',
    ],
    ['G25: with a review that says no over green checks', { review: revise }, 'failed:review: criterion 2 is not met'],
    ['with a review that could not decide', { review: open }, 'inconclusive:review: unproven: criterion 1'],
    ['with a criterion that only a person can judge', { manual: [2] }, 'needs-person:criterion 2'],
    [
      'with base tests that the orchestrator let change, unreviewed',
      { policy: { ...quietPolicy, granted: true } },
      'inconclusive:assertions-changed',
    ],
    [
      'G01: with a flip in the PRD, whatever the checks say',
      { policy: { ...quietPolicy, tampered: [{ what: 'prd-file', path: 'PRD.json' }] } },
      'tampered:prd-file',
    ],
    [
      'that its implementer calls impossible',
      { stopped: { code: 'blocked', reason: 'criteria 1 and 2 contradict' } },
      'blocked:criteria 1 and 2 contradict',
    ],
    [
      'that conflicts with what has landed',
      { stopped: { code: 'conflict', paths: ['a.ts'] } },
      'conflict:conflict: `a.ts`',
    ],
    ['that could not be checked', { stopped: { code: 'infra', reason: 'disk full' } }, 'infra:disk full'],
  ];
  it.each(rows)('%s', (_title, fields, expected) => {
    expect(said(fields)).toBe(expected);
  });

  it.each(rows)('and a person is told why and what to do: %s', (_title, fields) => {
    const verdict = judged(fields);
    const { why, todo } =
      verdict.kind === 'passed' ? { why: '', todo: '' } : sayObstacle(verdict.obstacle, verdict.story);
    expect(why).toMatch(/^[^\n]{10,}[^.]$/);
    expect(todo).toMatch(/^[^\n]{5,}[^.]$/);
  });
});

describe('coverage', () => {
  const fewer = {
    checks: [
      proof({
        baseline: aBaseline(check, 'proof', tests(3)),
        candidate: [green(check), green(check, { counts: tests(2) })],
      }),
    ],
  };

  it('may drop when the story owns the tests', () => {
    expect(said({ ...fewer, policy: { ...quietPolicy, owned: ['test/cart.test.js'] } })).toBe('passed:proven');
    expect(said({ ...fewer, policy: { ...quietPolicy, owned: ['Makefile'] } })).toBe('inconclusive:coverage-drop');
  });

  it('is compared with the tests of the base on the new code too', () => {
    const checks = [
      proof({
        candidate: [green(check), green(check, { counts: tests(1) })],
        baseTests: [green(check, { counts: tests(4) })],
      }),
    ];
    expect(said({ checks })).toBe('inconclusive:coverage-drop');
  });

  it('drops when the report is gone', () => {
    const checks = [proof({ baseline: aBaseline(check, 'proof', tests(3)) })];
    expect(said({ checks })).toBe('inconclusive:coverage-drop');
  });

  it('minds no skipped tests where a name pattern skips', () => {
    const named = aCheck('npx vitest run -t cart');
    const runs = [green(named), green(named, { counts: tests(3, { skipped: 9 }) })];
    const checks = [proof({ check: named, baseline: aBaseline(named, 'proof', tests(3)), candidate: runs })];
    expect(said({ checks })).toBe('passed:proven');
  });

  it('is unknown where nobody counted', () => {
    expect(said({})).toBe('passed:proven');
  });
});

describe('any evidence', () => {
  const anyResult = fc.constantFrom(
    green(check),
    red(check),
    absent(check),
    invalid(check, 'timeout'),
    invalid(check, 'zero-tests'),
  );
  const anyCheck = fc
    .record({
      kind: fc.constantFrom<BaselineKind>('proof', 'guard', 'absent', 'invalid', 'flaky'),
      nullPatch: fc.option(anyResult),
      candidate: fc.array(anyResult, { maxLength: 3 }),
      baseTests: fc.option(fc.array(anyResult, { maxLength: 2 })),
    })
    .map(({ kind, ...rest }): JudgedCheck => ({ check, baseline: aBaseline(check, kind), ...rest }));
  const anyInput = fc.record({
    checks: fc.array(anyCheck, { maxLength: 3 }),
    changesTests: fc.boolean(),
    review: fc.option(fc.constantFrom(approved, revise, open)),
  });

  it('passes only with every check run and green, and a red side or an approval', () => {
    fc.assert(
      fc.property(anyInput, ({ checks, changesTests, review }) => {
        const verdict = judged({ checks, review, policy: { ...quietPolicy, changesTests } });
        if (verdict.kind !== 'passed') return;
        expect(checks.length).toBeGreaterThan(0);
        expect(
          checks.every(
            ({ candidate }) => candidate.length > 0 && candidate.every(({ outcome }) => outcome === 'green'),
          ),
        ).toBe(true);
        const wasRed = checks.some(({ baseline, nullPatch }) =>
          changesTests ? nullPatch?.outcome === 'red' : baseline.kind === 'proof',
        );
        expect(verdict.strength === 'proven' ? wasRed : review === approved).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
