import type { Role } from './plan.ts';

/** How far a run may go. Money in USD, times in milliseconds; null means no limit of that kind. */
export interface Limits {
  /** Attempts by the story's own delegate before the orchestrator takes over. */
  readonly delegateAttempts: number;
  /** Attempts by the orchestrator, on its own stories or after taking over, before the story is blocked. */
  readonly orchestratorAttempts: Readonly<{ own: number; takeOver: number }>;
  /** How often a candidate may lose the race for the branch before the story waits. */
  readonly landingTries: number;
  readonly storyCostUsd: number | null;
  readonly storyTokens: number | null;
  readonly runCostUsd: number | null;
  readonly runTokens: number | null;
  readonly runWallMs: number | null;
  /** Checks and setups that run at once; null: as many as the machine has cores. */
  readonly verifyJobs: number | null;
  readonly attempt: Readonly<Record<Role, AttemptCaps>>;
}

export interface AttemptCaps {
  readonly turns: number;
  readonly noticeAtTurn: number;
  readonly promptTokens: number;
  readonly maxOutputTokens: number;
  readonly wallMs: number;
}

/**
 * Where 40 turns come from: in published SWE-bench runs a small model had 98 % of its eventual successes by call 40, and
 * unresolved tasks cost as much as resolved ones. 90k tokens stay below the 100k price step of one current cheap model.
 */
export const defaultLimits: Limits = {
  delegateAttempts: 2,
  orchestratorAttempts: { own: 2, takeOver: 1 },
  landingTries: 5,
  storyCostUsd: null,
  storyTokens: null,
  runCostUsd: null,
  runTokens: null,
  runWallMs: null,
  verifyJobs: null,
  attempt: {
    delegate: { turns: 40, noticeAtTurn: 30, promptTokens: 90_000, maxOutputTokens: 16_000, wallMs: 15 * 60_000 },
    orchestrator: { turns: 60, noticeAtTurn: 45, promptTokens: 150_000, maxOutputTokens: 32_000, wallMs: 30 * 60_000 },
  },
};
