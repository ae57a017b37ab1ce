import { systemBlocks } from '../agent/prompts/system.ts';
import { toolSchemas } from '../agent/prompts/tool-schemas.ts';
import type { Config } from '../config/config.ts';
import { smallestOutput } from '../models/budget.ts';
import type { ModelRoster } from '../models/catalog.ts';
import { reserve } from '../models/cost.ts';
import type { Plan, Role } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';

type TooSmall = Extract<Problem, { code: 'budget-too-small' }>;

/** Limits that do not pay for one call to each model of the plan: such a run could only spend and then stop. */
export function smallBudgets(plan: Plan, roster: ModelRoster, { limits }: Config): readonly TooSmall[] {
  const ready = plan.stories.filter(({ state }) => state.kind === 'ready');
  const calls = ready.map(({ model, role }) => {
    const entry = roster.entry(model);
    const usd = entry && reserve(entry, leastPrompt(role), smallestOutput);
    return { model, usd: usd ?? 0, tokens: leastPrompt(role) + smallestOutput };
  });
  const short = (flag: TooSmall['flag'], limit: number | null, of: 'usd' | 'tokens'): readonly TooSmall[] => {
    const [dearest] = [...calls].sort((a, b) => b[of] - a[of]);
    if (dearest === undefined || limit === null || limit >= dearest[of]) return [];
    return [{ code: 'budget-too-small', model: dearest.model, flag, limit, needed: dearest[of] }];
  };
  return [
    ...short('--max-cost', limits.runCostUsd, 'usd'),
    ...short('--max-story-cost', limits.storyCostUsd, 'usd'),
    ...short('--max-tokens', limits.runTokens, 'tokens'),
    ...short('--max-story-tokens', limits.storyTokens, 'tokens'),
  ];
}

/** Tokens of what stands before every story; characters / 3, as a call is booked. */
function leastPrompt(role: Role): number {
  return Math.ceil(JSON.stringify([systemBlocks(role, ''), toolSchemas(role)]).length / 3);
}
