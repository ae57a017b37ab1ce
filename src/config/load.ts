import { availableParallelism } from 'node:os';
import { aliases, catalog } from '../models/catalog.ts';
import { defaultLimits } from '../plan/limits.ts';
import type { JsonPath } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import { combine } from './combine.ts';
import type { Config, IgnoredSetting, Override } from './config.ts';
import { defined, environmentOverride } from './environment.ts';
import { tighterOnly } from './limits.ts';
import { type ReadConfig, readConfig } from './read-config.ts';
import { type RepoConfig, type RoleSettings, repoConfig, type UserConfig, userConfig } from './schema.ts';

export interface Sources {
  /** Cores of this machine: a repository cannot ask for more checks at once. */
  readonly cores?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own file and the repository's, or null where there is none. */
  readonly user: SourceFile | null;
  readonly repo: SourceFile | null;
  readonly flags?: Override;
}

export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly ignored: readonly IgnoredSetting[];
}

/**
 * Hears every source: flag, then `PRD_*` variable, user file, repository file (which can only tighten), default. Rejects
 * a value that cannot be used, with its position; what a repository may not say is ignored and named.
 */
export function loadConfig({ env, user, repo, flags = {}, cores = availableParallelism() }: Sources): LoadedConfig {
  const own = user === null ? {} : strictly(user);
  const theirs = repo === null ? null : readConfig(repo.text, repo.file, repoConfig);
  const { kept, loose } = tighterOnly(theirs?.settings.limits ?? {}, { ...defaultLimits, verifyJobs: cores });
  const roles = theirs === null ? {} : knownRoles(theirs, own);
  const spoken = [{ roles, limits: kept }, own, environmentOverride(env), flags];
  const config = combine(theirs?.settings ?? {}, own, spoken, env);
  return { config, ignored: theirs === null ? [] : ignoredIn(theirs, loose) };
}

/** The user's own file has no setting that can be overlooked: a misspelt one would silently not count. */
function strictly({ file, text }: SourceFile): UserConfig {
  const read = readConfig(text, file, userConfig);
  const [path] = read.unknown;
  if (path === undefined) return read.settings;
  throw new PrdError({ code: 'bad-config', file, what: `\`${path.join('.')}\` is no setting`, at: read.locate(path) });
}

/** A repository maps roles to models that exist already; it cannot bring its own. */
function knownRoles({ settings, locate }: ReadConfig<RepoConfig>, user: UserConfig): RoleSettings {
  const known = new Set([...Object.keys(aliases), ...catalog.map(({ id }) => id), ...Object.keys(user.models ?? {})]);
  for (const [role, model] of Object.entries(defined(settings.roles ?? {}))) {
    if (known.has(model)) continue;
    const at = locate(['roles', role]);
    throw new PrdError({ code: 'unknown-model', at, story: null, model, near: null, known: Object.keys(aliases) });
  }
  return defined(settings.roles ?? {});
}

function ignoredIn({ unknown, locate }: ReadConfig<RepoConfig>, loose: readonly string[]): readonly IgnoredSetting[] {
  const ofUser = new Set(Object.keys(userConfig.shape));
  const why = ([top]: JsonPath): IgnoredSetting['why'] => (ofUser.has(String(top)) ? 'not-yours' : 'unknown');
  const entry = (path: JsonPath, why: IgnoredSetting['why']): IgnoredSetting => {
    const at = locate(path);
    return { file: at.file, setting: path.join('.'), why, at };
  };
  return [
    ...unknown.map((path) => entry(path, why(path))),
    ...loose.map((name) => entry(['limits', name === 'runWallMs' ? 'runTime' : name], 'loosens')),
  ];
}
