import type { Counts } from '../check.ts';
import { addCounts, figure, type Runner } from './runner.ts';

/** `cargo test`: one `test result:` line per test binary, doc tests included. */
export const cargoTest: Runner = {
  name: 'cargo test',
  starts: (started) =>
    started.program === 'cargo' &&
    /^(test|t)$/.test(started.args.find((arg) => !/^[-+]/.test(arg)) ?? '') &&
    !started.args.some((arg) => /^(--no-run|--list|--help|-h|--format.*)$/.test(arg)),
  read: readCargo,
};

function readCargo(output: string): Omit<Counts, 'runner'> | null {
  const reports = [...output.matchAll(/^test result: \w+\. (\d+ passed; .*)$/gm)];
  return addCounts(
    reports.map(([, report = '']) => ({
      executed: figure(report, 'passed') + figure(report, 'failed'),
      failed: figure(report, 'failed'),
      skipped: figure(report, 'ignored'),
    })),
  );
}
