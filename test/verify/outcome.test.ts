import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../src/prd/prd.ts';
import { type Ended, outcomeOf } from '../../src/verify/outcome.ts';
import { aCheck, exitZero, tests } from './results.ts';

function said(run: string, fields: Partial<Ended> = {}, expected: Expectation = exitZero): string {
  const ended: Ended = {
    check: aCheck(run, { expect: expected }),
    exitCode: 0,
    signal: null,
    timedOut: false,
    cancelled: false,
    flooded: false,
    notStarted: null,
    stdout: '',
    stderr: '',
    counts: null,
    missing: [],
    changed: [],
    ...fields,
  };
  const { outcome, reason } = outcomeOf(ended);
  return `${outcome}:${reason}`;
}

const nonzero: Expectation = { exit: 'nonzero', output: null };
const exits2: Expectation = { exit: 2, output: null };
const contains: Expectation = { exit: null, output: { kind: 'contains', text: 'three' } };
const lastLine: Expectation = { exit: null, output: { kind: 'last-line', text: '3' } };
const nothing: Expectation = { exit: 1, output: { kind: 'empty' } };

describe('the outcome of a check', () => {
  const rows: readonly [string, string, Partial<Ended>, Expectation, string][] = [
    ['exit 0 meets exit 0', 'make lint', {}, exitZero, 'green:met'],
    ['exit 1 is a real no', 'make lint', { exitCode: 1 }, exitZero, 'red:exit-code'],
    ['exit 255 is a real no', 'make lint', { exitCode: 255 }, exitZero, 'red:exit-code'],
    ['the exact code meets an exact code', 'shop --bad', { exitCode: 2 }, exits2, 'green:met'],
    ['another code does not', 'shop --bad', { exitCode: 1 }, exits2, 'red:exit-code'],
    ['exit 0 does not meet nonzero', 'shop --bad', {}, nonzero, 'red:exit-code'],
    ['exit 3 meets nonzero', 'shop --bad', { exitCode: 3 }, nonzero, 'green:met'],
    [
      'a program that is not there never meets nonzero',
      'notinstalled',
      { exitCode: 127 },
      nonzero,
      'invalid:not-found',
    ],
    ['126 never meets nonzero', './run.sh', { exitCode: 126 }, nonzero, 'invalid:not-executable'],
    ['a child killed by a signal never meets nonzero', 'shop', { exitCode: 139 }, nonzero, 'invalid:signal'],
    ['a signal is no answer', 'shop', { exitCode: null, signal: 'SIGKILL' }, nonzero, 'invalid:signal'],
    ['a timeout never passes, even with exit 0', 'shop', { timedOut: true }, exitZero, 'invalid:timeout'],
    ['a timeout never meets nonzero', 'shop', { timedOut: true, exitCode: null }, nonzero, 'invalid:timeout'],
    ['a flood is no answer', 'shop', { flooded: true }, exitZero, 'invalid:flooded'],
    ['a cancelled check is no answer', 'shop', { cancelled: true, exitCode: null }, exitZero, 'invalid:cancelled'],
    ['what cannot start is not found', 'shop', { notStarted: 'ENOENT', exitCode: null }, exitZero, 'invalid:not-found'],
    ['a changed tree voids a green', 'prettier --write .', { changed: ['a.ts'] }, exitZero, 'invalid:tree-changed'],
    [
      'a changed tree voids a red',
      'prettier --write .',
      { changed: ['a.ts'], exitCode: 1 },
      exitZero,
      'invalid:tree-changed',
    ],
    [
      'words in stdout meet contains, whatever the exit',
      'shop',
      { stdout: 'one two three', exitCode: 1 },
      contains,
      'green:met',
    ],
    ['words in stderr meet contains', 'shop', { stderr: 'three' }, contains, 'green:met'],
    ['other words do not', 'shop', { stdout: 'four' }, contains, 'red:output'],
    ['words with 127 do not', 'shop', { stdout: 'three', exitCode: 127 }, contains, 'invalid:not-found'],
    ['the last line must be equal', 'count', { stdout: '1\n3\n\n' }, lastLine, 'green:met'],
    ['13 is not 3', 'count', { stdout: '13\n' }, lastLine, 'red:output'],
    ['no output meets empty', 'rg x src', { exitCode: 1 }, nothing, 'green:met'],
    ['an error of the tool does not meet empty', 'rg x src', { exitCode: 2 }, nothing, 'red:exit-code'],
    [
      'make reports a missing program as its own failure',
      'make e2e',
      { exitCode: 2, stderr: 'make: *** [Makefile:2: e2e] Error 127' },
      exitZero,
      'invalid:not-found',
    ],
  ];
  it.each(rows)('%s', (_title, run, fields, expected, outcome) => {
    expect(said(run, fields, expected)).toBe(outcome);
  });
});

