import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import type { Segment } from '../shell.ts';
import type { CommandView } from '../view.ts';

export const maskedExit: Rule = {
  id: 'verify/masked-exit',
  summary: 'the command succeeds whatever happens: `|| true`, `; echo`, a trailing `&`, `set +e`, `--passWithNoTests`',
  reason: 'a check that hides its exit code proves nothing, and nobody notices',
  bad: { criterion: 'Verify: npm test || true' },
  good: { criterion: 'Verify: npm test | tail -5' },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  fixed: true,
  check: commandRule({
    find: mask,
    message: (words) => `\`${words}\` hides the exit code`,
    hint: 'remove it',
  }),
};

function mask(calls: readonly Segment[], { run }: CommandView): Part | null {
  const call = calls.find((one, at) => hides(one, at === calls.length - 1));
  if (call !== undefined)
    return { start: call.before === null ? call.start : run.lastIndexOf(call.before, call.start), end: call.end };
  const last = calls.at(-1);
  return last?.after === '&' ? { start: run.lastIndexOf('&'), end: run.lastIndexOf('&') + 1 } : null;
}

function hides({ words, before }: Segment, isLast: boolean): boolean {
  const [program = '', first = ''] = words;
  if (words.some((word) => emptyPasses.has(word))) return true;
  if (program === 'set' && first === '+e') return true;
  if (before === '||') return harmless.has(program) || (program === 'exit' && (first === '0' || first === ''));
  return before === ';' && isLast && (harmless.has(program) || program === 'exit');
}

const harmless: ReadonlySet<string> = new Set(['true', ':', 'echo', 'printf', '/bin/true']);
const emptyPasses: ReadonlySet<string> = new Set(['--passWithNoTests', '--pass-with-no-tests', '--allow-empty']);
