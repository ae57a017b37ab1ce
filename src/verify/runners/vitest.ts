import type { Counts } from '../check.ts';
import { addCounts, figure, otherReport, type Runner } from './runner.ts';

/** vitest 0.34 to 4: `Tests  1 failed | 2 passed | 1 skipped | 1 todo (5)`. */
export const vitest: Runner = {
  name: 'vitest',
  starts: (started) =>
    started.program === 'vitest' &&
    !started.args.some((arg) => /^(list|bench|init|typecheck|--version|-v|--help|-h)$/.test(arg)) &&
    !otherReport(started, /^(default|basic|verbose|tree|dot|hanging-process|github-actions)$/),
  read: readVitest,
};

function readVitest(output: string): Omit<Counts, 'runner'> | null {
  if (/^No test files found/m.test(output)) return { executed: 0, failed: 0, skipped: 0 };
  const reports = [...output.matchAll(/^ *Test Files {2}(.+)\n(?: *Errors.*\n)? *Tests {2}(.+)$/gm)];
  return addCounts(reports.map(([, files = '', tests = '']) => oneReport(files, tests)));
}

/** A file that cannot be loaded fails without a single test: its failure counts, or it would look like zero tests. */
function oneReport(files: string, tests: string): Omit<Counts, 'runner'> {
  const failed = figure(tests, 'failed');
  return {
    executed: figure(tests, 'passed') + failed,
    failed: Math.max(failed, figure(files, 'failed')),
    skipped: figure(tests, 'skipped') + figure(tests, 'todo'),
  };
}
