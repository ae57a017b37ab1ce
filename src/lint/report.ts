import type { Criterion, Story } from '../prd/prd.ts';
import type { Readiness, ReadinessReason, Verdict } from './readiness.ts';
import type { Finding, LintRole } from './rule.ts';

export interface LintReport {
  /** Findings of the file first, then story by story in the order of the document. */
  readonly findings: readonly Finding[];
  /** The stories that were judged. */
  readonly stories: readonly LintedStory[];
}

export interface LintedStory {
  readonly id: string;
  readonly title: string;
  readonly role: LintRole;
  readonly readiness: Verdict;
  readonly reasons: readonly ReadinessReason[];
  readonly criteria: readonly LintedCriterion[];
}

export interface LintedCriterion {
  readonly kind: 'command' | 'check' | 'prose';
  /** What would run; several named checks are joined by `&&`. Null for prose, and for a check that names no command. */
  readonly run: string | null;
  /** Names of the named checks, joined by a comma; null when the criterion gives its commands itself. */
  readonly check: string | null;
}

/** A judged story as it is reported. */
export function lintedStory(
  { id, title, criteria }: Story,
  role: LintRole,
  { verdict, reasons }: Readiness,
): LintedStory {
  return { id, title, role, readiness: verdict, reasons, criteria: criteria.map(lintedCriterion) };
}

function lintedCriterion({ reading }: Criterion): LintedCriterion {
  switch (reading.kind) {
    case 'command':
      return { kind: 'command', run: reading.command.run, check: null };
    case 'check': {
      const run = reading.commands.map((command) => command.run).join(' && ');
      return { kind: 'check', run: run === '' ? null : run, check: reading.names.join(', ') || null };
    }
    case 'prose':
      return { kind: 'prose', run: null, check: null };
    default:
      return reading satisfies never;
  }
}
