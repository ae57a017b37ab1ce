import type { Role, Roster } from '../plan/plan.ts';
import { type Rates, withUserModel, writeDefaults } from './apply-user-model.ts';
import type { Endpoint, ModelEntry, Price } from './model.ts';
import type { UserModel } from './user-model.ts';

/** The one place that knows a model id. Prices move every few weeks: each row says where its figures come from. */
export const catalog: readonly ModelEntry[] = [
  claude('claude-opus-5-5', listed(4, 20, 0.2, 5), { turnCap: 60 }),
  claude('claude-opus-5', listed(5, 25, 0.5, 6.25), { turnCap: 60 }),
  claude('claude-opus-4-8', listed(5, 25, 0.5, 6.25), { turnCap: 60 }),
  claude('claude-opus-4-7', listed(5, 25, 0.5, 6.25), { turnCap: 60 }),
  claude('claude-opus-4-6', listed(5, 25, 0.5, 6.25), { turnCap: 60 }),
  claude('claude-opus-4-5', listed(5, 25, 0.5, 6.25), { turnCap: 60 }),
  claude('claude-fable-5-1', listed(10, 50, 0.25, 12.5), { turnCap: 60 }),
  claude('claude-fable-5', listed(10, 50, 1, 12.5), { turnCap: 60 }),
  claude('claude-sonnet-5', listed(2, 10, 0.2, 2.5)),
  claude('claude-sonnet-4-6', listed(3, 15, 0.3, 3.75)),
  claude('claude-sonnet-4-5', listed(3, 15, 0.3, 3.75)),
  claude('claude-haiku-4-5', listed(1, 5, 0.1, 1.25)),
  // Known, but nobody lists a price for them.
  claude('claude-fable-5-2', null, { turnCap: 60 }),
  claude('claude-mythos-5-2', null, { turnCap: 60 }),
  claude('claude-mythos-5-1', null, { turnCap: 60 }),
  claude('claude-mythos-5', null, { turnCap: 60 }),
  claude('claude-mythos-preview', null, { turnCap: 60 }),
  claude('claude-haiku-5-5', null),
  claude('claude-sonnet-5-5', null),
  // Served by nobody at the default address: known once user config or a gateway says where they are.
  elsewhere('gpt-5', listed(1.25, 10, 0.125)),
  elsewhere('gpt-5.1', listed(1.25, 10, 0.125)),
  elsewhere('gpt-5.2', listed(1.75, 14, 0.175)),
  elsewhere('gpt-5.3-codex', listed(1.75, 14, 0.175)),
  elsewhere('gpt-5.4', listed(2.5, 15, 0.25)),
  elsewhere('gpt-5.5', listed(5, 30, 0.5)),
  elsewhere('gpt-6', null),
];

/** Judgment, making, repetition: each alias stands on an id whose price is known. */
export const aliases: Readonly<Record<string, string>> = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5',
  haiku: 'claude-haiku-4-5',
};

/** Who plays a role unless the user says otherwise. */
export const defaultRoles: Readonly<Record<Role, string>> = { orchestrator: 'opus', delegate: 'sonnet' };

export interface RosterOptions {
  readonly roles?: { readonly orchestrator?: string | undefined; readonly delegate?: string | undefined } | undefined;
  /** From user config only, by alias or model id. */
  readonly models?: Readonly<Record<string, UserModel>> | undefined;
  /** A gateway that serves every model without an endpoint of its own (`ANTHROPIC_BASE_URL`). */
  readonly baseUrl?: string | undefined;
  /** NAME of the variable that holds the key of the default endpoint. Default `ANTHROPIC_API_KEY`. */
  readonly apiKeyEnv?: string | undefined;
}

export interface ModelRoster extends Roster {
  /** All that is known about a role, alias or id; null if nobody knows it. Names match exactly, never by prefix. */
  entry(name: string): ModelEntry | null;
}

/** The models this user can reach: the catalog, with what user config adds or overrides. */
export function rosterOf(options: RosterOptions = {}): ModelRoster {
  const roles = {
    orchestrator: options.roles?.orchestrator ?? defaultRoles.orchestrator,
    delegate: options.roles?.delegate ?? defaultRoles.delegate,
  };
  const known = knownModels(options);
  const isRole = (name: string): name is Role => name === 'orchestrator' || name === 'delegate';
  const entry = (name: string): ModelEntry | null => known.get(isRole(name) ? roles[name] : name) ?? null;
  const names = ['orchestrator', 'delegate', ...known.keys()];
  return { roles, names, entry, resolve: (name) => entry(name)?.id ?? null };
}

function knownModels(options: RosterOptions): ReadonlyMap<string, ModelEntry> {
  const known = withAliases(reachableRows(options));
  for (const [name, model] of Object.entries(options.models ?? {})) {
    const id = model.id ?? known.get(name)?.id ?? name;
    const entry = withUserModel(known.get(model.id === undefined ? name : id) ?? rowFor(id, options), model);
    // A row that nobody serves by default stays unknown until somebody says where it is.
    if (entry.endpoint.baseUrl === '') continue;
    known.set(name, entry);
    if (!known.has(id)) known.set(id, entry);
  }
  return known;
}

function reachableRows(options: RosterOptions): readonly ModelEntry[] {
  const rows = catalog.filter((row) => options.baseUrl !== undefined || row.endpoint.baseUrl !== '');
  return rows.map((row) => rowFor(row.id, options));
}

function withAliases(rows: readonly ModelEntry[]): Map<string, ModelEntry> {
  const named = Object.entries(aliases).flatMap(([alias, id]) =>
    rows.filter((row) => row.id === id).map((row) => [alias, row] as const),
  );
  return new Map([...named, ...rows.map((row) => [row.id, row] as const)]);
}

function rowFor(id: string, options: RosterOptions): ModelEntry {
  const row = catalog.find((entry) => entry.id === id) ?? claude(id, null);
  return { ...row, endpoint: endpointFor(row, options) };
}

function endpointFor(entry: ModelEntry, { baseUrl, apiKeyEnv }: RosterOptions): Endpoint {
  return {
    ...entry.endpoint,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(apiKeyEnv !== undefined && { apiKeyEnv }),
  };
}

/** Limits that hold for every row until a vendor page says otherwise; 4,096 is the largest published minimum prefix. */
function claude(id: string, price: Price | null, more: Partial<ModelEntry> = {}): ModelEntry {
  return { id, price, contextLimit: 200_000, turnCap: 40, minCacheablePrefix: 4_096, endpoint: hosted(), ...more };
}

function elsewhere(id: string, price: Price | null): ModelEntry {
  return claude(id, price, { endpoint: { ...hosted(), baseUrl: '' } });
}

function hosted(): Endpoint {
  return {
    baseUrl: 'https://api.anthropic.com',
    apiKeyEnv: 'ANTHROPIC_API_KEY',
    auth: 'bearer',
    apiVersion: null,
  };
}

/** Figures of `@pydantic/genai-prices` 0.1.8, USD per million tokens; 1 h writes, and writes nobody lists, are derived. */
function listed(input: number, out: number, cacheRead: number, write5m?: number): Price {
  const rates: Rates = writeDefaults({ in: input, out, cacheRead, write5m });
  return { ...rates, source: 'npm:@pydantic/genai-prices@0.1.8', asOf: '2026-09-23' };
}
