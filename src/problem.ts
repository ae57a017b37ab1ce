/** Where something stands in a file. Lines and columns start at 1; columns count UTF-16 units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What stops us. A problem holds facts only: its words, its hint and its exit code are made in one table,
 * `cli/failure.ts`, which does not compile until a new member is listed there.
 */
export type Problem =
  // the document
  | { readonly code: 'file-missing'; readonly file: string; readonly looked: readonly string[] }
  | { readonly code: 'file-unreadable'; readonly file: string; readonly why: string }
  | { readonly code: 'file-empty'; readonly file: string }
  | { readonly code: 'file-too-large'; readonly file: string; readonly bytes: number; readonly limit: number }
  | { readonly code: 'invalid-json'; readonly at: Position; readonly what: string; readonly after: string | null }
  | { readonly code: 'unsupported-encoding'; readonly file: string; readonly encoding: string }
  | { readonly code: 'duplicate-key'; readonly at: Position; readonly key: string }
  | { readonly code: 'forbidden-key'; readonly at: Position; readonly key: string }
  | { readonly code: 'too-deep'; readonly at: Position; readonly limit: number }
  | {
      readonly code: 'wrong-type';
      readonly at: Position;
      readonly what: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly code: 'no-stories'; readonly at: Position; readonly candidates: readonly string[] }
  | { readonly code: 'edit-refused'; readonly file: string; readonly why: string }
  // the plan
  | { readonly code: 'unknown-story'; readonly story: string; readonly near: string | null; readonly known: number }
  | { readonly code: 'missing-story-id'; readonly at: Position; readonly title: string }
  | { readonly code: 'duplicate-story-id'; readonly at: Position; readonly story: string; readonly first: Position }
  | {
      readonly code: 'unknown-dependency';
      readonly at: Position;
      readonly story: string;
      readonly missing: string;
      readonly near: string | null;
    }
  | { readonly code: 'dependency-cycle'; readonly at: Position; readonly stories: readonly string[] }
  | {
      readonly code: 'unknown-model';
      readonly at: Position | null;
      readonly story: string | null;
      readonly model: string;
      readonly near: string | null;
      readonly known: readonly string[];
    }
  | { readonly code: 'bad-branch-name'; readonly at: Position | null; readonly branch: string }
  // the command line and its configuration
  | { readonly code: 'usage'; readonly what: string; readonly command: string | null; readonly hint: string | null }
  | { readonly code: 'bad-config'; readonly file: string; readonly what: string; readonly at: Position | null }
  | { readonly code: 'approval-needed'; readonly what: readonly string[]; readonly command: string }
  | {
      readonly code: 'privileged-fork';
      readonly event: string;
      readonly head: string | null;
      readonly base: string | null;
    }
  // the repository
  | { readonly code: 'not-a-repository'; readonly folder: string }
  | { readonly code: 'unborn-branch'; readonly branch: string }
  | {
      readonly code: 'unsupported-repository';
      readonly folder: string;
      readonly kind: 'bare' | 'sparse' | 'partial' | 'foreign-owner';
    }
  | { readonly code: 'git-missing' }
  | { readonly code: 'git-too-old'; readonly version: string; readonly needed: string }
  | { readonly code: 'git-failed'; readonly command: string; readonly exitCode: number | null; readonly stderr: string }
  | { readonly code: 'objects-missing'; readonly commit: string }
  | { readonly code: 'no-identity' }
  // the machine
  | { readonly code: 'program-missing'; readonly program: string; readonly for: string }
  | { readonly code: 'disk'; readonly operation: string; readonly file: string; readonly errno: string }
  | {
      readonly code: 'setup-failed';
      readonly command: string;
      readonly exitCode: number | null;
      readonly tail: string;
      readonly log: string | null;
    }
  | { readonly code: 'sandbox-unavailable'; readonly level: string; readonly why: string }
  | {
      readonly code: 'locked';
      readonly file: string;
      readonly holder: {
        readonly pid: number;
        readonly since: string;
        readonly host: string;
        readonly state: 'running' | 'stopped';
      };
    }
  | { readonly code: 'lock-unreadable'; readonly file: string }
  | { readonly code: 'journal-damaged'; readonly file: string; readonly line: number; readonly why: string }
  /** The process is gone, and its journal has no end. */
  | { readonly code: 'run-broke-off'; readonly run: string }
  // models
  | { readonly code: 'no-key'; readonly model: string; readonly variable: string; readonly claude: boolean }
  | {
      readonly code: 'key-refused';
      readonly model: string;
      readonly endpoint: string;
      readonly said: string;
    }
  | { readonly code: 'spend-limit'; readonly model: string; readonly endpoint: string; readonly said: string }
  | { readonly code: 'provider-unreachable'; readonly model: string; readonly endpoint: string; readonly why: string }
  | { readonly code: 'unpriced-budget'; readonly model: string }
  /** USD, or tokens, as the flag says. */
  | {
      readonly code: 'budget-too-small';
      readonly model: string;
      readonly flag: '--max-cost' | '--max-story-cost' | '--max-tokens' | '--max-story-tokens';
      readonly limit: number;
      readonly needed: number;
    }
  | { readonly code: 'agent-unavailable'; readonly agent: string; readonly why: string };

export type ProblemCode = Problem['code'];

/** Thrown only for "we cannot go on". Carries exactly one problem; the cause keeps what happened underneath. */
export class PrdError extends Error {
  override readonly name = 'PrdError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.code, options);
    this.problem = problem;
  }
}
