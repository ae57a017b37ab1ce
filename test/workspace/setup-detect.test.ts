import { describe, expect, it } from 'vitest';
import { setupEnvironment } from '../../src/workspace/setup-caches.ts';
import { detectSetup, setupFiles } from '../../src/workspace/setup-detect.ts';
import { type SetupInputs, setupDigest } from '../../src/workspace/setup-digest.ts';

/** What would run for these files, `null` standing for a file whose text is not needed. */
function detect(files: Readonly<Record<string, string>>): string[] {
  return detectSetup(Object.keys(files), (path) => files[path] ?? null).map(
    ({ command, because }) => `${because}: ${command}`,
  );
}

const npmLock = '{"lockfileVersion": 3, "packages": {"": {"name": "x"}, "node_modules/y": {}}}';
const pnpmLock = "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n\n  y@1.0.0:\n    resolution: {}\n";
const yarnLock = '# yarn lockfile v1\n\n\ny@^1:\n  version "1.0.0"\n  resolved "https://x"\n';
const berryLock = '__metadata:\n  version: 8\n\n"y@npm:^1":\n  version: 1.0.0\n  resolution: "y@npm:1.0.0"\n';
const uvLock =
  '[[package]]\nname = "x"\nsource = { virtual = "." }\n\n[[package]]\nname = "y"\nsource = { registry = "r" }\n';
const cargoLock = '[[package]]\nname = "y"\nsource = "registry+https://x"\n';

describe('detectSetup', () => {
  it.each([
    ['package-lock.json', npmLock, 'npm ci --no-audit --no-fund'],
    ['npm-shrinkwrap.json', '{"dependencies": {"y": {}}}', 'npm ci --no-audit --no-fund'],
    ['package-lock.json', '{ broken', 'npm ci --no-audit --no-fund'],
    ['pnpm-lock.yaml', pnpmLock, 'pnpm install --frozen-lockfile'],
    ['yarn.lock', yarnLock, 'yarn install --frozen-lockfile --non-interactive'],
    ['yarn.lock', berryLock, 'yarn install --immutable'],
    ['bun.lock', '{ "packages": {\n    "y": ["y@1", "", {}, ""],\n } }', 'bun install --frozen-lockfile'],
    ['bun.lockb', '\u0000binary', 'bun install --frozen-lockfile'],
    ['uv.lock', uvLock, 'uv sync --locked'],
    ['poetry.lock', '[[package]]\nname = "y"\n', 'poetry install --no-interaction'],
    ['Cargo.lock', cargoLock, 'cargo fetch --locked'],
    ['go.sum', 'example.com/y v1.0.0 h1:x=\n', 'go mod download'],
    ['pubspec.lock', 'packages:\n  y:\n    version: "1"\n', 'dart pub get --enforce-lockfile'],
  ])('installs what %s pins', (lockfile, text, command) => {
    expect(detect({ [lockfile]: text })).toEqual([`${lockfile}: ${command}`]);
  });

  it.each([
    ['package-lock.json', '{"lockfileVersion": 3, "packages": {"": {"name": "x"}}}'],
    ['package-lock.json', '{"lockfileVersion": 3}'],
    ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n"],
    ['yarn.lock', '# yarn lockfile v1\n\n\n'],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"x@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "x@workspace:."\n',
    ],
    ['bun.lock', '{ "packages": {} }'],
    ['uv.lock', '[[package]]\nname = "x"\nsource = { editable = "." }\n'],
    ['poetry.lock', 'package = []\n'],
    ['Cargo.lock', '[[package]]\nname = "own"\n'],
    ['go.sum', ''],
    ['pubspec.lock', 'packages: {}\n'],
  ])('runs nothing for a %s without dependencies', (lockfile, text) =>
    expect(detect({ [lockfile]: text })).toEqual([]),
  );

  it('runs nothing without a lockfile, or for one below the root', () => {
    expect(detect({ 'package.json': '{"dependencies": {"y": "1"}}', 'go.mod': 'module x' })).toEqual([]);
    expect(detect({ 'web/package-lock.json': npmLock })).toEqual([]);
    expect(detect({})).toEqual([]);
  });

  it('prepares every ecosystem once, and takes the tool that the manifest names', () => {
    const both = { 'package-lock.json': npmLock, 'yarn.lock': yarnLock, 'Cargo.lock': cargoLock };
    expect(detect(both)).toEqual([
      'package-lock.json: npm ci --no-audit --no-fund',
      'Cargo.lock: cargo fetch --locked',
    ]);
    expect(detect({ ...both, 'package.json': '{ "packageManager": "yarn@1.22.22" }' })[0]).toMatch(/^yarn.lock: /);
    expect(detect({ ...both, 'package.json': '{ "packageManager": "pnpm@9.0.0" }' })[0]).toMatch(
      /^package-lock.json: /,
    );
  });

  it('knows a flutter project from a dart one', () => {
    const flutter = {
      'pubspec.lock': 'packages:\n  y:\n',
      'pubspec.yaml': 'dependencies:\n  flutter:\n    sdk: flutter\n',
    };
    expect(detect(flutter)).toEqual(['pubspec.lock: flutter pub get --enforce-lockfile']);
  });

  it('says which files it needs to read', () => {
    const asked = new Set<string>();
    detectSetup([...setupFiles], (path) => {
      asked.add(path);
      return 'packages:\n';
    });
    expect([...asked].filter((path) => !setupFiles.includes(path))).toEqual([]);
  });
});

