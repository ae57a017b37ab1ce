import type { Config } from '../config/config.ts';
import { lint } from '../lint/lint.ts';
import type { LintedStory } from '../lint/report.ts';
import type { Finding } from '../lint/rule.ts';
import type { WorkEvidence } from '../plan/route-work.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';

/**
 * What lint saw of each story, each judged as if a delegate had it. `all` looks at finished stories too, which then count as
 * users of the files they name.
 */
export function workEvidence(
  document: PrdDocument,
  config: Config,
  look: { readonly all: boolean },
): (story: Story) => WorkEvidence {
  const { findings, stories } = lint(document, {
    roleOf: () => 'delegate',
    config: { rules: config.lint.rules, terms: config.lint.terms },
    repo: null,
    all: look.all,
  });
  const linted = new Map(stories.map((story) => [story.id, story]));
  const found = byStory(findings);
  return ({ id }) => evidence(linted.get(id), found.get(id) ?? []);
}

function byStory(findings: readonly Finding[]): ReadonlyMap<string | null, readonly Finding[]> {
  const found = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const own = found.get(finding.story);
    if (own === undefined) found.set(finding.story, [finding]);
    else own.push(finding);
  }
  return found;
}

/** A finished story was not looked at. */
function evidence(story: LintedStory | undefined, findings: readonly Finding[]): WorkEvidence {
  if (story === undefined) return { judgment: [], unclear: [] };
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  const keeping = story.readiness === 'keep' ? story.reasons.map(inWords) : [];
  const judgment = counting.filter(needsJudgment).map(inWords);
  return {
    judgment: [...keeping, ...judgment],
    unclear: story.readiness === 'refine first' ? story.reasons.map(inWords) : [],
  };
}

/** Milder findings are cured by refining the story; these say that somebody has to decide. */
function needsJudgment({ rule, severity }: Finding): boolean {
  if (rule === 'delegate/shared-state') return severity !== 'info';
  return rule.startsWith('judgment/') && severity === 'error';
}

function inWords({ criterion, message }: Pick<Finding, 'criterion' | 'message'>): string {
  return criterion === null ? message : `criterion ${criterion + 1}: ${message}`;
}
