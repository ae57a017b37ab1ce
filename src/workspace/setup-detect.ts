import type { SetupStep } from './workspace.ts';

type ReadText = (path: string) => string | null;

interface Installer {
  readonly lockfile: string;
  readonly command: (lock: string, read: ReadText) => string;
  /** An empty lockfile is no reason to start a package manager. */
  readonly hasDependencies: (lock: string) => boolean;
}

/**
 * The commands that install what the lockfiles at the root pin, one per ecosystem. `readText` knows the files that
 * `setupFiles` names. Install scripts are not switched off: the approval of setup covers them.
 */
export function detectSetup(paths: readonly string[], readText: ReadText): SetupStep[] {
  const tracked = new Set(paths);
  return ecosystems.flatMap((installers) => {
    const present = installers.filter(({ lockfile }) => tracked.has(lockfile));
    const chosen = present.find(({ lockfile }) => lockfile === preferredLockfile(readText)) ?? present[0];
    const lock = chosen && readText(chosen.lockfile);
    if (chosen === undefined || lock == null || !chosen.hasDependencies(lock)) return [];
    return [{ command: chosen.command(lock, readText), because: chosen.lockfile }];
  });
}

const npm = { command: () => 'npm ci --no-audit --no-fund', hasDependencies: hasNpmPackages };
const bun = { command: () => 'bun install --frozen-lockfile' };

const ecosystems: readonly (readonly Installer[])[] = [
  [
    { lockfile: 'package-lock.json', ...npm },
    { lockfile: 'npm-shrinkwrap.json', ...npm },
    {
      lockfile: 'pnpm-lock.yaml',
      command: () => 'pnpm install --frozen-lockfile',
      hasDependencies: has(/^packages:\s*$/m),
    },
    {
      lockfile: 'yarn.lock',
      command: yarnInstall,
      hasDependencies: has(/^ {2}(version "|resolution: "(?!.*@workspace:))/m),
    },
    { lockfile: 'bun.lock', ...bun, hasDependencies: has(/"packages":\s*\{\s*"/) },
    { lockfile: 'bun.lockb', ...bun, hasDependencies: () => true },
  ],
  [
    {
      lockfile: 'uv.lock',
      command: () => 'uv sync --locked',
      hasDependencies: has(/^source = \{ (?!virtual|editable)/m),
    },
    {
      lockfile: 'poetry.lock',
      command: () => 'poetry install --no-interaction',
      hasDependencies: has(/^\[\[package\]\]/m),
    },
  ],
  [{ lockfile: 'Cargo.lock', command: () => 'cargo fetch --locked', hasDependencies: has(/^source = /m) }],
  [{ lockfile: 'go.sum', command: () => 'go mod download', hasDependencies: has(/\S/) }],
  [{ lockfile: 'pubspec.lock', command: pubGet, hasDependencies: has(/^packages:\s*$/m) }],
];

/** Files at the root whose text decides what would run. */
export const setupFiles: readonly string[] = [
  ...ecosystems.flat().map(({ lockfile }) => lockfile),
  'package.json',
  'pubspec.yaml',
];

const lockfileOf: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  bun: 'bun.lock',
};

/** Of several lockfiles of one ecosystem, the one whose tool `packageManager` names. */
function preferredLockfile(readText: ReadText): string | null {
  const named = /"packageManager"\s*:\s*"(\w+)@/.exec(readText('package.json') ?? '')?.[1];
  return lockfileOf[named ?? ''] ?? null;
}

function has(pattern: RegExp): (lock: string) => boolean {
  return (lock) => pattern.test(lock);
}

function hasNpmPackages(lock: string): boolean {
  const parsed = parseObject(lock);
  // npm says best what is wrong with its own file.
  if (parsed === null) return true;
  const { packages, dependencies } = parsed;
  return Object.keys({ ...dependencies, ...packages }).some((name) => name !== '');
}

function parseObject(text: string): { readonly packages?: object; readonly dependencies?: object } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function yarnInstall(lock: string): string {
  return /^__metadata:/m.test(lock) ? 'yarn install --immutable' : 'yarn install --frozen-lockfile --non-interactive';
}

function pubGet(_: string, read: ReadText): string {
  const tool = /sdk:\s*flutter/.test(read('pubspec.yaml') ?? '') ? 'flutter' : 'dart';
  return `${tool} pub get --enforce-lockfile`;
}
