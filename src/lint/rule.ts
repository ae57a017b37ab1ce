import type { DocumentEdit } from '../prd/edit/document-edit.ts';
import type { Disable, JsonPath, Story } from '../prd/prd.ts';
import type { Readiness } from './readiness.ts';
import type { CommandView, CriterionView, RepoFacts, StoryView, WholeView } from './view.ts';

/** The face of `lint/`: what a rule is and what it finds. */

export type Group = 'judgment' | 'verify' | 'context' | 'atomic' | 'delegate' | 'file';
export type RuleId = `${Group}/${string}`;
export type Severity = 'error' | 'warning' | 'info';
export type Level = Severity | 'off';

/**
 * Belongs to a match, not to a rule: `high` keeps the severity, `medium` caps at warning, `low` at info, shown only
 * when pedantic.
 */
export type Confidence = 'high' | 'medium' | 'low';

/** Who holds a story. `unset` goes to the orchestrator, but is judged as a candidate, one step milder. */
export type LintRole = 'delegate' | 'orchestrator' | 'unset';

/** `safe` never changes meaning, `unsafe` needs a reader, `hint` is words only. */
export type FixKind = 'safe' | 'unsafe' | 'hint';

/** A place in the criterion's text, in UTF-16 units. */
export interface Match {
  readonly offset: number;
  readonly length: number;
}

/** A change of the document's text; `strict` drops comments, trailing commas and the byte-order mark. */
export type Edit = DocumentEdit | { readonly kind: 'strict' };

/** One thing a rule saw. Whose it is follows from the check, unless it is said here. */
export interface Spot {
  readonly confidence: Confidence;
  /** Lower case, no full stop, the user's words in backticks. */
  readonly message: string;
  readonly hint: string | null;
  readonly matches?: readonly Match[];
  /** Where it stands, when that is not the criterion or the story itself. */
  readonly path?: JsonPath;
  /** For checks of a whole document: the story it is about. */
  readonly about?: Story;
  readonly edits?: readonly Edit[];
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly story: string | null;
  /** Index of the criterion; null when the finding is about the story or the document. */
  readonly criterion: number | null;
  readonly path: JsonPath;
  readonly role: LintRole;
  readonly confidence: Confidence;
  readonly message: string;
  readonly hint: string | null;
  readonly matches: readonly Match[];
  /** Milder rules of the same group that saw something in the same criterion. */
  readonly related: readonly RuleId[];
  /** The kind of fix that this very finding has, if any. */
  readonly fix: 'safe' | 'unsafe' | null;
  /** What the fix does; empty without one. Formats do not print it. */
  readonly edits: readonly Edit[];
  /** The reason of the disable that silenced it. Such findings count nowhere. */
  readonly suppressed?: string;
}

export interface Rule {
  readonly id: RuleId;
  /** One clause, lower case: what it flags. */
  readonly summary: string;
  readonly reason: string;
  readonly bad: Example;
  readonly good: Example;
  readonly severity: Readonly<Record<LintRole, Level>>;
  readonly fix: FixKind;
  /** Neither configuration nor a disable may silence it. */
  readonly fixed?: true;
  readonly check: Check;
}

/**
 * What a rule looks at. `command` sees every command that would run, `ready` a story with its verdict, `disable` one
 * disable.
 */
export type Check =
  /** With `words` it is asked only about texts in which a phrase of that lexicon key stands. */
  | { readonly on: 'criterion'; readonly words?: string; find(view: CriterionView): readonly Spot[] }
  | { readonly on: 'command'; find(view: CommandView): readonly Spot[] }
  | { readonly on: 'story'; find(view: StoryView): readonly Spot[] }
  | { readonly on: 'document'; find(view: WholeView): readonly Spot[] }
  | { readonly on: 'ready'; find(story: Story, readiness: Readiness): readonly Spot[] }
  | { readonly on: 'disable'; find(view: DisableView): readonly Spot[] };

export interface DisableView {
  readonly disable: Disable;
  /** It silenced at least one finding, or would have for a delegate. */
  readonly used: boolean;
  /** Its rule is one that cannot be silenced. */
  readonly isFixed: boolean;
}

/** The smallest PRD that shows a rule. What is not stated is filled in by `exampleText`. */
export interface Example {
  /** One criterion of a delegated story. */
  readonly criterion?: string;
  /** Fields of the one story. */
  readonly story?: Readonly<Record<string, unknown>>;
  /** Fields of the stories, when there are several. */
  readonly stories?: readonly Readonly<Record<string, unknown>>[];
  /** Top-level fields beside the stories. */
  readonly top?: Readonly<Record<string, unknown>>;
  /** The file byte for byte. */
  readonly text?: string;
  readonly repo?: Partial<RepoFacts>;
}

/** What a rule that sees nothing returns. */
export const nothing: readonly Spot[] = [];
