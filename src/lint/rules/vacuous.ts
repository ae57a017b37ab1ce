import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import type { Segment } from '../shell.ts';
import type { CommandView } from '../view.ts';

export const vacuous: Rule = {
  id: 'verify/vacuous',
  summary: 'a command that cannot fail: `true`, `echo`, `exit 0`, `--version`, `--help`, bare `ls`, `git status`',
  reason: 'what cannot fail was green before the work and proves nothing after it',
  bad: { criterion: 'Verify: true' },
  good: { criterion: 'Verify: test -f dist/app.js' },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  fixed: true,
  check: commandRule({
    find: idle,
    message: (words) => `\`${words}\` cannot fail, so it proves nothing`,
    hint: 'run a test',
  }),
};

/** An expectation on the output, or on another exit code than 0, can fail. */
function idle(calls: readonly Segment[], { run, expect }: CommandView): Part | null {
  if (expect !== null && (expect.output !== null || expect.exit !== 0)) return null;
  return calls.length > 0 && calls.every(({ words }) => neverFails(words)) ? { start: 0, end: run.length } : null;
}

function neverFails([program = '', ...rest]: readonly string[]): boolean {
  if (harmless.has(program)) return true;
  if (program === 'exit') return rest[0] === '0' || rest.length === 0;
  if (program === 'ls') return rest.every((word) => word.startsWith('-'));
  if (program === 'git')
    return rest[0] === 'status' || rest[0] === 'log' || rest[0] === 'diff'
      ? !rest.includes('--exit-code') && !rest.includes('--quiet')
      : false;
  return rest.length > 0 && rest.every((word) => asks.has(word));
}

const harmless: ReadonlySet<string> = new Set([
  'true',
  ':',
  'echo',
  'printf',
  'pwd',
  'date',
  'whoami',
  'sleep',
  'uname',
]);
const asks: ReadonlySet<string> = new Set(['--version', '-v', '-V', '--help', '-h', 'version', 'help']);
