/** The face of `agent/`: somebody who tries to build one story in a workspace. */

import type { ModelEntry } from '../models/model.ts';
import type { Role } from '../plan/plan.ts';
import type { EmitEvent } from '../run/events.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface Spec {
  readonly storyId: string;
  readonly title: string;
  /** Shared by every story of the wave: conventions, repository map, PRD digest, coaching. Byte-stable. */
  readonly shared: string;
  /** This story alone: criteria, verify commands, named files, what failed before. */
  readonly brief: string;
  /** Files whose content is already in `brief`: edits need no read first. Path → sha256 of the bytes, hex. */
  readonly shown: ReadonlyMap<string, string>;
}

export interface AttemptJob {
  readonly story: string;
  /** From 1, counted over the whole life of the story. */
  readonly attempt: number;
  readonly role: Role;
  readonly model: ModelEntry;
  readonly spec: Spec;
  readonly workspace: Workspace;
  readonly limits: AttemptLimits;
  /**
   * Snapshots the workspace and runs the story's checks on it. The implementer shows `feedback` to its model and goes on
   * while `again` is true; it never decides itself that it is done.
   */
  readonly finish: (claim: FinishClaim) => Promise<FinishVerdict>;
  readonly emit: EmitEvent;
  readonly signal: AbortSignal;
  /** What policy will do with a change of this path, told once with the tool result that makes it; null: keep it. */
  readonly policyNote?: (path: string) => string | null;
}

export interface AttemptLimits {
  readonly turns: number;
  readonly noticeAtTurn: number;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly wallMs: number;
}

export interface FinishClaim {
  readonly summary: string;
  readonly criteria: readonly { readonly n: number; readonly met: boolean; readonly evidence: string }[];
}

export interface FinishVerdict {
  readonly green: boolean;
  /** May the implementer go on after reading the feedback? */
  readonly again: boolean;
  readonly feedback: string;
}

export type AttemptEnd =
  /** `finish` was called and the last verdict is the one that counts. */
  | { readonly kind: 'finished'; readonly green: boolean; readonly summary: string }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'needs-orchestrator'; readonly question: string }
  /** Turns, prompt size, output, time or money. `run: true` means the whole run is out of it. */
  | {
      readonly kind: 'limit';
      readonly limit: 'turns' | 'prompt' | 'output' | 'time' | 'budget';
      readonly detail: string;
    }
  | { readonly kind: 'stuck'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  /** The provider failed for this attempt; `run` failures (credentials, money) stop the run. */
  | { readonly kind: 'provider'; readonly failure: string; readonly said: string; readonly stopsRun: boolean }
  | { readonly kind: 'aborted' };

export interface Implementer {
  readonly name: string;
  /** Resolves for every outcome, within the limits of the job; leaves no process behind. */
  attempt(job: AttemptJob): Promise<AttemptEnd>;
}
