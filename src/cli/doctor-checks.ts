import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import { openCommands } from '../host/command.ts';
import { statePaths } from '../host/paths.ts';
import { rosterOf } from '../models/catalog.ts';
import type { Role } from '../plan/plan.ts';
import { PrdError } from '../problem.ts';
import { openGit } from '../workspace/git.ts';
import { findProgram } from '../workspace/program.ts';
import type { Context } from './context.ts';
import { failureOf } from './failure.ts';
import { sandboxOf } from './open-sandbox.ts';

export interface Examined {
  readonly name: string;
  /** `missing` stops a run; `optional` is absent and may stay so. */
  readonly state: 'ok' | 'missing' | 'optional';
  readonly detail: string;
  readonly hint: string | null;
}

const oldestNode = [20, 20] as const;

export function examineNode(version: string): Examined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const hint = isNew ? null : `install Node ${oldestNode.join('.')} or newer`;
  return { name: 'node', state: isNew ? 'ok' : 'missing', detail: version, hint };
}

/** Starts git outside the repository, with nothing of its configuration. */
export async function examineGit({ env }: Context): Promise<Examined> {
  try {
    await openGit(openCommands(), env);
    return { name: 'git', state: 'ok', detail: 'found', hint: null };
  } catch (error) {
    if (!(error instanceof PrdError)) throw error;
    const { message, hint } = failureOf(error.problem);
    return { name: 'git', state: 'missing', detail: message, hint };
  }
}

/** The key variables of both roles: whether they are set, never what they hold. */
export function examineKeys({ env }: Context, config: Config, hasClaude: boolean): readonly Examined[] {
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl: config.baseUrl ?? undefined });
  const rolesByKey = new Map<string, string[]>();
  for (const role of ['orchestrator', 'delegate'] satisfies Role[]) {
    const key = roster.entry(role)?.endpoint.apiKeyEnv ?? '';
    if (key !== '') rolesByKey.set(key, [...(rolesByKey.get(key) ?? []), `${role} (${roster.roles[role]})`]);
  }
  return [...rolesByKey].map(([key, roles]) => {
    if (env[key]) return { name: 'key', state: 'ok', detail: `${key} is set, for ${roles.join(' and ')}`, hint: null };
    const hint = hasClaude ? 'set it, or use `prd run --implementer claude-code`' : 'set it, or try `prd demo`';
    return { name: 'key', state: 'missing', detail: `${key} is not set, for ${roles.join(' and ')}`, hint };
  });
}

export async function examineClaude({ env }: Context): Promise<Examined> {
  const path = await findProgram('claude', env.PATH);
  return path === null
    ? { name: 'claude', state: 'optional', detail: 'not on PATH', hint: null }
    : { name: 'claude', state: 'ok', detail: path, hint: null };
}

/** Tries to get out of a box: where that fails, commands run in one. */
export async function examineSandbox(context: Context, { sandbox: wanted }: Config): Promise<Examined> {
  const name = 'sandbox';
  try {
    const means = { masked: [], commands: openCommands(), network: false };
    const { level, weaker } = await sandboxOf(context, { ...means, wanted });
    if (level === 'os') return { name, state: 'ok', detail: 'os (bubblewrap; nothing got out)', hint: null };
    const hint = weaker === null || context.platform !== 'linux' ? null : strongerHint;
    return { name, state: 'optional', detail: weaker === null ? level : `${level}; ${weaker}`, hint };
  } catch (error) {
    if (!(error instanceof PrdError)) throw error;
    const { message, hint } = failureOf(error.problem);
    return { name, state: 'missing', detail: message, hint };
  }
}

const strongerHint = 'commands can read what you can read; `apt-get install bubblewrap` or the like gives them a box';

/** Whether the folder for journals and vaults can be written, without making it. */
export async function examineState({ env, home }: Context): Promise<Examined> {
  const { stateHome } = statePaths(env, home);
  for (let folder = stateHome; ; folder = dirname(folder)) {
    const errno = await writable(folder);
    if (errno === null) return { name: 'state', state: 'ok', detail: stateHome, hint: null };
    if (errno !== 'ENOENT' || folder === dirname(folder)) {
      const detail = `cannot write ${stateHome} (${errno})`;
      return { name: 'state', state: 'missing', detail, hint: 'set `XDG_STATE_HOME` to a folder of yours' };
    }
  }
}

async function writable(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
