import type { Limits } from '../plan/limits.ts';
import type { LimitSettings } from './schema.ts';

/** The limits once a source has spoken; what it does not mention stays. */
export function withLimits(limits: Limits, set: LimitSettings): Limits {
  return {
    ...limits,
    ...(set.attempts === undefined ? {} : ladder(set.attempts)),
    storyCostUsd: set.storyCostUsd ?? limits.storyCostUsd,
    storyTokens: set.storyTokens ?? limits.storyTokens,
    runCostUsd: set.runCostUsd ?? limits.runCostUsd,
    runTokens: set.runTokens ?? limits.runTokens,
    runWallMs: set.runWallMs ?? limits.runWallMs,
    verifyJobs: set.verifyJobs ?? limits.verifyJobs,
  };
}

/** The settings that are lower than what holds without them, and the names of the others. */
export function tighterOnly(set: LimitSettings, limits: Limits): { kept: LimitSettings; loose: readonly string[] } {
  const now: Readonly<Record<keyof LimitSettings, number | null>> = {
    attempts: limits.delegateAttempts + limits.orchestratorAttempts.takeOver,
    storyCostUsd: limits.storyCostUsd,
    storyTokens: limits.storyTokens,
    runCostUsd: limits.runCostUsd,
    runTokens: limits.runTokens,
    runWallMs: limits.runWallMs,
    verifyJobs: limits.verifyJobs,
  };
  const names = Object.keys(set) as (keyof LimitSettings)[];
  const loose = names.filter((name) => (set[name] ?? 0) > (now[name] ?? Infinity));
  const kept = Object.entries(set).filter(([name]) => !loose.includes(name as keyof LimitSettings));
  return { kept: Object.fromEntries(kept), loose };
}

/** The last attempt of a delegated story belongs to the orchestrator, unless there is only one. */
function ladder(attempts: number): Pick<Limits, 'delegateAttempts' | 'orchestratorAttempts'> {
  const first = Math.max(1, attempts - 1);
  return { delegateAttempts: first, orchestratorAttempts: { own: first, takeOver: Math.min(1, attempts - 1) } };
}
