import type { Plan } from '../plan/plan.ts';
import { count, shortOid } from './figures.ts';
import { storyRow, waiting } from './plan-text.ts';
import type { Out } from './reporter.ts';
import { typeset } from './symbols.ts';
import { align, printable } from './text.ts';

export interface StatusFacts {
  readonly file: string;
  /** Branch whose `passes` count; null outside a repository. */
  readonly branch: string | null;
  /** Its tip; null when the branch does not exist yet. */
  readonly commit: string | null;
  readonly plan: Plan;
}

/** What passes, what is next and why others wait. Ends with a line break. */
export function statusText(facts: StatusFacts, out: Out): string {
  const { stories } = facts.plan;
  const ready = stories.filter(({ state }) => state.kind === 'ready');
  const passing = stories.filter(({ state }) => state.kind === 'passes').length;
  const lines = [
    `${out.paint.accent(printable(facts.file))} ${place(facts)}`,
    ...align(ready.map((story, index) => storyRow(story, index + 1))),
    ...waiting(stories, out),
    out.paint.strong(`${passing} of ${count(stories.length, 'story', 'stories')} ${passing === 1 ? 'passes' : 'pass'}`),
  ];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function place({ branch, commit }: StatusFacts): string {
  if (branch === null) return 'outside a repository: `passes` as the file says';
  const name = printable(branch);
  return commit === null ? `for ${name}, which does not exist yet` : `on ${name} at ${shortOid(commit)}`;
}
