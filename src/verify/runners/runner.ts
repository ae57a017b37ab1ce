import type { Counts } from '../check.ts';
import type { Started } from '../command-words.ts';

/** How one test runner is started and how its closing report reads. Pure: text in, counts out. */
export interface Runner {
  readonly name: string;
  /** Does this program run tests with it, with a report that `read` understands? */
  starts(started: Started): boolean;
  /** Counts of every closing report in the output, added up; null when there is none. */
  read(output: string): Omit<Counts, 'runner'> | null;
}

/** Adds reports up: a monorepo prints one per package. A field nobody reported stays null. */
export function addCounts(reports: readonly Omit<Counts, 'runner'>[]): Omit<Counts, 'runner'> | null {
  const [first, ...rest] = reports;
  if (first === undefined) return null;
  return rest.reduce(
    (sum, next) => ({
      executed: sum.executed + next.executed,
      failed: plus(sum.failed, next.failed),
      skipped: plus(sum.skipped, next.skipped),
    }),
    first,
  );
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

/** The number in front of a word in a report line such as `1 failed | 2 passed (3)`; 0 when the word is not there. */
export function figure(line: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}\\b`).exec(line)?.[1] ?? 0);
}

/** True when an option asks for a report that the adapter does not read: then the exit code is all we have. */
export function otherReport(started: Started, readable: RegExp): boolean {
  return started.args.some((arg, at) => {
    if (arg === '--json') return true;
    const value = /^(--reporter|--test-reporter|-R)(?:=(.*))?$/.exec(arg);
    return value !== null && !readable.test(value[2] ?? started.args[at + 1] ?? '');
  });
}
