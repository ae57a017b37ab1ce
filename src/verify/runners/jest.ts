import type { Counts } from '../check.ts';
import { addCounts, figure, otherReport, type Runner } from './runner.ts';

/** jest: `Tests:       1 failed, 1 skipped, 1 passed, 3 total`. */
export const jest: Runner = {
  name: 'jest',
  starts: (started) =>
    (started.program === 'jest' || (started.program === 'react-scripts' && started.args[0] === 'test')) &&
    !started.args.some((arg) => /^(--version|--help|--listTests|--showConfig|--init|--clearCache)$/.test(arg)) &&
    !otherReport(started, /^default$/),
  read: readJest,
};

function readJest(output: string): Omit<Counts, 'runner'> | null {
  if (/^No tests found/m.test(output)) return { executed: 0, failed: 0, skipped: 0 };
  const reports = [...output.matchAll(/^Test Suites:(.+ total)\nTests:(.+ total)$/gm)];
  return addCounts(reports.map(([, suites = '', tests = '']) => oneReport(suites, tests)));
}

function oneReport(suites: string, tests: string): Omit<Counts, 'runner'> {
  const failed = figure(tests, 'failed');
  return {
    executed: figure(tests, 'passed') + failed,
    failed: Math.max(failed, figure(suites, 'failed')),
    skipped: figure(tests, 'skipped') + figure(tests, 'todo'),
  };
}
