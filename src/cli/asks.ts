import { lint } from '../lint/lint.ts';
import type { PrdDocument } from '../prd/parse.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Ask } from '../verify/approval.ts';
import type { SetupStep } from '../workspace/workspace.ts';

/** Rules of lint whose commands "always" does not cover. */
const carefulRules = ['verify/destructive', 'verify/network'];

/** Everything that this repository would have executed: setup, the checks of every story, and what stories own. */
export function asksOf(document: PrdDocument, setup: readonly SetupStep[]): readonly Ask[] {
  const careful = carefulCriteria(document);
  const steps = setup.map(({ command }): Ask => ({ kind: 'setup', text: command, cwd: null, careful: false }));
  const checks = document.prd.stories.flatMap((story) =>
    storyChecks(story).map(({ run, cwd, criteria }): Ask => {
      const isCareful = criteria.some((index) => careful.has(JSON.stringify([story.id, index])));
      return { kind: 'check', text: run, cwd, careful: isCareful };
    }),
  );
  const owned = document.prd.stories.flatMap(({ id, owns }): readonly Ask[] =>
    owns.length === 0 ? [] : [{ kind: 'owns', text: `${id}: ${owns.join(', ')}`, cwd: null, careful: false }],
  );
  return [...steps, ...checks, ...owned];
}

function carefulCriteria(document: PrdDocument): ReadonlySet<string> {
  const report = lint(document, { roleOf: () => 'delegate', config: {}, repo: null, all: true, only: carefulRules });
  return new Set(report.findings.map(({ story, criterion }) => JSON.stringify([story, criterion])));
}
