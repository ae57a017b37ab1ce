import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import type { Segment } from '../shell.ts';
import type { CommandView } from '../view.ts';

export const outsideRepository: Rule = {
  id: 'verify/outside-repository',
  summary: '`cd ~/…` and absolute paths of one machine',
  reason: 'checks run in a fresh clone, where that path does not exist',
  bad: { criterion: 'Verify: cd ~/shop && npm test' },
  good: { criterion: 'Verify: cd web && npm test' },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: commandRule({
    find: foreign,
    message: (words) => `\`${words}\` exists for one person only`,
    hint: 'make it relative to the root of the repository',
  }),
};

function foreign(_calls: readonly Segment[], { run, cwd }: CommandView): Part | null {
  if (cwd !== null && personal.test(cwd)) return { start: 0, end: run.length };
  for (const word of run.matchAll(/\S+/g)) {
    if (word[0].length < 400 && personal.test(word[0])) return { start: word.index, end: word.index + word[0].length };
  }
  return null;
}

/** A home, a mount or a drive; `/tmp`, `/dev` and `/usr` are the same everywhere. */
const personal =
  /^(?:--?[\w-]{1,40}=)?["']?(?:~(?:\/|$)|\$HOME\b|\/(?:home|Users|root|Volumes|mnt|media)\/|[A-Z]:[\\/])/;
