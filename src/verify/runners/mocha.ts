import type { Counts } from '../check.ts';
import { addCounts, figure, otherReport, type Runner } from './runner.ts';

/** mocha: `  2 passing (8ms)`, `  1 pending`, `  1 failing` at the end. */
export const mocha: Runner = {
  name: 'mocha',
  starts: (started) =>
    /^_?mocha$/.test(started.program) &&
    !started.args.some((arg) => /^(--version|-V|--help|-h|--dry-run)$/.test(arg)) &&
    !otherReport(started, /^(spec|dot|min|list|nyan|progress|landing)$/),
  read: readMocha,
};

function readMocha(output: string): Omit<Counts, 'runner'> | null {
  const reports = [...output.matchAll(/^ {2}\d+ passing \(.+\)(?:\n {2}\d+ (?:pending|failing))*$/gm)];
  return addCounts(
    reports.map(([report]) => ({
      executed: figure(report, 'passing') + figure(report, 'failing'),
      failed: figure(report, 'failing'),
      skipped: figure(report, 'pending'),
    })),
  );
}
