import type { Counts } from '../check.ts';
import { addCounts, type Runner } from './runner.ts';

/**
 * JUnit XML that a runner printed. Only the output of the command is read, never a file of the tree: a report that was
 * planted there says nothing.
 */
export const junit: Runner = {
  name: 'junit',
  starts: () => false,
  read: readJunit,
};

function readJunit(output: string): Omit<Counts, 'runner'> | null {
  if (!/<testsuites?[\s>]/.test(output) || !/<\/testsuites?>|<testsuites?[^<>]*\/>/.test(output)) return null;
  const suites = [...output.matchAll(/<testsuite\s([^<>]*)>/g)].map((suite) => attributes(suite[1] ?? ''));
  return addCounts(suites.map(oneSuite)) ?? { executed: 0, failed: 0, skipped: 0 };
}

function oneSuite(suite: ReadonlyMap<string, string>): Omit<Counts, 'runner'> {
  const number = (name: string) => Number(suite.get(name) ?? 0) || 0;
  const skipped = number('skipped') + number('disabled');
  return { executed: Math.max(0, number('tests') - skipped), failed: number('failures') + number('errors'), skipped };
}

function attributes(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}
