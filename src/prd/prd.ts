/** The document as the program sees it: every dialect reads into these values. Nothing here is ever written back. */

/** Path of a value inside the JSON document, as jsonc-parser uses it. */
export type JsonPath = readonly (string | number)[];

export interface Prd {
  readonly project: string | null;
  readonly description: string | null;
  /** Branch that stories land on; null means the branch that is checked out. */
  readonly branchName: string | null;
  /** Named checks of the document, canonical name → command. */
  readonly checks: ReadonlyMap<string, string>;
  readonly stories: readonly Story[];
  /** What was read from a dialect, one note per subject, with the canonical form. */
  readonly notes: readonly Note[];
  /** `$schema` is present. */
  readonly hasSchema: boolean;
  /** Rules switched off for the whole document by its own `lint.disable`. */
  readonly disables?: readonly Disable[];
}

/** Something worth telling that stops nobody, e.g. `reads "stories" as "userStories"`. */
export interface Note {
  /** Lint rule the note belongs to. */
  readonly rule:
    | 'file/dialect'
    | 'file/not-strict-json'
    | 'file/bad-priority'
    | 'file/status-conflict'
    | 'file/missing-id';
  readonly message: string;
  readonly path: JsonPath;
  readonly story: string | null;
}

export interface Story {
  /** As text, also where the file holds an integer. Where the file has none, `#<position>` (1-based), and `hasId` is false. */
  readonly id: string;
  readonly hasId: boolean;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly title: string;
  readonly description: string;
  readonly implementModel: string | null;
  readonly criteria: readonly Criterion[];
  /** Lower runs first; null (missing or not understood) runs after every number. */
  readonly priority: number | null;
  readonly dependsOn: readonly string[];
  readonly phase: string | number | null;
  /** Scope globs; empty means anything. */
  readonly files: readonly string[];
  /** Protected globs that this story may change. */
  readonly owns: readonly string[];
  /** The document's own claim. Believing it is another matter. */
  readonly passes: boolean;
  /** The word that put the story on hold (`deferred`, `cancelled`, …), or null. Such a story runs only when named. */
  readonly onHold: string | null;
  readonly notes: string;
  /** Rules switched off for this story by its own `lint.disable`. */
  readonly disables: readonly Disable[];
  /** `low`, `high`, … of `complexity` and friends: a hint about routing alone. */
  readonly complexity: string | null;
  readonly path: JsonPath;
}

export interface Disable {
  readonly rule: string;
  readonly criterion: string | null;
  readonly reason: string | null;
  readonly path: JsonPath;
}

export interface Criterion {
  /** The human text. For the object form without a text, its command. */
  readonly text: string;
  /** Path of the very string the text came from. */
  readonly path: JsonPath;
  readonly reading: Reading;
  /** The command was given in the object form, so the text alone does not say what runs. */
  readonly form?: 'object';
}

/** How the verify grammar reads a criterion. Only `command` and `check` ever run; prose never does. */
export type Reading =
  | { readonly kind: 'command'; readonly command: VerifyCommand }
  /** A generic phrase such as "Typecheck passes": resolved against the named checks of the document. */
  | {
      readonly kind: 'check';
      readonly names: readonly string[];
      readonly commands: readonly VerifyCommand[];
      readonly unresolved: readonly string[];
      readonly remark: string | null;
    }
  | { readonly kind: 'prose'; readonly why: ProseReason };

/** `plain`: no claim to be a command. The others began like one: lint says so kindly. */
export type ProseReason = 'plain' | 'verify-prose' | 'ambiguous' | 'odd-characters' | 'manual';

export interface VerifyCommand {
  /** Exactly the bytes of the document. */
  readonly run: string;
  readonly expect: Expectation;
  /** Folder relative to the git root, or null for the root. */
  readonly cwd: string | null;
  readonly timeoutMs: number | null;
  /** Name of the named check it came from, or null. */
  readonly name: string | null;
  /** Words after the command that no rule can check. */
  readonly remark: string | null;
}

export interface Expectation {
  /** `null`: the exit code does not count because only output was asked for (126, 127 and signals never count as green). */
  readonly exit: number | 'nonzero' | null;
  readonly output:
    | { readonly kind: 'contains'; readonly text: string }
    | { readonly kind: 'last-line'; readonly text: string }
    | { readonly kind: 'empty' }
    | null;
}
