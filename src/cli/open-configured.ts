import type { Config, Override } from '../config/config.ts';
import { type ModelRoster, rosterOf } from '../models/catalog.ts';
import type { Problem } from '../problem.ts';
import type { Context } from './context.ts';
import { repositoryTop } from './find-prd.ts';
import { refusePrivilegedFork } from './fork-event.ts';
import { grantNeeds } from './grant-needs.ts';
import { openConfig } from './open-config.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';

/** A repository whose commands may be run, with what the user chose for it. */
export interface Configured {
  readonly open: OpenRepository;
  readonly config: Config;
  readonly roster: ModelRoster;
}

export type Configuring =
  | { readonly kind: 'opened'; readonly configured: Configured }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The one way to a place where commands of the PRD run. Executes nothing yet; rejects with the preflight's problems. */
export async function openConfigured(context: Context, override: Override): Promise<Configuring> {
  await refusePrivilegedFork(context.env);
  const sandbox = context.flags.sandbox ?? override.sandbox;
  const chosen = await openConfig(context, await repositoryTop(context.cwd), { ...override, sandbox });
  const granted = await grantNeeds(chosen, context);
  if (granted.kind === 'refused') return granted;
  const config = { ...chosen, approvedNeeds: granted.needs };
  const baseUrl = config.baseUrl ?? undefined;
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl });
  const open = await openRepository(context, { ...config, never: keyVariables(roster) });
  return { kind: 'opened', configured: { open, config, roster } };
}

/** Names of the variables that hold keys: no child ever sees them. */
function keyVariables(roster: ModelRoster): readonly string[] {
  const entries = roster.names.flatMap((name) => roster.entry(name) ?? []);
  return [...new Set(entries.map(({ endpoint }) => endpoint.apiKeyEnv))].filter((name) => name !== '');
}
