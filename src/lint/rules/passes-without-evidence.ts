import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const passesWithoutEvidence: Rule = {
  id: 'file/passes-without-evidence',
  summary: 'a story passes without an evidence file, in a project that keeps evidence (with --repo)',
  reason: 'only evidence flips `passes`; somebody did it by hand',
  bad: { story: { passes: true }, repo: { evidence: new Set(['US-009']) } },
  good: { story: { passes: true }, repo: { evidence: new Set(['US-001']) } },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: { on: 'document', find },
};

function find({ stories, repo }: WholeView): readonly Spot[] {
  const evidence = repo?.evidence ?? null;
  if (evidence === null) return nothing;
  return stories
    .filter(({ story }) => story.passes && !evidence.has(story.id))
    .map(({ story }) => ({
      confidence: 'high',
      message: `\`${story.id}\` passes without evidence`,
      hint: 'run `prd check`',
      path: [...story.path, 'passes'],
      about: story,
    }));
}
