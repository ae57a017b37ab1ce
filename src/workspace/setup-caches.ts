import { join } from 'node:path';

/** Where package managers keep what they downloaded, below the user's home. */
const caches: Readonly<Record<string, string>> = {
  npm_config_cache: '.npm',
  npm_config_userconfig: '.npmrc',
  npm_config_store_dir: '.local/share/pnpm/store',
  COREPACK_HOME: '.cache/node/corepack',
  YARN_CACHE_FOLDER: '.cache/yarn',
  YARN_GLOBAL_FOLDER: '.yarn/berry',
  BUN_INSTALL_CACHE_DIR: '.bun/install/cache',
  UV_CACHE_DIR: '.cache/uv',
  PIP_CACHE_DIR: '.cache/pip',
  POETRY_CACHE_DIR: '.cache/pypoetry',
  GOMODCACHE: 'go/pkg/mod',
};

/** How the user reaches the network: setup is the only step that may. */
const network = [
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE'],
  ...['npm_config_registry', 'npm_config_cafile', 'PIP_INDEX_URL', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX', 'GOPROXY'],
];

/** What setup gets on top of a child's environment: the real caches, the network settings, a venv inside the tree. */
export function setupEnvironment(parent: NodeJS.ProcessEnv): Record<string, string> {
  const given = (name: string) => (parent[name] === undefined ? [] : [[name, parent[name]] as const]);
  const places = Object.entries(caches).flatMap(([name, below]) =>
    parent[name] === undefined && parent.HOME !== undefined ? [[name, join(parent.HOME, below)] as const] : given(name),
  );
  const settings = network.flatMap(given).filter(([, value]) => !hasCredentials(value));
  return { ...Object.fromEntries([...places, ...settings]), POETRY_VIRTUALENVS_IN_PROJECT: 'true' };
}

function hasCredentials(value: string): boolean {
  return /\/\/[^/]*@/.test(value);
}
