import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { anthropicModels } from '../models/anthropic.ts';
import { type Budget, needsTokenLimit, openBudget } from '../models/budget.ts';
import type { ModelRoster } from '../models/catalog.ts';
import { meteredModels } from '../models/metered.ts';
import type { Models } from '../models/model.ts';
import { withRetry } from '../models/retry.ts';
import { staggered } from '../models/stagger.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import type { EmitEvent } from '../run/events.ts';
import type { Env } from './terminal.ts';

/** Models as a run asks them: what many share is sent once first, every try is booked, what can recover is asked again. */
export function openModels(config: Config, env: Env, emit: EmitEvent): Models {
  const metered = meteredModels(anthropicModels({ env, ...testLimits(env) }), {
    budget: budgetOf(config),
    emit,
    newId: randomUUID,
  });
  const patient = withRetry(metered, {
    onWait: ({ purpose, model, failure, waitMs }) => {
      const why = `${model} (${failure.failure})`;
      void emit({ type: 'wait', data: { story: purpose.story, for: why, waitMs } });
    },
  });
  // Outside of everything else: who waits for a sibling holds no place and no money.
  return staggered(patient, {
    onWait: ({ purpose, model }) => {
      const why = `the first answer of ${model}, to share its cache`;
      void emit({ type: 'wait', data: { story: purpose.story, for: why, waitMs: null } });
    },
  });
}

/** The fault lab cannot wait until 90 s of silence are over. */
function testLimits(env: Env): { readonly idleMs?: number } {
  return __PRD_TEST__ && env.PRD_IDLE_MS !== undefined ? { idleMs: Number(env.PRD_IDLE_MS) } : {};
}

function budgetOf({ limits }: Config): Budget {
  return openBudget(budgetLimits(limits));
}

function budgetLimits({ runCostUsd, runTokens, storyCostUsd, storyTokens }: Config['limits']) {
  return { run: { usd: runCostUsd, tokens: runTokens }, story: { usd: storyCostUsd, tokens: storyTokens } };
}

/** What is missing before the models of a plan can be asked: keys, and prices where money is limited. */
export function modelProblems(
  plan: Plan,
  roster: ModelRoster,
  config: Config,
  env: Env,
  claude: boolean,
): readonly Problem[] {
  const names = new Set<string>();
  for (const { state, model, role } of plan.stories) {
    if (state.kind !== 'ready') continue;
    names.add(model);
    // A delegated story may move up to the orchestrator.
    if (role === 'delegate') names.add(roster.roles.orchestrator);
  }
  return [...names].flatMap((model) => namedModelProblems(model, roster, config, env, claude));
}

/** What is missing before this one model can be asked. */
export function namedModelProblems(
  model: string,
  roster: ModelRoster,
  config: Config,
  env: Env,
  claude = false,
): readonly Problem[] {
  const entry = roster.entry(model);
  if (entry === null) return [];
  const variable = entry.endpoint.apiKeyEnv;
  if (variable !== '' && !env[variable]) return [{ code: 'no-key', model, variable, claude }];
  return needsTokenLimit(entry, budgetLimits(config.limits)) ? [{ code: 'unpriced-budget', model }] : [];
}
