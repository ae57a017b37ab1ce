import type { Node } from 'jsonc-parser';
import { type Member, type Members, textOf } from './members.ts';
import { type Progress, readProgress } from './progress-words.ts';

/** What a story says about itself. Believing it is another matter. */
export interface Claim {
  readonly passes: boolean;
  readonly onHold: string | null;
  /** The member that decided, or null when the story says nothing. */
  readonly from: Member | null;
  /** What contradicts itself or is not understood, in words, or null. */
  readonly doubt: string | null;
  /** A `passes` that is no boolean: nobody can tell what it says. */
  readonly wrong: Member | null;
}

/** Boolean fields in the order in which they decide. */
export const flagKeys = ['passes', 'pass', 'passed', 'completed', 'complete', 'done'] as const;

/** Reads progress. `passes` decides when present; what is unknown or contradictory is never done. */
export function readClaim(members: Members): Claim {
  const passes = members.get('passes') ?? null;
  const status = members.get('status') ?? null;
  const word = textOf(status?.value);
  const progress = word === null ? null : readProgress(word, isFromTracker(members));
  const onHold = holdWord(members, word, progress);
  if (passes !== null && passes.value.type !== 'boolean') return { ...silent, from: passes, wrong: passes };
  const flag = passes ?? flagOf(members);
  if (flag !== null) {
    const claimed = flag.value.value === true;
    return {
      passes: claimed,
      onHold: claimed ? null : onHold,
      from: flag,
      doubt: doubtOf(flag, claimed, word, progress),
      wrong: null,
    };
  }
  if (status !== null && word !== null) {
    return { passes: progress === 'done', onHold, from: status, doubt: unknownWord(word, progress), wrong: null };
  }
  const odd = oddFlag(members);
  if (odd !== null) return { ...silent, onHold, doubt: `\`${odd.key}\` is not true or false; it is read as not done` };
  return { ...silent, passes: bothGates(members), onHold, from: members.get('buildpass') ?? null };
}

const silent: Claim = { passes: false, onHold: null, from: null, doubt: null, wrong: null };

function flagOf(members: Members): Member | null {
  for (const key of flagKeys) {
    const member = members.get(key);
    if (member?.value.type === 'boolean') return member;
  }
  return null;
}

/** A flag with a value that is neither: a date, a name, "yes". */
function oddFlag(members: Members): Member | null {
  const odd = flagKeys
    .map((key) => members.get(key))
    .find((member) => member !== undefined && member.value.type !== 'null');
  return odd ?? null;
}

function bothGates(members: Members): boolean {
  return isTrue(members.get('buildpass')?.value) && isTrue(members.get('qapass')?.value);
}

function isTrue(node: Node | undefined): boolean {
  return node?.type === 'boolean' && node.value === true;
}

function holdWord(members: Members, word: string | null, progress: Progress | null): string | null {
  if (progress === 'on-hold') return word;
  return isTrue(members.get('skipped')?.value) ? 'skipped' : null;
}

function doubtOf(flag: Member, claimed: boolean, word: string | null, progress: Progress | null): string | null {
  if (word === null || progress === null || progress === 'almost') return null;
  if (progress === 'unknown') return unknownWord(word, progress);
  const agrees = claimed === (progress === 'done');
  return agrees ? null : `\`status\` says \`${word}\`, \`${flag.key}\` says ${claimed}; \`${flag.key}\` counts`;
}

function unknownWord(word: string, progress: Progress | null): string | null {
  return progress === 'unknown' ? `\`${word}\` is no known status; it is read as not done` : null;
}

/** Whether an issue tracker wrote the story: then `closed` means done. */
export function isFromTracker(members: Members): boolean {
  return ['githubissue', 'issue', 'issuenumber', 'number', 'githubissuenumber'].some((key) => members.has(key));
}