describe('setupDigest', () => {
  const inputs: SetupInputs = {
    steps: [{ command: 'npm ci --no-audit --no-fund', because: 'package-lock.json' }],
    blobs: new Map([
      ['package-lock.json', 'a1'],
      ['package.json', 'b1'],
      ['src/a.ts', 'c1'],
      ['web/package.json', 'd1'],
    ]),
    tree: 't1',
    manifest: '{}',
    platform: 'linux-x64',
    tools: { npm: '11', node: 'v20' },
  };
  const digest = (change: Partial<SetupInputs> = {}) => setupDigest({ ...inputs, ...change });
  const blob = (path: string) => ({ blobs: new Map([...inputs.blobs, [path, 'changed']]), tree: 't2' });
  const steps = (...commands: string[]) => ({ steps: commands.map((command) => ({ command, because: 'setup' })) });

  it.each([
    ['a lockfile', blob('package-lock.json')],
    ['a manifest', blob('package.json')],
    ['a manifest of a workspace', blob('web/package.json')],
    ['a package manager’s configuration', blob('.npmrc')],
    ['a patch', blob('patches/y+1.0.0.patch')],
    ['the platform', { platform: 'darwin-arm64' }],
    ['the version of a tool', { tools: { npm: '11', node: 'v22' } }],
    ['a command', steps('npm ci')],
  ])('changes with %s', (_, change) => expect(digest(change)).not.toBe(digest()));

  it('stays when only sources change', () => {
    expect(digest()).toMatch(/^[0-9a-f]{40}$/);
    expect(digest(blob('src/a.ts'))).toBe(digest());
    expect(digest({ tools: { node: 'v20', npm: '11' } })).toBe(digest());
  });

  it.each(['{"scripts": {"prepare": "node build.mjs"}}', '{"scripts": {"postinstall": "tsc && echo \\"x\\""}}'])(
    'changes with the sources when the project builds itself: %s',
    (manifest) => expect(digest({ manifest, ...blob('src/a.ts') })).not.toBe(digest({ manifest })),
  );

  it.each([
    'husky',
    'husky install',
    'is-ci || husky install',
    'lefthook install',
    'patch-package',
    'husky || true',
    '',
  ])('stays when the install script `%s` only sets up tools', (script) => {
    const manifest = JSON.stringify({ scripts: { prepare: script } });
    expect(digest({ manifest, ...blob('src/a.ts') })).toBe(digest({ manifest }));
  });

  it.each(['npm run build', 'make deps', './setup.sh', 'npm ci && npm run build', 'npm ci; true', 'pip install .'])(
    'changes with the sources when `%s` may read them',
    (command) => expect(digest({ ...steps(command), ...blob('src/a.ts') })).not.toBe(digest(steps(command))),
  );

  it.each([
    'pip install -r requirements-dev.txt',
    'python3 -m venv .venv',
    'poetry install --no-root',
    'bundle install',
  ])('stays when `%s` only installs', (command) =>
    expect(digest({ ...steps(command), ...blob('src/a.ts') })).toBe(digest(steps(command))),
  );
});

describe('setupEnvironment', () => {
  it('gives the real caches, the user’s own registry settings and the way to the network', () => {
    const parent = {
      HOME: '/home/ada',
      UV_CACHE_DIR: '/big/uv',
      HTTPS_PROXY: 'http://proxy:3128',
      ANTHROPIC_API_KEY: 'k',
    };
    const env = setupEnvironment(parent);
    expect(env).toMatchObject({
      npm_config_cache: '/home/ada/.npm',
      npm_config_userconfig: '/home/ada/.npmrc',
      UV_CACHE_DIR: '/big/uv',
      HTTPS_PROXY: 'http://proxy:3128',
      POETRY_VIRTUALENVS_IN_PROJECT: 'true',
    });
    expect(env).not.toHaveProperty('ANTHROPIC_API_KEY');
    expect(env).not.toHaveProperty('HOME');
  });

  it('keeps credentials of a proxy or registry to itself', () => {
    const parent = { HTTPS_PROXY: 'http://ada:secret@proxy:3128', npm_config_registry: 'https://t:s@r.example/' };
    expect(setupEnvironment(parent)).toEqual({ POETRY_VIRTUALENVS_IN_PROJECT: 'true' });
  });
});
