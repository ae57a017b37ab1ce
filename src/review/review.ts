/** The face of `review/`: what a careful reader says about a candidate. A review can lower a verdict, never raise it. */

/** One answer per criterion, as the model gave it. `n` counts from 1. */
export interface CriterionAnswer {
  readonly n: number;
  readonly status: 'met' | 'unmet' | 'unclear';
  readonly evidence: Quote | null;
}

export interface Quote {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly quote: string;
}

export interface Remark {
  readonly severity: 'blocker' | 'major' | 'minor';
  readonly path: string;
  readonly line: number;
  readonly problem: string;
  readonly fix: string;
}

/** The model's answer after parsing and clamping; never authority by itself. */
export interface Answer {
  /** Only logged: the verdict is computed from the answers. */
  readonly said: 'approve' | 'revise' | 'escalate';
  readonly criteria: readonly CriterionAnswer[];
  readonly remarks: readonly Remark[];
  readonly coaching: string | null;
}

/** What the program makes of it. */
export type ReviewVerdict =
  | { readonly kind: 'approved'; readonly criteria: readonly CriterionAnswer[] }
  | { readonly kind: 'revise'; readonly remarks: readonly Remark[]; readonly reason: string }
  | { readonly kind: 'escalate'; readonly reason: string }
  /** Not decided: the story stays false. */
  | { readonly kind: 'inconclusive'; readonly reason: string };
