import type { AttemptEnd } from '../agent/implementer.ts';
import type { Story } from '../prd/prd.ts';
import type { Policy } from '../verify/protect.ts';
import type { JudgedCheck } from '../verify/verdict.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Unread } from './parts.ts';
import type { Answer, CriterionAnswer, Remark, ReviewVerdict } from './review.ts';

/** One candidate to be reviewed. */
export interface ReviewOrder {
  /** With the criteria that a refinement added. */
  readonly story: Story;
  readonly attempt: number;
  readonly outOfScope: readonly string[];
  readonly checks: readonly JudgedCheck[];
  readonly policy: Pick<Policy, 'flags' | 'dropped' | 'isTest' | 'changesTests'>;
  /** Head that the candidate would land on, and the candidate. */
  readonly from: Oid;
  readonly to: Oid;
  readonly claim: string;
  /** Does the pass depend on this review? See `reviewWanted`. */
  readonly condition: boolean;
  /** The first review of the story, when this is the second; null when this is the first. */
  readonly earlier: EarlierReview | null;
}

/** What a second review needs of the first. */
export interface EarlierReview {
  readonly candidate: Oid;
  readonly criteria: readonly CriterionAnswer[];
  readonly remarks: readonly Remark[];
}

export type ReviewResult =
  | {
      readonly kind: 'reviewed';
      readonly verdict: ReviewVerdict;
      /** The model's own word: for the journal, never authority. */
      readonly said: Answer['said'];
      readonly criteria: readonly CriterionAnswer[];
      /** On the change and its imports; others are only counted. */
      readonly remarks: readonly Remark[];
      readonly droppedRemarks: number;
      /** A lesson worth keeping, scrubbed; or null. */
      readonly coaching: string | null;
      readonly unread: readonly Unread[];
      /** Requests the change was split into. */
      readonly parts: number;
    }
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };
