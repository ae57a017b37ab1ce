import { shortOid } from '../report/figures.ts';
import type { Out } from '../report/reporter.ts';
import { typeset } from '../report/symbols.ts';
import { align, printable, tick } from '../report/text.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { AcceptChoice } from './accept-choice.ts';
import type { AcceptedStory, RejectedStory } from './accept-judge.ts';
import type { ExitCode } from './exit-codes.ts';

/** What came of an acceptance. */
export interface Acceptances extends AcceptChoice {
  readonly accepted: readonly AcceptedStory[];
  readonly rejected: readonly RejectedStory[];
  readonly landed: AcceptedCommit | null;
}

export interface AcceptedCommit {
  readonly branch: string;
  /** The branch it was meant for. */
  readonly target: string;
  readonly commit: Oid;
  /** Path of each story's evidence. */
  readonly evidence: ReadonlyMap<string, string>;
}

/** 7 when evidence was forged, 1 when a check said no. */
export function acceptExit({ forged, rejected }: Acceptances): ExitCode {
  if (forged.length > 0) return 7;
  return rejected.length > 0 ? 1 : 0;
}

/** For a person: a line per story, then where it landed. */
export function acceptText(acceptances: Acceptances, out: Out): string {
  const { accepted, rejected, holding, forged } = acceptances;
  const rows = [
    ...accepted.map(({ story, verdict }) => [story.id, 'accepted', `by ${verdict.acceptance?.name ?? ''}`]),
    ...holding.map(({ story, strength }) => [story.id, 'passes', `${strength} already: nothing to accept`]),
    ...rejected.map(({ story, verdict, reason }) => [story.id, verdict, reason]),
    ...forged.map(({ story, why }) => [story.id, 'forged', `${why}; look at it, then name it by itself`]),
  ];
  const lines = [...align(rows.map((row) => row.map(printable))), ...closing(acceptances, out)];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function closing({ landed, accepted, wanted, holding, forged }: Acceptances, { paint }: Out): readonly string[] {
  if (landed === null) {
    const isIdle = wanted.length + holding.length + forged.length === 0;
    return [isIdle ? 'nothing to accept: every story that passes has evidence' : 'nothing was changed'];
  }
  const { branch, target, commit } = landed;
  const merge = paint.accent(`git merge ${printable(branch)}`);
  return [
    ...(branch === target ? [] : [`your checkout could not follow; when it suits you: ${merge}`]),
    `${accepted.length} accepted · ${shortOid(commit)} on ${tick(branch)}`,
  ];
}

/** The same for programs. Fields are only ever added. */
export function acceptDocument(acceptances: Acceptances): object {
  const { accepted, rejected, holding, forged, landed } = acceptances;
  return {
    version: 1,
    branch: landed?.branch ?? null,
    commit: landed?.commit ?? null,
    accepted: accepted.map(({ story }) => ({ story: story.id, evidence: landed?.evidence.get(story.id) ?? null })),
    rejected: rejected.map(({ story, verdict, reason }) => ({ story: story.id, verdict, reason })),
    holding: holding.map(({ story, strength }) => ({ story: story.id, strength })),
    forged: forged.map(({ story, why }) => ({ story: story.id, why })),
  };
}
