/** Everything the loop may use, on one page. The composition root makes it; tests make another. */
import type { Implementer } from '../agent/implementer.ts';
import type { Readiness } from '../lint/readiness.ts';
import type { ModelEntry } from '../models/model.ts';
import type { Limits } from '../plan/limits.ts';
import type { Plan, Role } from '../plan/plan.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Prd, Story } from '../prd/prd.ts';
import type { Problem } from '../problem.ts';
import type { ReviewMode } from '../review/when.ts';
import type { RefineMode } from '../spec/dispatch.ts';
import type { Orchestrator } from '../spec/orchestrator.ts';
import type { TextStore } from '../spec/overlay.ts';
import type { Checker, CheckResults, SandboxLevel } from '../verify/check.ts';
import type {
  Checkout,
  Oid,
  Setup,
  SetupResult,
  Trees,
  UserRepository,
  Vault,
  Workspace,
} from '../workspace/workspace.ts';
import type { EmitEvent, EventData } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { PastRuns } from './state.ts';

export interface RunDeps {
  readonly repository: UserRepository;
  readonly vault: Vault;
  readonly checkout: Checkout;
  readonly trees: Trees;
  readonly openWorkspace: OpenWorkspace;
  readonly setup: Setup;
  readonly checker: Checker;
  readonly results: CheckResults;
  /** Places for checks at work, of which this machine has as many as cores. */
  readonly verifying: { readonly count: number; readonly enter: (urgent: boolean) => Promise<() => void> };
  /** Names the files of a commit that checks judge: all but the plan and what landings keep beside it. */
  readonly codeOf: (commit: Oid) => Promise<string>;
  readonly implementer: Implementer;
  /** The implementer asks models through us; an external agent speaks to its provider itself. */
  readonly usesModels: boolean;
  /** Asks the strong model behind the text that all stories of a wave share; null: an external agent is all there is. */
  readonly orchestrator: ((shared: string) => Orchestrator) | null;
  /** Refinements and one-shot replies of this run and of earlier ones. */
  readonly texts: TextStore;
  /** Entry of a role, alias or model id; the plan has made sure that it exists. */
  readonly entry: (name: string) => ModelEntry;
  /** Alias or id behind each role. */
  readonly roles: Readonly<Record<Role, string>>;
  readonly emit: EmitEvent;
  /** Hears every event that `emit` takes. */
  readonly ledger: Ledger;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  /** Wall clock: for people and evidence only. */
  readonly now: () => Date;
  /** Takes secrets out of a text. */
  readonly hide: (text: string) => string;
  /** Versions of what judged, by name. */
  readonly tools: Readonly<Record<string, string>>;
  /** Exit code of a problem. */
  readonly exitOf: (problem: Problem) => number;
  /** Sets `passes` in a PRD that git does not track, on disk: after the code has landed, or before a pass is taken back. */
  readonly flipOnDisk: (story: string, passes: boolean) => Promise<void>;
  readonly sandbox: SandboxLevel;
  /** First Ctrl-C: start nothing new, end what runs cleanly. */
  readonly stop: AbortSignal;
  /** Asked before each landing; absent: nobody is asked. */
  readonly confirm: ((question: LandingQuestion) => Promise<boolean>) | null;
  /** Ends processes that a killed run left behind, by their marker. */
  readonly sweepMarker: (marker: string) => Promise<number>;
  /** Stands in the environment of every process that this run starts. */
  readonly marker: string;
  readonly removeFolder: (dir: string) => Promise<void>;
  readonly folderExists: (dir: string) => Promise<boolean>;
}

export type OpenWorkspace = (from: Oid, base: Oid, label: string, setup: SetupResult | null) => Promise<Workspace>;

export interface LandingQuestion {
  readonly story: string;
  readonly title: string;
  readonly branch: string;
  readonly files: readonly string[];
}

/** One `prd run`, decided before it starts. */
export interface RunRequest {
  /** Time-ordered id of the run; names its journal and, where needed, its branch `prd/<run>`. */
  readonly run: string;
  readonly prdVersion: string;
  /** Path of the PRD relative to the repository root, and the document that was read there. */
  readonly prdPath: string;
  readonly document: PrdDocument;
  /** The document's stories with `passes` from the target branch. */
  readonly prd: Prd;
  readonly plan: Plan;
  readonly branch: string;
  /** Where the run starts from: `branch`, or where an earlier run had to land instead and nobody has merged yet. */
  readonly startBranch: string;
  readonly limits: Limits;
  /** Globs that the project protects on top of the built-in ones. */
  readonly protect: readonly string[];
  readonly parallel: number;
  /** Stop after one story that landed or was blocked. */
  readonly next: boolean;
  readonly scripted: boolean;
  readonly past: PastRuns;
  readonly refine: RefineMode;
  readonly review: ReviewMode;
  /** Obey a refinement that recommends the orchestrator. */
  readonly upgrade: boolean;
  readonly readiness: ReadinessOf;
  /** The user lets commands run that a model adds as checks. */
  readonly addedChecks: boolean;
  /** First line of a landing's message from user config, or null. */
  readonly commitMessage: string | null;
  /** The PRD differs from the branch, or is not there: the first commit of the run is the PRD alone. */
  readonly uncommitted: 'no' | 'changed' | 'untracked' | 'ignored';
}

/** What lint says of stories: free, and the same in every run. */
export interface ReadinessOf {
  of(story: Story): Readiness;
  /** What is still wrong with a refined story, in words; empty when it is clean. */
  open(refined: Story, original: Story): readonly string[];
}

export type StoryOutcome = EventData<'story.finished'>;
