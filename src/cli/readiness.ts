import { lint } from '../lint/lint.ts';
import type { Readiness } from '../lint/readiness.ts';
import type { LintedStory } from '../lint/report.ts';
import type { Finding } from '../lint/rule.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';
import type { ReadinessOf } from '../run/deps.ts';
import type { Prepared } from './prepare-run.ts';

/** Readiness as `prd lint` judges it, each story as if a delegate had it. */
export function readinessOf({ document, config }: Pick<Prepared, 'document' | 'config'>): ReadinessOf {
  const judge = (judged: PrdDocument) =>
    lint(judged, {
      roleOf: () => 'delegate',
      config: { rules: config.lint.rules, terms: config.lint.terms },
      repo: null,
    });
  const known = new Map(judge(document).stories.map((story) => [story.id, story]));
  return {
    of: ({ id }) => verdictOf(known.get(id)),
    open: (refined, original) => {
      const alone = { ...document, prd: { ...document.prd, stories: [refined] } };
      const added = judge(alone).findings.filter((finding) => isOpen(finding, original));
      return added.map(({ criterion, message }) => `criterion ${(criterion ?? 0) + 1}: ${message}`);
    },
  };
}

/** A story that passes is not judged, and nobody asks. */
function verdictOf(story: LintedStory | undefined): Readiness {
  return story === undefined
    ? { verdict: 'delegate', reasons: [] }
    : { verdict: story.readiness, reasons: story.reasons };
}

/**
 * The story's own criteria stay word for word, so what was wrong with them stays too: the additions answer it, and are what
 * has to be clean.
 */
function isOpen({ criterion, severity, rule, suppressed }: Finding, original: Story): boolean {
  if (criterion === null || criterion < original.criteria.length || suppressed !== undefined) return false;
  return severity !== 'info' && /^(?:judgment|verify|context)\//.test(rule);
}
