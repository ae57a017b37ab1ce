import { describe, expect, it } from 'vitest';
import { guessChecks, type ProjectFiles, targetsOf } from '../../src/cli/guess-checks.ts';

const project = (files: Readonly<Record<string, string>>): ProjectFiles => ({
  has: (path) => path in files,
  read: (path) => files[path] ?? null,
});

const scripts = (own: object): string => JSON.stringify({ scripts: own });

describe('guessed checks', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['an empty folder', {}, {}],
    [
      'an npm project',
      { 'package.json': scripts({ test: 'vitest', typecheck: 'tsc', lint: 'biome', build: 'vite', dev: 'vite' }) },
      { typecheck: 'npm run typecheck', test: 'npm test', lint: 'npm run lint', build: 'npm run build' },
    ],
    [
      'a script by another name',
      { 'package.json': scripts({ 'check-types': 'tsc' }) },
      { typecheck: 'npm run check-types' },
    ],
    ['only a tsconfig', { 'package.json': scripts({}), 'tsconfig.json': '' }, { typecheck: 'npx tsc --noEmit' }],
    ['the placeholder of npm', { 'package.json': scripts({ test: 'echo "Error: no test specified" && exit 1' }) }, {}],
    ['a package.json that is no JSON', { 'package.json': '{' }, {}],
    ['a script that is no text', { 'package.json': scripts({ test: 1 }) }, {}],
    ['pnpm', { 'package.json': scripts({ test: 'x' }), 'pnpm-lock.yaml': '' }, { test: 'pnpm run test' }],
    [
      'yarn',
      { 'package.json': scripts({ test: 'x' }), 'yarn.lock': '', 'tsconfig.json': '' },
      { typecheck: 'yarn exec tsc --noEmit', test: 'yarn run test' },
    ],
    [
      'bun, whose own test runner is another',
      { 'package.json': scripts({ test: 'x' }), 'bun.lock': '' },
      { test: 'bun run test' },
    ],
    [
      'uv with mypy and pytest',
      { 'pyproject.toml': '[dependency-groups]\ndev = ["mypy", "pytest>=8"]', 'uv.lock': '' },
      { typecheck: 'uv run mypy .', test: 'uv run pytest' },
    ],
    [
      'poetry with pyright',
      { 'pyproject.toml': 'pyright = "*"', 'poetry.lock': '' },
      { typecheck: 'poetry run pyright' },
    ],
    ['a Python project that names no tool', { 'pyproject.toml': '[project]' }, {}],
    [
      'Rust',
      { 'Cargo.toml': '' },
      { typecheck: 'cargo check', test: 'cargo test', lint: 'cargo clippy -- -D warnings' },
    ],
    ['Go', { 'go.mod': '' }, { typecheck: 'go vet ./...', test: 'go test ./...' }],
    ['Flutter', { 'pubspec.yaml': 'flutter:\n  uses: x' }, { typecheck: 'flutter analyze', test: 'flutter test' }],
    ['Dart without Flutter', { 'pubspec.yaml': 'name: x' }, {}],
    ['a Makefile', { Makefile: 'CC := gcc\ntest: build\n\tgo\ndeploy:\n' }, { test: 'make test' }],
    [
      'a justfile',
      { justfile: '@lint:\n  x\ntest name:\n  y\nversion := "1"\n' },
      { lint: 'just lint', test: 'just test' },
    ],
    ['a Taskfile', { 'Taskfile.yml': 'tasks:\n  test:\n    cmds: []\n' }, { test: 'task test' }],
    [
      'two toolchains, of which the first listed wins',
      { 'package.json': scripts({ test: 'x' }), 'go.mod': '', Makefile: 'test:\nci:\n' },
      { test: 'npm test', typecheck: 'go vet ./...', ci: 'make ci' },
    ],
  ])('of %s', (_, files, checks) => {
    expect(guessChecks(project(files))).toEqual(checks);
  });

  it('knows every target, also those that are no check', () => {
    expect(targetsOf(project({ Makefile: 'all: test\ntest:\n', justfile: 'deploy:\n' }))).toEqual([
      'all',
      'test',
      'deploy',
    ]);
  });
});
