import type { CheckResult, Counts } from './check.ts';
import type { JudgedCheck } from './verdict.ts';

/** What became less, in words for people: `40 tests` and `1 test`. */
export interface CoverageDrop {
  readonly before: string;
  readonly after: string;
}

/** Do the tests that land run fewer tests, or skip more, than those of the base did? Null when they do not, or nobody counted. */
export function coverageDrop({ check, baseline, candidate, baseTests }: JudgedCheck): CoverageDrop | null {
  const after = last(candidate);
  for (const before of [baseline.counts, last(baseTests ?? [])]) {
    const drop = before === null ? null : lessThan(before, after, picksByName.test(check.run));
    if (drop !== null) return drop;
  }
  return null;
}

function last(results: readonly CheckResult[]): Counts | null {
  return results.at(-1)?.counts ?? null;
}

/** What a name pattern leaves out counts as skipped in most runners: then only the executed tests are compared. */
const picksByName = /\s(-t|-k|-g|-run|--grep|--testNamePattern|--test-name-pattern|--test-only)\b/;

function lessThan(before: Counts, after: Counts | null, patterned: boolean): CoverageDrop | null {
  if (after === null) return before.executed > 0 ? { before: tests(before.executed), after: 'no report' } : null;
  if (after.executed < before.executed) return { before: tests(before.executed), after: tests(after.executed) };
  if (patterned || before.skipped === null || after.skipped === null || after.skipped <= before.skipped) return null;
  return { before: `${before.skipped} skipped`, after: `${after.skipped} skipped` };
}

function tests(count: number): string {
  return count === 1 ? '1 test' : `${count} tests`;
}
