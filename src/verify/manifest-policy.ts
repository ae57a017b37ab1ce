import type { TomlPolicy } from './manifest-toml.ts';

/** What is protected inside a manifest whose other keys are free. */
export interface ManifestPolicy {
  readonly file: RegExp;
  /** Objects whose entries are protected one by one: an added entry lands, a changed or removed one does not. */
  readonly entries: readonly string[];
  /** Keys protected as a whole: an added one lands. */
  readonly keys: readonly string[];
  /** Keys that may not even appear once the project uses the tool they configure. */
  readonly tools: readonly string[];
  /** Keys that swap what is installed: neither added nor changed. */
  readonly sealed: readonly string[];
  readonly dependencies: readonly string[];
}

/** JSON manifests. The protected keys, and those that do the same under another name. */
export const jsonManifests: readonly ManifestPolicy[] = [
  {
    file: /(^|\/)package\.json$/i,
    entries: ['scripts'],
    keys: ['type', 'imports', 'workspaces', 'packageManager', 'config'],
    tools: [
      'jest',
      'vitest',
      'mocha',
      'ava',
      'nyc',
      'c8',
      'tap',
      'babel',
      'eslintConfig',
      'prettier',
      'stylelint',
      'lint-staged',
      'husky',
    ],
    sealed: ['overrides', 'resolutions', 'pnpm', 'gitHooks', 'simple-git-hooks'],
    dependencies: ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'],
  },
  {
    file: /(^|\/)deno\.jsonc?$/i,
    entries: ['tasks'],
    keys: ['test', 'lint', 'compilerOptions'],
    tools: [],
    sealed: [],
    dependencies: ['imports'],
  },
  {
    file: /(^|\/)composer\.json$/i,
    entries: ['scripts'],
    keys: ['config', 'autoload-dev', 'repositories'],
    tools: [],
    sealed: [],
    dependencies: ['require', 'require-dev'],
  },
];

/** Scripts that a package manager runs by itself: an added one would run around what is judged. */
export const lifecycleScripts: ReadonlySet<string> = new Set([
  'preinstall',
  'install',
  'postinstall',
  'prepare',
  'preprepare',
  'postprepare',
  'dependencies',
]);

/** TOML manifests: tables, by the beginning of their name, that a story does not change. */
export const tomlManifests: readonly (TomlPolicy & { readonly file: RegExp })[] = [
  {
    file: /(^|\/)pyproject\.toml$/i,
    tables: [
      'build-system',
      'tool.pytest',
      'tool.coverage',
      'tool.tox',
      'tool.nox',
      'tool.ruff',
      'tool.mypy',
      'tool.pyright',
      'tool.pylint',
      'tool.black',
      'tool.isort',
      'tool.hatch.envs',
      'tool.poe',
      'tool.taskipy',
      'tool.pdm.scripts',
      'tool.uv.sources',
    ],
    keys: [],
  },
  {
    file: /(^|\/)cargo\.toml$/i,
    tables: ['profile', 'lints', 'workspace', 'patch', 'replace', 'test', 'bench', 'lib', 'badges'],
    keys: ['build', 'autotests', 'autobins', 'autobenches', 'autoexamples', 'links', 'metadata'],
  },
];
