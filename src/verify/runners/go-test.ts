import type { Counts } from '../check.ts';
import type { Runner } from './runner.ts';

/**
 * `go test`: counts single tests with `-v`. Without it go prints one line per package, so packages are counted; the
 * same command is compared with itself, so the unit does not matter.
 */
export const goTest: Runner = {
  name: 'go test',
  starts: (started) =>
    started.program === 'go' &&
    started.args[0] === 'test' &&
    !started.args.some((arg) => /^(-json|-c|-list.*|-h|-help|--help)$/.test(arg)),
  read: readGo,
};

function readGo(output: string): Omit<Counts, 'runner'> | null {
  const packages = [...output.matchAll(/^(?:(ok|FAIL)(?: {2})?\t\S+.*|\?\s+\t\S+\t\[no test files\])$/gm)];
  if (packages.length === 0) return null;
  const tests = [...output.matchAll(/^ *--- (PASS|FAIL|SKIP): /gm)].map((line) => line[1]);
  return tests.some((test) => test === 'PASS') ? countTests(tests, packages) : countPackages(packages, tests);
}

function countTests(
  tests: readonly (string | undefined)[],
  packages: readonly RegExpMatchArray[],
): Omit<Counts, 'runner'> {
  const failed = count(tests, 'FAIL');
  const broken = packages.filter((line) => line[1] === 'FAIL').length;
  return { executed: count(tests, 'PASS') + failed, failed: Math.max(failed, broken), skipped: count(tests, 'SKIP') };
}

function countPackages(
  packages: readonly RegExpMatchArray[],
  tests: readonly (string | undefined)[],
): Omit<Counts, 'runner'> {
  const ran = packages.filter((line) => line[1] === 'ok' && !line[0].includes('[no tests to run]')).length;
  const broken = packages.filter((line) => line[1] === 'FAIL').length;
  return { executed: ran + broken, failed: broken, skipped: tests.includes('SKIP') ? count(tests, 'SKIP') : null };
}

function count(tests: readonly (string | undefined)[], kind: string): number {
  return tests.filter((test) => test === kind).length;
}
