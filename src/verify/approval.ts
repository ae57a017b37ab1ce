import { createHash } from 'node:crypto';
import type { SandboxLevel } from './check.ts';

/** Something of the repository that is executed, or that loosens what judges, and that a person is asked about before. */
export interface Ask {
  readonly kind: 'check' | 'setup' | 'owns' | 'need';
  /** The command; for `owns` the globs; for `need` what checks are to see or reach. */
  readonly text: string;
  readonly cwd: string | null;
  /** Changes things outside of the check, or needs the network: "always" does not cover it. */
  readonly careful: boolean;
}

/** What a person has approved in one repository. */
export interface Approvals {
  /** Later edits too, but for what is `careful`. */
  readonly always: boolean;
  readonly approved: readonly Approved[];
}

export interface Approved extends Omit<Ask, 'careful'> {
  /** ISO time. */
  readonly at: string;
}

export const noApprovals: Approvals = { always: false, approved: [] };

/**
 * What has still to be asked, in order, each once. In the box of level `os` checks need no consent, since the box is the
 * control; setup has network there, and is asked for once per repository.
 */
export function unapproved(asks: readonly Ask[], approvals: Approvals, level: SandboxLevel): readonly Ask[] {
  const known = new Set(approvals.approved.map(askDigest));
  const setupKnown = approvals.approved.some(({ kind }) => kind === 'setup');
  const open = asks.filter((ask) => {
    if (known.has(askDigest(ask)) || (approvals.always && !ask.careful)) return false;
    if (level !== 'os' || ask.kind === 'need') return true;
    return ask.kind === 'setup' && !setupKnown;
  });
  return [...new Map(open.map((ask) => [askDigest(ask), ask])).values()];
}

/** The approvals with an answer added. `always` covers what comes later; what was asked is approved either way. */
export function withAnswer(
  approvals: Approvals,
  asked: readonly Ask[],
  answer: 'once' | 'always',
  at: string,
): Approvals {
  const added = asked.map(({ kind, text, cwd }) => ({ kind, text, cwd, at }));
  return { always: approvals.always || answer === 'always', approved: [...approvals.approved, ...added] };
}

/** Equal only for the same bytes. */
function askDigest({ kind, text, cwd }: Pick<Ask, 'kind' | 'text' | 'cwd'>): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, text, cwd]))
    .digest('hex');
}
