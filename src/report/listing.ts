/** The face of listings: the one finding shape that every format of `prd lint` and `prd check` prints. */

export type Severity = 'error' | 'warning' | 'info';

export interface ListedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly story: string | null;
  /** Index in the story's criteria. */
  readonly criterion: number | null;
  readonly role: string | null;
  readonly confidence: string | null;
  readonly line: number;
  readonly column: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string | null;
  /** What was matched, in UTF-16 units of the criterion. */
  readonly matches: readonly { readonly offset: number; readonly length: number }[];
  readonly related: readonly string[];
  readonly fix: 'safe' | 'unsafe' | null;
  /** Reason of the disable that silences it; null when it counts. */
  readonly suppressed: string | null;
  /** Text of the criterion, or null when it is about none. */
  readonly text: string | null;
}

/** What every format needs to know of a story. */
export interface StoryName {
  readonly id: string;
  readonly title: string;
}

export interface ListedStory extends StoryName {
  readonly role: string;
  readonly readiness: 'delegate' | 'refine first' | 'keep';
  readonly reasons: readonly { readonly rule: string; readonly criterion: number | null; readonly message: string }[];
  readonly criteria: readonly {
    readonly kind: 'command' | 'check' | 'prose';
    readonly run: string | null;
    readonly check: string | null;
  }[];
}

export interface ListedFile<S extends StoryName = ListedStory> {
  /** As people at the current folder write it. */
  readonly file: string;
  /** Relative to the top of the repository, for code scanning. */
  readonly uri: string;
  readonly findings: readonly ListedFinding[];
  readonly stories: readonly S[];
}

export interface ListedRule {
  readonly id: string;
  readonly summary: string;
  readonly reason: string;
  readonly help: string;
}

export interface Listing<S extends StoryName = ListedStory> {
  readonly version: string;
  /** The command that found all this; default: `lint`. */
  readonly command?: string;
  readonly files: readonly ListedFile<S>[];
  readonly rules: readonly ListedRule[];
}

/** How many findings count, by severity. */
export function countFindings(files: readonly ListedFile<StoryName>[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of files.flatMap(activeFindings)) counts[finding.severity] += 1;
  return counts;
}

/** Findings that no disable silences. */
export function activeFindings(file: ListedFile<StoryName>): readonly ListedFinding[] {
  return file.findings.filter(({ suppressed }) => suppressed === null);
}
