import { expect, it } from 'vitest';
import { sayCheck, sayRevoked } from '../../src/report/check-words.ts';

const check = { run: 'npm test', exitCode: 1, durationMs: 120_000 };

it.each([
  ['met', 'is green'],
  ['exit-code', 'failed (exit 1, 2m 00s)'],
  ['output', 'did not print what it should (2m 00s)'],
  ['missing-script', 'needs a script that does not exist'],
  ['missing-file', 'needs a file that does not exist'],
  ['missing-package', 'needs a package that is not there'],
  ['not-found', 'could not start: command not found'],
  ['not-executable', 'could not start: not executable'],
  ['timeout', 'timed out after 2m 00s'],
  ['signal', 'was ended by a signal (2m 00s)'],
  ['flooded', 'was ended: it wrote too much'],
  ['zero-tests', 'ran no tests'],
  ['no-report', 'ended before its runner could report'],
  ['failed-tests', 'ended well, but its runner counted failures'],
  ['cancelled', 'was cancelled'],
  ['tree-changed', 'changed the tree it checked'],
  ['a word of a later version', 'a word of a later version'],
  ['constructor', 'constructor'],
])('a check with the result %s %s', (reason, words) => {
  expect(sayCheck({ ...check, reason })).toBe(`\`npm test\` ${words}`);
});

it('an exit code that nobody knows is not shown as 0', () => {
  expect(sayCheck({ ...check, reason: 'exit-code', exitCode: null })).toBe('`npm test` failed (exit unknown, 2m 00s)');
});

it('a command of others cannot draw on the terminal', () => {
  const run = `npm test${String.fromCharCode(27)}[2J\nrm`;
  expect(sayCheck({ ...check, run, reason: 'met' })).toBe('`npm test rm` is green');
});

it('a story that goes back says why, and who broke it if a story did', () => {
  const why = '`npm test` failed (exit 1)';
  expect(sayRevoked({ why, by: 'US-002' })).toBe(`back to false: ${why} since US-002 landed`);
  expect(sayRevoked({ why, by: null })).toBe(`back to false: ${why}`);
});
