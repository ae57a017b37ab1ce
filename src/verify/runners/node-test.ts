import type { Counts } from '../check.ts';
import { otherReport, type Runner } from './runner.ts';

/** `node --test`, reporters `spec` (default on a terminal, and everywhere from Node 23) and `tap` (Node 20, 22). */
export const nodeTest: Runner = {
  name: 'node:test',
  starts: (started) =>
    /^(node|tsx)$/.test(started.program) && started.args.includes('--test') && !otherReport(started, /^(spec|tap)$/),
  read: readNodeTest,
};

/** Exported figures: `tests` counts every test, skipped ones too; `todo` tests run but never decide. */
function readNodeTest(output: string): Omit<Counts, 'runner'> | null {
  const reports = [...output.matchAll(closing)];
  if (reports.length === 0) return null;
  const sum = (at: number) => reports.reduce((total, report) => total + Number(report[at]), 0);
  const failed = sum(2) + sum(3);
  return {
    executed: sum(1) + failed,
    failed,
    skipped: Math.max(0, sum(4) - filteredOut(output)),
    silent: silentFiles(output),
  };
}

const closing =
  /^[#ℹ] tests \d+\n(?:[#ℹ] suites \d+\n)?[#ℹ] pass (\d+)\n[#ℹ] fail (\d+)\n[#ℹ] cancelled (\d+)\n[#ℹ] skipped (\d+)/gmu;

/** Node 20 reports what a name pattern left out as skipped: nobody skipped those. */
function filteredOut(output: string): number {
  return output.match(/# (SKIP )?test name does not match pattern$/gm)?.length ?? 0;
}

/**
 * A file is reported as a test of its own only when it reported none: it has no tests, its process ended before they
 * ran, or (Node 22 and newer) none of them matched the pattern.
 */
function silentFiles(output: string): readonly string[] {
  const lines = output.matchAll(/^(?:✔ |ok \d+ - )(\S.*?\.[cm]?[jt]sx?)(?: \([\d.]+m?s\))?$/gm);
  return [...lines].flatMap((line) => line[1] ?? []);
}
