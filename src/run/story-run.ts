import type { PlannedStory } from '../plan/plan.ts';
import type { Story } from '../prd/prd.ts';
import type { Problem } from '../problem.ts';
import type { Refinement } from '../spec/refinement.ts';
import type { Baseline, Check } from '../verify/check.ts';
import type { Oid, SetupResult } from '../workspace/workspace.ts';
import type { RunDeps, RunRequest, StoryOutcome } from './deps.ts';
import type { Lane } from './lane.ts';
import type { Lessons } from './lessons.ts';
import type { Meanwhile } from './meanwhile.ts';
import type { Prompt, Prompts } from './prompts.ts';
import type { RefineAhead } from './refine-ahead.ts';
import type { Target } from './target.ts';
import type { Turn } from './turn.ts';

/** Why a run ends before its work does. */
export type Halt =
  | { readonly kind: 'limit'; readonly detail: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'confirm' };

/** What the stories of a run share. */
export interface SharedRun {
  readonly request: RunRequest;
  readonly deps: RunDeps;
  readonly target: Target;
  /** Stories that landed in this run so far. */
  readonly passed: Set<string>;
  readonly prompts: Prompts;
  readonly lessons: Lessons;
  readonly ahead: RefineAhead;
  readonly startedAt: Date;
  /** Nothing new starts after this; what runs ends cleanly. */
  readonly halt: (why: Halt) => void;
  /** A problem that stops a story but not the run. */
  readonly note: (problem: Problem) => void;
  readonly lane: Lane;
  readonly meanwhile: Meanwhile;
}

/** What the steps of one story share. Made when the story starts. */
export interface StoryRun extends SharedRun {
  readonly planned: PlannedStory;
  readonly turn: Turn;
  /** The story with what a refinement added; as it is written where nothing was. */
  readonly story: Story;
  readonly refinement: Refinement | null;
  readonly prompt: Prompt;
  /** Digest of the story's text. */
  readonly digest: string;
  readonly checks: readonly Check[];
  readonly baselines: readonly Baseline[];
  /** Commit the story started from. */
  readonly base: Oid;
  readonly setup: SetupResult | null;
}

/** How a story ended, before it is written down. */
export type Ending = Pick<StoryOutcome, 'outcome' | 'verdict' | 'strength' | 'reason' | 'commit' | 'attempts'>;