describe('nothing to judge yet', () => {
  const rows: readonly [string, string, Partial<Ended>, string][] = [
    [
      'G14: a missing npm script',
      'npm run e2e',
      { exitCode: 1, stderr: 'npm error Missing script: "e2e"' },
      'absent:missing-script',
    ],
    [
      'the same of npm 9',
      'npm run e2e',
      { exitCode: 1, stderr: 'npm ERR! Missing script: "e2e"' },
      'absent:missing-script',
    ],
    [
      'a missing yarn script',
      'yarn e2e',
      { exitCode: 1, stderr: 'error Command "e2e" not found.' },
      'absent:missing-script',
    ],
    [
      'a missing pnpm script',
      'pnpm e2e',
      { exitCode: 1, stdout: ' ERR_PNPM_NO_SCRIPT  Missing script: e2e' },
      'absent:missing-script',
    ],
    [
      'a missing make target',
      'make e2e',
      { exitCode: 2, stderr: "make: *** No rule to make target 'e2e'.  Stop." },
      'absent:missing-script',
    ],
    [
      'no package.json',
      'npm test',
      { exitCode: 254, stderr: 'npm error code ENOENT\nnpm error enoent Could not read package.json: Error' },
      'absent:missing-file',
    ],
    [
      'no Cargo.toml',
      'cargo test',
      { exitCode: 101, stderr: 'error: could not find `Cargo.toml` in `/project`' },
      'absent:missing-file',
    ],
    [
      'no Makefile',
      'make',
      { exitCode: 2, stderr: 'make: *** No targets specified and no makefile found.  Stop.' },
      'absent:missing-file',
    ],
    [
      'a program of a script that no dependency brings',
      'npm test',
      { exitCode: 127, stderr: 'sh: 1: vitest: not found' },
      'absent:missing-package',
    ],
    [
      'a Python module that is not installed',
      'python3 -m pytest',
      { exitCode: 1, stderr: '/usr/bin/python3: No module named pytest' },
      'absent:missing-package',
    ],
    [
      'a package that npx cannot fetch',
      'npx tsc --noEmit',
      { exitCode: 1, stdout: 'This is not the tsc command you are looking for' },
      'absent:missing-package',
    ],
    [
      'a test file that the command names',
      'node --test test/cart.test.js',
      { exitCode: 1, missing: ['test/cart.test.js'] },
      'absent:missing-file',
    ],
    [
      'a script that the command starts',
      './scripts/check.sh',
      { exitCode: 127, missing: ['scripts/check.sh'] },
      'absent:missing-file',
    ],
    [
      'a pytest path',
      'pytest tests/nope.py',
      { exitCode: 4, stderr: 'ERROR: file or directory not found: tests/nope.py', counts: tests(0) },
      'absent:missing-file',
    ],
  ];
  it.each(rows)('%s', (_title, run, fields, outcome) => {
    expect(said(run, fields)).toBe(outcome);
  });

  it('a missing file is not the answer that `exits 1` asks for', () => {
    expect(said('node bin/shop.js --bad', { exitCode: 1, missing: ['bin/shop.js'] }, nonzero)).toBe(
      'absent:missing-file',
    );
  });

  it('a missing file is a real no where the command asks for that very file', () => {
    expect(said('test -f docs/guide.md', { exitCode: 1, missing: ['docs/guide.md'] })).toBe('red:exit-code');
  });

  it('a missing file is a real no where an empty file would not do', () => {
    const options = { exitCode: 1, missing: ['bin/shop.js'] };
    expect(said('node bin/shop.js --version', options, { exit: 0, output: { kind: 'contains', text: '1.0' } })).toBe(
      'red:exit-code',
    );
  });

  it('failing tests are a real no, whatever else the output says', () => {
    const fields = { exitCode: 1, stdout: 'npm error Missing script: "e2e"', counts: tests(3, { failed: 1 }) };
    expect(said('npm test', fields)).toBe('red:exit-code');
  });

  it('G14: a bare program that is not there is our problem, not the work of the story', () => {
    expect(said('notinstalled', { exitCode: 127, stderr: 'bash: notinstalled: command not found' })).toBe(
      'invalid:not-found',
    );
  });
});

describe('exit 0 of a known runner', () => {
  const rows: readonly [string, string, Partial<Ended>, string][] = [
    ['is green with tests that ran', 'npx vitest run', { counts: tests(3) }, 'green:met'],
    [
      'is no pass without a single test',
      'node --test --test-name-pattern=nomatch',
      { counts: tests(0) },
      'invalid:zero-tests',
    ],
    [
      'is no pass when every test was skipped',
      'npx vitest run',
      { counts: tests(0, { skipped: 4 }) },
      'invalid:zero-tests',
    ],
    ['is no pass without its report', 'npx mocha', {}, 'invalid:no-report'],
    [
      'is no pass without the report of the script that npm shows',
      'npm test',
      { stdout: '\n> shop@1.0.0 test\n> mocha\n\n' },
      'invalid:no-report',
    ],
    [
      'is no pass when a file ended before its tests',
      'node --test',
      { counts: tests(1, { silent: ['a.test.js'] }) },
      'invalid:no-report',
    ],
    [
      'is no pass when the runner counted failures',
      'npx jest || true',
      { counts: tests(3, { failed: 1 }) },
      'red:failed-tests',
    ],
    ['needs no report behind a pipe', 'npx mocha | grep passing', {}, 'green:met'],
    ['needs no report of a runner that nobody named', 'make test', {}, 'green:met'],
  ];
  it.each(rows)('%s', (_title, run, fields, outcome) => {
    expect(said(run, fields)).toBe(outcome);
  });

  it('counts files that a name pattern emptied as no tests', () => {
    const fields = { counts: tests(0, { silent: ['a.test.js'] }) };
    expect(said('node --test --test-name-pattern=x', fields)).toBe('invalid:zero-tests');
  });

  it('a suite that cannot be loaded is red, not empty', () => {
    expect(said('npx vitest run', { exitCode: 1, counts: tests(0, { failed: 1 }) })).toBe('red:exit-code');
  });
});
