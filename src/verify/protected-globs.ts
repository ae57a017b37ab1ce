/** Why a path is protected. The kind decides what happens to a change of it. */
export type ProtectedKind =
  /** The plan and the evidence: never owned, and a forged claim in them is tampering. */
  | 'prd'
  | 'git'
  | 'hooks'
  | 'ci'
  | 'editor'
  | 'agent'
  | 'package-manager'
  /** What only a package manager or a tool puts there: packages, and caches that say what was checked before. */
  | 'installed'
  | 'secret'
  | 'runner-config'
  | 'compiler-config'
  | 'lint-config'
  | 'build-file'
  | 'snapshot'
  | 'config';

export interface ProtectedGroup {
  readonly kind: ProtectedKind;
  readonly globs: readonly string[];
  /** Word that a manifest holds once the project uses the tool. Until then a new file sets the tool up. */
  readonly tool?: string;
}

const judgingModules =
  '{pytest,_pytest,pluggy,iniconfig,unittest,doctest,nose,nose2,behave,tox,nox,coverage,mypy,pyright,ruff,flake8,pylint}';

/** The default list. Matched case-folded; a glob without a slash is meant in every folder. Repositories may add, never remove. */
export const protectedGroups: readonly ProtectedGroup[] = [
  {
    kind: 'prd',
    globs: ['/prd.json', '/.ralph/prd.json', '/scripts/ralph/prd.json', '/ralph/prd.json', '/tasks/prd.json'],
  },
  { kind: 'prd', globs: ['/.prd/**', 'prd.config.*'] },
  { kind: 'git', globs: ['.git', '**/.git/**', '.gitmodules'] },
  {
    kind: 'hooks',
    globs: ['/.husky/**', '/.githooks/**', '/.git-hooks/**', 'lefthook.*', '.lefthook.*', '.pre-commit-config.yaml'],
  },
  { kind: 'hooks', globs: ['.lintstagedrc*', 'lint-staged.config.*', 'commitlint.config.*', '.commitlintrc*'] },
  {
    kind: 'ci',
    globs: [
      '/.github/**',
      '/.gitlab-ci.yml',
      '/.gitlab/**',
      '/.circleci/**',
      '/.buildkite/**',
      '/.forgejo/**',
      '/.gitea/**',
    ],
  },
  {
    kind: 'ci',
    globs: [
      '/azure-pipelines*.yml',
      '/bitbucket-pipelines.yml',
      '/jenkinsfile',
      '/.travis.yml',
      '/.drone.yml',
      '/.woodpecker/**',
    ],
  },
  {
    kind: 'editor',
    globs: [
      '.vscode/**',
      '.idea/**',
      '.zed/**',
      '.fleet/**',
      '.devcontainer/**',
      '.envrc',
      '.tool-versions',
      'mise.toml',
      '.mise.toml',
    ],
  },
  {
    kind: 'agent',
    globs: [
      '.claude/**',
      '.codex/**',
      '.cursor/**',
      '.gemini/**',
      '.aider*',
      '.windsurf/**',
      '.cursorrules',
      '.windsurfrules',
    ],
  },
  { kind: 'agent', globs: ['.mcp.json', 'agents.md', 'claude.md', 'gemini.md', 'claude.local.md'] },
  {
    kind: 'package-manager',
    globs: ['.npmrc', '.yarnrc*', '.yarn/**', '.pnpmfile.*js', 'pnpmfile.*js', 'bunfig.toml', 'pip.conf', '.pypirc'],
  },
  {
    kind: 'package-manager',
    globs: ['.cargo/**', 'nuget.config', '.bundle/config', '.mvn/**', 'gradle-wrapper.properties'],
  },
  {
    kind: 'installed',
    globs: [
      'node_modules/**',
      '.venv/**',
      'site-packages/**',
      '*.dist-info/**',
      '*.egg-info/**',
      '__pycache__/**',
      '*.pyc',
    ],
  },
  {
    kind: 'installed',
    globs: [
      '*.tsbuildinfo',
      '.eslintcache',
      '.stylelintcache',
      '.cache/**',
      '.{turbo,nx,vite,vitest,parcel-cache,jest-cache,gradle,mypy_cache,ruff_cache,pytest_cache,nyc_output}/**',
      '**/target/{debug,release}/**',
    ],
  },
  {
    kind: 'secret',
    globs: ['.env*', '*.pem', '*.p12', '*.pfx', '*.key', 'id_rsa*', 'id_ed25519*', '.netrc', '.npm-token'],
  },
  { kind: 'runner-config', tool: 'vitest', globs: ['vitest.config.*', 'vitest.workspace.*', 'vitest.setup.*'] },
  { kind: 'runner-config', tool: 'jest', globs: ['jest.config.*', 'jest.setup.*', 'jest.preset.*', 'setuptests.*'] },
  { kind: 'runner-config', tool: 'mocha', globs: ['.mocharc*'] },
  { kind: 'runner-config', tool: 'vite', globs: ['vite.config.*'] },
  { kind: 'runner-config', tool: 'ava', globs: ['ava.config.*'] },
  { kind: 'runner-config', tool: 'playwright', globs: ['playwright.config.*', 'playwright-ct.config.*'] },
  { kind: 'runner-config', tool: 'cypress', globs: ['cypress.config.*', 'cypress.json'] },
  { kind: 'runner-config', tool: 'karma', globs: ['karma.conf.*'] },
  { kind: 'runner-config', tool: 'nyc', globs: ['.nycrc*', '.c8rc*'] },
  {
    kind: 'runner-config',
    tool: 'pytest',
    globs: ['conftest.py', 'pytest.ini', '.pytest.ini', '.coveragerc', 'noxfile.py', 'tox.ini', 'setup.cfg'],
  },
  { kind: 'runner-config', globs: ['sitecustomize.py', 'usercustomize.py', '*.pth'] },
  // `python -m pytest` takes a module of the folder it starts in before the one that is installed.
  { kind: 'runner-config', globs: [`**/${judgingModules}.py`, `**/${judgingModules}/__{init,main}__.py`] },
  { kind: 'runner-config', tool: 'rspec', globs: ['.rspec', 'phpunit.xml*'] },
  { kind: 'runner-config', globs: ['dart_test.yaml', '.runsettings', 'nextest.toml'] },
  { kind: 'compiler-config', tool: 'typescript', globs: ['tsconfig*.json', 'jsconfig*.json'] },
  { kind: 'compiler-config', tool: 'babel', globs: ['babel.config.*', '.babelrc*'] },
  { kind: 'compiler-config', tool: '@swc/core', globs: ['.swcrc'] },
  { kind: 'compiler-config', globs: ['rust-toolchain*', 'directory.build.*', 'build.rs'] },
  { kind: 'lint-config', tool: 'eslint', globs: ['eslint.config.*', '.eslintrc*', '.eslintignore'] },
  { kind: 'lint-config', tool: 'biome', globs: ['biome.json*'] },
  { kind: 'lint-config', tool: 'prettier', globs: ['.prettierrc*', 'prettier.config.*', '.prettierignore'] },
  { kind: 'lint-config', tool: 'stylelint', globs: ['.stylelintrc*', 'stylelint.config.*'] },
  { kind: 'lint-config', tool: 'oxlint', globs: ['.oxlintrc*'] },
  {
    kind: 'lint-config',
    tool: 'ruff',
    globs: ['ruff.toml', '.ruff.toml', '.flake8', '.pylintrc', 'mypy.ini', '.mypy.ini', 'pyrightconfig.json'],
  },
  {
    kind: 'lint-config',
    globs: [
      'analysis_options.yaml',
      '.golangci.*',
      'clippy.toml',
      '.clippy.toml',
      'rustfmt.toml',
      '.rubocop.yml',
      'phpstan.neon*',
    ],
  },
  {
    kind: 'lint-config',
    globs: ['.shellcheckrc', '.markdownlint*', 'knip.*', '.editorconfig', 'detekt.yml', 'sonar-project.properties'],
  },
  {
    kind: 'build-file',
    globs: [
      'makefile',
      'gnumakefile',
      '*.mk',
      'justfile',
      '.justfile',
      'taskfile.y*ml',
      'rakefile',
      'turbo.json',
      'nx.json',
    ],
  },
  {
    kind: 'snapshot',
    globs: ['**/__snapshots__/**', '*.snap', '*.snap.*', '**/__image_snapshots__/**', '*.ambr', '**/goldens/**'],
  },
];

/** Samples carry no secret: stories write them all the time. */
export const sampleGlobs: readonly string[] = [
  '*.example',
  '*.sample',
  '*.template',
  '*.example.*',
  '*.sample.*',
  '*.template.*',
  '*.dist',
];

/** Never owned, whatever a story says. */
export const unownableGlobs: readonly string[] = [
  '/.prd/**',
  '**/.git/**',
  '.git',
  '.gitmodules',
  '/.husky/**',
  '/.githooks/**',
  '/.git-hooks/**',
];
