import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../host/sandbox.ts';

interface Cache {
  /** Below the user's home. */
  readonly folder: string;
  /** Who keeps it; starts the command that fills it. */
  readonly program: RegExp;
}

const npm = /\b(npm|npx)\b/;
const pnpm = /\bpnpm\b/;
const yarn = /\byarn\b/;
const corepack = /\b(pnpm|yarn|corepack)\b/;
const python = /\b(pip3?|uv|poetry)\b/;

/** Where package managers keep what they downloaded, by the variable that says so. */
const caches: Readonly<Record<string, Cache>> = {
  npm_config_cache: { folder: '.npm', program: npm },
  npm_config_store_dir: { folder: '.local/share/pnpm/store', program: pnpm },
  COREPACK_HOME: { folder: '.cache/node/corepack', program: corepack },
  YARN_CACHE_FOLDER: { folder: '.cache/yarn', program: yarn },
  YARN_GLOBAL_FOLDER: { folder: '.yarn/berry', program: yarn },
  BUN_INSTALL_CACHE_DIR: { folder: '.bun/install/cache', program: /\bbunx?\b/ },
  UV_CACHE_DIR: { folder: '.cache/uv', program: python },
  PIP_CACHE_DIR: { folder: '.cache/pip', program: python },
  POETRY_CACHE_DIR: { folder: '.cache/pypoetry', program: python },
  GOMODCACHE: { folder: 'go/pkg/mod', program: /\bgo\b/ },
};

/** Parts of toolchain homes that are caches; beside them lie programs, which setup must not change. */
const parts: readonly {
  readonly home: string;
  readonly usual: string;
  readonly names: readonly string[];
  readonly program: RegExp;
}[] = [
  { home: 'CARGO_HOME', usual: '.cargo', names: ['registry', 'git'], program: /\bcargo\b/ },
  { home: 'PUB_CACHE', usual: '.pub-cache', names: ['hosted', 'git', 'hosted-hashes'], program: /\b(dart|flutter)\b/ },
];

/** Settings of package managers, with the logins for private registries. */
const settings: Readonly<Record<string, string>> = { npm_config_userconfig: '.npmrc' };

/** How the user reaches the network: setup is the only step that may. */
const network = [
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE'],
  ...['npm_config_registry', 'npm_config_cafile', 'PIP_INDEX_URL', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX', 'GOPROXY'],
];

/** What setup gets on top of a child's environment: the real caches, the network settings, a venv inside the tree. */
export function setupEnvironment(parent: NodeJS.ProcessEnv): Record<string, string> {
  const given = (name: string) => (parent[name] === undefined ? [] : [[name, parent[name]] as const]);
  const places = Object.entries({ ...settings, ...folders }).flatMap(([name, below]) => {
    const path = placeOf(parent, name, below);
    return path === null ? [] : [[name, path] as const];
  });
  const online = network.flatMap(given).filter(([, value]) => !hasCredentials(value));
  return { ...Object.fromEntries([...places, ...online]), POETRY_VIRTUALENVS_IN_PROJECT: 'true' };
}

const folders = Object.fromEntries(Object.entries(caches).map(([name, { folder }]) => [name, folder]));

/**
 * What a setup command reaches in a sandbox: the network, and the caches of the package managers it names; of one that
 * names none, every cache that is there. Makes caches that are missing, as the package manager would.
 */
export function setupAccess(parent: NodeJS.ProcessEnv, command: string): Access {
  const known = cacheFolders(parent);
  const named = known.filter(({ program }) => program.test(command));
  for (const { path } of named) makeFolder(path);
  const writable = (named.length > 0 ? named : known).map(({ path }) => path).filter((path) => existsSync(path));
  const readable = Object.entries(settings).flatMap(([name, below]) => placeOf(parent, name, below) ?? []);
  const files = network.flatMap((name) => (parent[name]?.startsWith('/') ? [parent[name]] : []));
  return { network: true, writable: writable.filter(isFolder), readable: [...readable, ...files] };
}

function cacheFolders(parent: NodeJS.ProcessEnv): readonly { readonly path: string; readonly program: RegExp }[] {
  const own = Object.entries(caches).map(([name, { folder, program }]) => ({
    path: placeOf(parent, name, folder),
    program,
  }));
  const shared = parts.flatMap(({ home, usual, names, program }) => {
    const folder = placeOf(parent, home, usual);
    return names.map((name) => ({ path: folder === null ? null : join(folder, name), program }));
  });
  return [...own, ...shared].flatMap(({ path, program }) => (path === null ? [] : [{ path, program }]));
}

function placeOf(parent: NodeJS.ProcessEnv, name: string, below: string): string | null {
  return parent[name] ?? (parent.HOME === undefined ? null : join(parent.HOME, below));
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch {
    // Read-only home: the package manager does without, too.
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

function hasCredentials(value: string): boolean {
  return /\/\/[^/]*@/.test(value);
}
