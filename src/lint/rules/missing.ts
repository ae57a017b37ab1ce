import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { StoryView } from '../view.ts';

export const missing: Rule = {
  id: 'verify/missing',
  summary: 'nothing in the story is executable',
  reason: 'without a command the story can never become proven',
  bad: { criterion: 'The badge is red when the priority is `high`' },
  good: { criterion: 'npm test -- badge passes' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'unsafe',
  check: { on: 'story', find },
};

/**
 * A generic phrase without a command is the business of `verify/unresolved-check`; a story without criteria, of
 * `atomic/no-criteria`.
 */
function find(view: StoryView): readonly Spot[] {
  const { criteria } = view;
  if (criteria.length === 0 || criteria.some(({ criterion }) => criterion.reading.kind !== 'prose')) return nothing;
  return [
    {
      confidence: 'high',
      message: 'no command decides this story',
      hint: 'add `Verify: <command>`',
      edits: appended(view),
    },
  ];
}

/** The first named check that tests something, as a criterion of its own. */
function appended({ criteria, within: { prd } }: StoryView): readonly Edit[] {
  const path = criteria.at(-1)?.criterion.path ?? [];
  const phrase = [...phrases].find(([name]) => prd.checks.has(name))?.[1];
  if (phrase === undefined || typeof path.at(-1) !== 'number') return [];
  return [{ kind: 'insert', path: path.slice(0, -1), index: Number(path.at(-1)) + 1, value: phrase }];
}

const phrases: ReadonlyMap<string, string> = new Map([
  ['test', 'Tests pass'],
  ['e2e', 'E2E tests pass'],
  ['typecheck', 'Typecheck passes'],
  ['build', 'Build passes'],
]);
