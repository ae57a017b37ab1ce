import type { Counts } from '../check.ts';
import { addCounts, figure, type Runner } from './runner.ts';

/** pytest: `=== 1 failed, 2 passed, 1 skipped in 0.12s ===`, without the rule at `-q`. */
export const pytest: Runner = {
  name: 'pytest',
  starts: (started) =>
    /^(pytest|py\.test)$/.test(started.program) &&
    !started.args.some((arg) => /^(--version|-V|--help|-h|--collect-only|--co|--fixtures|--markers|-qq+)$/.test(arg)),
  read: readPytest,
};

const words = '(?:failed|passed|skipped|xfailed|xpassed|errors?|deselected|warnings?|subtests? passed|rerun)';
const closing = new RegExp(`^(?:=+ )?((?:\\d+ ${words}(?:, )?)+|no tests ran) in [\\d.]+s.*$`, 'gm');

function readPytest(output: string): Omit<Counts, 'runner'> | null {
  return addCounts([...output.matchAll(closing)].map(([, report = '']) => oneReport(report)));
}

/** An expected failure counts as skipped: marking a red test `xfail` must not look like running it. */
function oneReport(report: string): Omit<Counts, 'runner'> {
  const failed = figure(report, 'failed') + figure(report, 'errors?');
  return {
    executed: figure(report, 'passed') + figure(report, 'xpassed') + failed,
    failed,
    skipped: figure(report, 'skipped') + figure(report, 'xfailed'),
  };
}
