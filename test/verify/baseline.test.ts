import { describe, expect, it } from 'vitest';
import {
  baselineKind,
  baselineOf,
  baselineRunsNeeded,
  candidateRunsNeeded,
  needsNullPatch,
  provesWork,
} from '../../src/verify/baseline.ts';
import type { BaselineKind, CheckResult } from '../../src/verify/check.ts';
import { aBaseline, absent, aCheck, green, invalid, red, tests } from './results.ts';

const check = aCheck();

describe('the baseline of a check', () => {
  const rows: readonly [string, readonly CheckResult[], BaselineKind][] = [
    ['red is a proof', [red(check)], 'proof'],
    ['red twice is a proof', [red(check), red(check)], 'proof'],
    ['green is a guard', [green(check)], 'guard'],
    ['a missing script is absent', [absent(check)], 'absent'],
    ['a missing program is invalid', [invalid(check, 'not-found', 127)], 'invalid'],
    ['a timeout is invalid', [invalid(check, 'timeout')], 'invalid'],
    ['a runner that found no tests leaves them to the story', [invalid(check, 'zero-tests', 0)], 'absent'],
    ['red and green at one commit is flaky', [red(check), green(check)], 'flaky'],
    ['red and a timeout at one commit is flaky', [red(check), invalid(check, 'timeout')], 'flaky'],
    ['a check that never ran says nothing', [], 'invalid'],
  ];
  it.each(rows)('%s', (_title, results, kind) => {
    expect(baselineKind(results)).toBe(kind);
  });

  it('keeps why, and what was counted', () => {
    const counts = tests(3, { failed: 1 });
    expect(baselineOf(check, [red(check, { counts })])).toEqual({
      check,
      kind: 'proof',
      reason: 'exit-code',
      exitCode: 1,
      counts,
    });
  });
});

describe('runs at the base', () => {
  it.each([
    ['one to begin with', [], 1],
    ['a second for a quick red', [red(check, { durationMs: 4_999 })], 2],
    ['no second for a slow red', [red(check, { durationMs: 5_000 })], 1],
    ['no second for a green', [green(check)], 1],
    ['no third', [red(check), red(check)], 2],
  ])('%s', (_title, results, needed) => {
    expect(baselineRunsNeeded(results)).toBe(needed);
  });
});

describe('runs on the candidate', () => {
  const rows: readonly [string, BaselineKind, readonly CheckResult[], number][] = [
    ['one to begin with', 'proof', [], 1],
    ['a proof is green two of two times', 'proof', [green(check)], 2],
    ['a proof that takes over 30 s is green once', 'proof', [green(check, { durationMs: 30_001 })], 1],
    ['what was absent is green two of two times', 'absent', [green(check)], 2],
    ['a guard is green once', 'guard', [green(check)], 1],
    ['a red is not repeated until it is green', 'proof', [red(check)], 1],
    ['a red after a green ends it', 'proof', [green(check), red(check)], 2],
  ];
  it.each(rows)('%s', (_title, kind, results, needed) => {
    expect(candidateRunsNeeded(kind, results)).toBe(needed);
  });
});

describe('the null patch', () => {
  it.each<[BaselineKind, boolean, boolean]>([
    ['proof', true, true],
    ['guard', true, true],
    ['absent', true, true],
    ['proof', false, false],
    ['flaky', true, false],
    ['invalid', true, false],
  ])('of a check that was %s, with changed tests: %s, is needed: %s', (kind, changesTests, needed) => {
    expect(needsNullPatch(aBaseline(check, kind), changesTests)).toBe(needed);
  });

  const rows: readonly [string, BaselineKind, boolean, CheckResult | null, boolean][] = [
    ['red before, no tests changed: a proof', 'proof', false, null, true],
    ['green before, no tests changed: no proof', 'guard', false, null, false],
    ['absent before, no tests changed: no proof', 'absent', false, null, false],
    ['absent before, red without the sources: a proof', 'absent', true, red(check), true],
    ['absent before, still absent without the sources: no proof', 'absent', true, absent(check), false],
    ['green before, red with the new tests alone: a proof', 'guard', true, red(check), true],
    ['red before, green with the new tests alone: a test that always passes', 'proof', true, green(check), false],
    ['red before, broken with the new tests alone: no proof', 'proof', true, invalid(check, 'timeout'), false],
    ['red before, tests changed, null patch never run: no proof', 'proof', true, null, false],
  ];
  it.each(rows)('%s', (_title, kind, changesTests, nullPatch, proof) => {
    expect(provesWork(aBaseline(check, kind), changesTests, nullPatch)).toBe(proof);
  });
});
