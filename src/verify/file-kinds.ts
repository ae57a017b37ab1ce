/** What test runners look for. */
export const testGlobs: readonly string[] = [
  '*.{test,spec,e2e,cy}.{js,jsx,ts,tsx,mjs,mts,cjs,cts,vue,svelte}',
  '*{-,_}{test,spec}.{js,jsx,ts,tsx,mjs,mts,cjs,cts}',
  '**/__tests__/**',
  '/{test,tests,e2e,cypress,integration_test,test_driver}/**',
  '/spec/**/*.{rb,js,mjs,cjs,ts}',
  '**/{packages,apps,libs,crates,modules,services}/*/{test,tests,e2e}/**',
  '**/src/test/**',
  'test_*.py',
  '*_test.py',
  '*_test.{go,dart,exs,rs,c,cc,cpp,sh}',
  '*_spec.rb',
  '*_test.rb',
  '*{Test,Tests,Spec}.{java,kt,kts,scala,groovy,cs,fs,swift,php}',
  '*.bats',
];

/** Scripts that a check runs to judge the work, by their name. Other files that a check names are what is being built. */
export const judgeGlobs: readonly string[] = [
  '{check,checks,verify,smoke,assert,validate,acceptance,test}{-,_,.}*',
  '**/{checks,smoke,acceptance}/**',
];

/** Files that describe a project to its package manager: a folder with one is a project. */
export const manifestGlobs: readonly string[] = [
  'package.json',
  'deno.json*',
  'pyproject.toml',
  'setup.py',
  'requirements*.txt',
  'pipfile',
  'cargo.toml',
  'go.mod',
  'pubspec.yaml',
  'composer.json',
  'gemfile',
  'mix.exs',
  'pom.xml',
  'build.gradle*',
  '*.csproj',
  'package.swift',
];

/** Lock files: never edited by hand, shown to the review as one line. */
export const lockGlobs: readonly string[] = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pipfile.lock',
  'cargo.lock',
  'go.sum',
  'pubspec.lock',
  'composer.lock',
  'gemfile.lock',
  'mix.lock',
  'packages.lock.json',
];
