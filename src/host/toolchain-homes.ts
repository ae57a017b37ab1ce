import { isAbsolute, join } from 'node:path';

/**
 * Variables that name where a toolchain lives, with its usual folder below the real home. With a private `HOME` the
 * tools would not find themselves. No cache that holds credentials by default (`.gradle`, `.m2`, `.npmrc`) is here.
 */
const toolchainHomes = {
  ANDROID_HOME: null,
  ANDROID_SDK_ROOT: null,
  ASDF_DATA_DIR: '.asdf',
  BUN_INSTALL: '.bun',
  CARGO_HOME: '.cargo',
  COREPACK_HOME: '.cache/node/corepack',
  CYPRESS_CACHE_FOLDER: '.cache/Cypress',
  DOTNET_ROOT: null,
  FLUTTER_ROOT: null,
  FNM_DIR: '.local/share/fnm',
  GOPATH: 'go',
  GOROOT: null,
  GRADLE_HOME: null,
  JAVA_HOME: null,
  MAVEN_HOME: null,
  MISE_DATA_DIR: '.local/share/mise',
  NVM_DIR: '.nvm',
  PLAYWRIGHT_BROWSERS_PATH: '.cache/ms-playwright',
  PUB_CACHE: '.pub-cache',
  PUPPETEER_CACHE_DIR: '.cache/puppeteer',
  PYENV_ROOT: '.pyenv',
  RBENV_ROOT: '.rbenv',
  RUSTUP_HOME: '.rustup',
  SDKMAN_DIR: '.sdkman',
  UV_PYTHON_INSTALL_DIR: '.local/share/uv/python',
  VOLTA_HOME: '.volta',
} as const satisfies Record<string, string | null>;

/** The folders that are there, by the variable that names them. */
export function foundToolchains(
  env: NodeJS.ProcessEnv,
  exists: (folder: string) => boolean,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, usual] of Object.entries(toolchainHomes)) {
    const folder = env[name] ?? (usual === null || env.HOME === undefined ? null : join(env.HOME, usual));
    if (folder !== null && isAbsolute(folder) && exists(folder)) found[name] = folder;
  }
  return found;
}
