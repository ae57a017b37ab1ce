import { createHash } from 'node:crypto';
import type { Check } from '../verify/check.ts';
import type { Criterion, Story, VerifyCommand } from './prd.ts';

/** Time a check may take when nothing else is said. */
export const defaultTimeoutMs = 600_000;

/** What decides a story: its commands in the order of its criteria, equal ones once with all criteria they decide. */
export function storyChecks(story: Story): readonly Check[] {
  const checks = new Map<string, Check>();
  for (const [index, criterion] of story.criteria.entries()) {
    for (const command of commandsOf(criterion)) {
      const id = checkId(command);
      const known = checks.get(id);
      checks.set(id, known === undefined ? toCheck(id, command, index) : alsoDecides(known, index));
    }
  }
  return [...checks.values()];
}

/** Named checks that criteria ask for and the document does not have, each once. */
export function unresolvedChecks(story: Story): readonly string[] {
  const names = story.criteria.flatMap(({ reading }) => (reading.kind === 'check' ? reading.unresolved : []));
  return [...new Set(names)];
}

/** First 16 hex digits of sha256 over what decides how a check runs and what it must say. */
export function checkId(command: Pick<VerifyCommand, 'run' | 'cwd' | 'expect' | 'timeoutMs'>): string {
  const { run, cwd, expect, timeoutMs } = command;
  const output =
    expect.output === null ? null : [expect.output.kind, 'text' in expect.output ? expect.output.text : ''];
  const text = JSON.stringify([run, cwd, expect.exit, output, timeoutMs ?? defaultTimeoutMs]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function commandsOf({ reading }: Criterion): readonly VerifyCommand[] {
  switch (reading.kind) {
    case 'command':
      return [reading.command];
    case 'check':
      return reading.commands;
    case 'prose':
      return [];
    default:
      return reading satisfies never;
  }
}

function toCheck(id: string, command: VerifyCommand, criterion: number): Check {
  const { run, cwd, expect, timeoutMs } = command;
  return { id, run, cwd, expect, timeoutMs: timeoutMs ?? defaultTimeoutMs, origin: 'story', criteria: [criterion] };
}

function alsoDecides(check: Check, criterion: number): Check {
  return check.criteria.includes(criterion) ? check : { ...check, criteria: [...check.criteria, criterion] };
}
