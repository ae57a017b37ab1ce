import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Oid, SetupStep } from './workspace.ts';

export interface SetupInputs {
  readonly steps: readonly SetupStep[];
  /** Blob of every tracked path. */
  readonly blobs: ReadonlyMap<string, Oid>;
  /** The whole tree: what a step that reads sources depends on. */
  readonly tree: Oid;
  /** Text of `package.json` at the root, or null. */
  readonly manifest: string | null;
  /** `linux-x64` and the like. */
  readonly platform: string;
  /** Version by program. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Names what setup produces: equal digests may share one result. Hex, 40 digits. */
export function setupDigest(inputs: SetupInputs): string {
  const { steps, blobs, tree, manifest, platform, tools } = inputs;
  const commands = steps.map(({ command }) => command);
  const files = [...blobs].filter(([path]) => isSetupInput(path, commands)).sort();
  const readsSources = !commands.every(isInstall) || hasBuildScript(manifest);
  const parts = [commands, files, platform, Object.entries(tools).sort(), readsSources ? tree : null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

const inputNames = new Set([
  ...[
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    '.npmrc',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
  ],
  ...['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'yarn.lock', '.yarnrc', '.yarnrc.yml'],
  ...['bun.lock', 'bun.lockb', 'bunfig.toml'],
  ...['pyproject.toml', 'uv.lock', 'uv.toml', 'poetry.lock', 'poetry.toml', 'setup.py', 'setup.cfg', '.python-version'],
  ...['Cargo.toml', 'Cargo.lock', 'rust-toolchain', 'rust-toolchain.toml'],
  ...['go.mod', 'go.sum', 'go.work', 'go.work.sum', 'pubspec.yaml', 'pubspec.lock', 'Gemfile', 'Gemfile.lock'],
]);

function isSetupInput(path: string, commands: readonly string[]): boolean {
  const name = posix.basename(path);
  const isPatch = /^(.*\/)?(patches|\.yarn\/(patches|releases|plugins))\//.test(path);
  if (inputNames.has(name) || /^requirements.*\.txt$/.test(name) || isPatch) return true;
  return commands.some((command) => command.split(/[\s'"=]+/).some((word) => posix.normalize(word) === path));
}

/** Commands that only install what lockfiles and manifests name. Of any other we assume that it reads the sources. */
const installs = [
  /^(npm (ci|i|install)|pnpm (i|install)|yarn( install)?|bun install)( --?[\w-]+(=\S+)?)*$/,
  /^(uv sync|poetry install|bundle install|composer install)( --?[\w-]+(=\S+)?)*$/,
  /^((\.venv\/bin\/)?python3? -m )?pip3? install -r \S+$/,
  /^python3? -m venv \S+$/,
  /^(cargo fetch|go mod download|(flutter|dart) pub get)( --[\w-]+)*$/,
];

function isInstall(command: string): boolean {
  return installs.some((pattern) => pattern.test(command));
}

/** Install scripts of the project itself often build it; those that only set up tools do not. */
function hasBuildScript(manifest: string | null): boolean {
  const scripts = /"(?:pre|post)?(?:install|prepare)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
  return [...(manifest ?? '').matchAll(scripts)].some(([, script = '']) => !harmlessScript.test(script));
}

const harmlessScript =
  /^((is-ci \|\| )?(npx )?(husky( install)?( \S+)?|lefthook install|simple-git-hooks|patch-package|playwright install)( \|\| true)?)?$/;
