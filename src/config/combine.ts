import { defaultLimits, type Limits } from '../plan/limits.ts';
import type { Config, Override } from './config.ts';
import { defined, environmentOverride } from './environment.ts';
import { withLimits } from './limits.ts';
import { needsOf, noNeeds } from './needs.ts';
import type { RepoConfig, RoleSettings, UserConfig } from './schema.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What holds where there is no file to read: flags, `PRD_*` variables and defaults. Loads no schema library. */
export function configWithoutFiles(env: Env, flags: Override): Config {
  return combine({}, {}, [environmentOverride(env), flags], env);
}

/** `spoken`: every source of what several may say, the strongest last. */
export function combine(repo: RepoConfig, own: UserConfig, spoken: readonly Override[], env: Env): Config {
  const said = Object.assign({}, ...spoken.map(defined)) as Override;
  const needs = needsOf(repo);
  return {
    lint: repo.lint ?? {},
    limits: spoken.reduce<Limits>((limits, { limits: set = {} }) => withLimits(limits, set), defaultLimits),
    protected: [...(own.protected ?? []), ...(repo.protected ?? [])],
    setup: repo.setup ?? null,
    needs,
    approvedNeeds: env.PRD_NEEDS === 'allow' ? needs : noNeeds,
    roles: Object.assign({}, ...spoken.map(({ roles }) => defined(roles ?? {}))) as RoleSettings,
    models: own.models ?? {},
    baseUrl: env.ANTHROPIC_BASE_URL || null,
    implementer: said.implementer ?? 'builtin',
    sandbox: said.sandbox ?? 'auto',
    notify: said.notify ?? null,
    commit: { message: own.commit?.message ?? null },
    allowEnv: own.allowEnv ?? [],
  };
}
