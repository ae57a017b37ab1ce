import type { PrdDocument } from '../prd/parse.ts';
import type { Criterion, Expectation, Prd, Story } from '../prd/prd.ts';
import type { LintRole } from './rule.ts';
import type { Segment } from './shell.ts';
import type { Language } from './text/language.ts';
import type { Passage } from './text/passage.ts';

/** What rules look at. Texts are read story by story and let go again; what must outlast them are facts. */

/** Facts about the tree, as plain data: lint reads no file but the PRD. */
export interface RepoFacts {
  /** Paths of all files, relative to the root. */
  readonly paths: ReadonlySet<string>;
  /** Names of package scripts. */
  readonly scripts: ReadonlySet<string>;
  /** Targets of Makefile, justfile and Taskfile. */
  readonly targets: ReadonlySet<string>;
  /** Ids of the stories with an evidence file; null when the project keeps no evidence. */
  readonly evidence: ReadonlySet<string> | null;
}

export interface DocumentView {
  readonly document: PrdDocument;
  readonly prd: Prd;
  /** Of two stories with one id, the first. */
  readonly byId: ReadonlyMap<string, Story>;
  readonly repo: RepoFacts | null;
  /** Names that `implementModel` may hold; null when the caller does not know them. */
  readonly models: readonly string[] | null;
  /**
   * Files that the stories read so far make, with the index of the first story that does. Kept only with a repository.
   */
  readonly made: ReadonlyMap<string, number>;
}

/** A judged story with its texts. */
export interface StoryView {
  readonly within: DocumentView;
  readonly story: Story;
  readonly role: LintRole;
  readonly title: Passage;
  readonly description: Passage;
  readonly criteria: readonly CriterionView[];
}

export interface CriterionView {
  readonly of: StoryView;
  readonly criterion: Criterion;
  readonly index: number;
  readonly passage: Passage;
}

/** A command that would run: of a criterion, or a named check of the document. */
export interface CommandView {
  readonly run: string;
  /** The program calls it consists of, read once for all rules. */
  readonly calls: readonly Segment[];
  readonly expect: Expectation | null;
  readonly cwd: string | null;
  readonly within: DocumentView;
  /** Null for a named check of the document. */
  readonly of: CriterionView | null;
}

/** The whole document, for rules that compare stories. */
export interface WholeView extends DocumentView {
  readonly stories: readonly StoryFacts[];
  /** The stories that are judged: those that are not done, or all of them when asked for. */
  readonly open: readonly StoryFacts[];
}

/** What is kept of a story's texts. Empty for a finished story that was not judged. */
export interface StoryFacts {
  readonly story: Story;
  readonly role: LintRole;
  /** Files that the story names, in its texts or as its scope. */
  readonly files: readonly string[];
  /** Words that speak of state everybody shares ("global store"), or null. */
  readonly sharedState: string | null;
  /** Languages of the criteria that betray one. */
  readonly languages: readonly Language[];
}
