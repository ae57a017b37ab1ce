import type { PrdDocument } from '../prd/parse.ts';
import type { Criterion, Story } from '../prd/prd.ts';
import { silencers, silences } from './disable.ts';
import type { LintReport } from './report.ts';
import type { LintRole, Rule } from './rule.ts';
import { namesEvidence } from './text/evidence.ts';
import { passage } from './text/passage.ts';

/** A criterion that no rule flags, and that names nothing a check could look at. */
export interface Undecided {
  readonly story: Story;
  readonly role: LintRole;
  readonly index: number;
  readonly criterion: Criterion;
}

export interface UndecidedOptions {
  roleOf(story: Story): LintRole;
  readonly all: boolean;
  /** What `rule` has to say; a criterion on which it is silenced is not asked about. */
  readonly rule: Rule;
  readonly disables: 'obey' | 'ignore';
}

/** The criteria that only a reader can decide, in the order of the document. */
export function undecided(
  document: PrdDocument,
  { findings }: LintReport,
  options: UndecidedOptions,
): readonly Undecided[] {
  const flagged = new Set(
    findings.filter(({ rule }) => rule.startsWith('judgment/')).map(({ path }) => JSON.stringify(path)),
  );
  return document.prd.stories.flatMap((story) => {
    if (story.passes && !options.all) return [];
    const silent = options.disables === 'obey' ? silencers(story, document.prd.disables ?? []) : [];
    return story.criteria.flatMap((criterion, index) => {
      const isSilenced = silent.some((one) => silences(one, options.rule, index));
      if (isSilenced || flagged.has(JSON.stringify(criterion.path)) || !isOpen(criterion)) return [];
      return [{ story, role: options.roleOf(story), index, criterion }];
    });
  });
}

function isOpen({ reading, text }: Criterion): boolean {
  return reading.kind === 'prose' && reading.why === 'plain' && text.trim() !== '' && !namesEvidence(passage(text));
}
