import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Counts } from '../../../src/verify/check.ts';
import { namedRunners, readCounts, runners } from '../../../src/verify/runners/index.ts';

const folder = new URL('../../fixtures/runner-output/', import.meta.url);

function recorded(name: string): string {
  return readFileSync(new URL(`${name}.txt`, folder), 'utf8');
}

function counts(runner: string, executed: number, failed: number | null, skipped: number | null): Counts {
  return { runner, executed, failed, skipped };
}

const rows: readonly [file: string, command: string, Counts | null][] = [
  ['node20-mixed.tap', 'node --test', { ...counts('node:test', 3, 1, 1), silent: [] }],
  ['node20-mixed.spec', 'node --test --test-reporter=spec', { ...counts('node:test', 3, 1, 1), silent: [] }],
  ['node22-mixed.tap', 'node --test', { ...counts('node:test', 3, 1, 1), silent: [] }],
  ['node24-mixed.spec', 'node --test', { ...counts('node:test', 3, 1, 1), silent: [] }],
  ['node20-npm-test', 'npm test', { ...counts('node:test', 3, 1, 1), silent: [] }],
  ['node20-no-tests.tap', 'node --test', { ...counts('node:test', 0, 0, 0), silent: [] }],
  [
    'node20-pattern-matches-nothing.tap',
    'node --test --test-name-pattern=x',
    { ...counts('node:test', 0, 0, 0), silent: [] },
  ],
  [
    'node24-pattern-matches-nothing.spec',
    'node --test --test-name-pattern=x',
    { ...counts('node:test', 1, 0, 0), silent: ['test/cart.test.js'] },
  ],
  [
    'node20-early-exit.tap',
    'node --test',
    { ...counts('node:test', 2, 0, 0), silent: ['/project/test/cart.test.js', '/project/test/plain.test.js'] },
  ],
  [
    'node24-early-exit.spec',
    'node --test',
    { ...counts('node:test', 2, 0, 0), silent: ['test/cart.test.js', 'test/plain.test.js'] },
  ],
  ['node20-missing-file', 'node --test test/nope.test.js', null],
  ['vitest-mixed', 'npx vitest run', counts('vitest', 2, 1, 2)],
  ['vitest-clean', 'npx vitest run', counts('vitest', 1, 0, 2)],
  ['vitest-npm-test', 'npm test', counts('vitest', 2, 1, 2)],
  ['vitest-no-files', 'npx vitest run nofile', counts('vitest', 0, 0, 0)],
  ['vitest-pattern-matches-nothing', 'npx vitest run -t x', counts('vitest', 0, 0, 4)],
  ['vitest-broken-import', 'npx vitest run', counts('vitest', 0, 1, 0)],
  ['vitest-early-exit', 'npx vitest run', counts('vitest', 0, 1, 0)],
  ['vitest-junit', 'npx vitest run --reporter=junit', counts('junit', 2, 1, 2)],
  ['jest-mixed', 'npx jest', counts('jest', 2, 1, 1)],
  ['jest-clean', 'npx jest', counts('jest', 1, 0, 1)],
  ['jest-no-files', 'npx jest nofile', counts('jest', 0, 0, 0)],
  ['jest-pattern-matches-nothing', 'npx jest -t x', counts('jest', 0, 0, 3)],
  ['jest-broken-import', 'npx jest', counts('jest', 0, 1, 0)],
  ['jest-early-exit', 'npx jest', null],
  ['mocha-mixed', 'npx mocha', counts('mocha', 2, 1, 1)],
  ['mocha-clean', 'npx mocha', counts('mocha', 1, 0, 1)],
  ['mocha-pattern-matches-nothing', 'npx mocha -g x', counts('mocha', 0, 0, 0)],
  ['mocha-broken-import', 'npx mocha', null],
  ['mocha-early-exit', 'npx mocha', null],
  ['pytest-mixed', 'python3 -m pytest', counts('pytest', 2, 1, 2)],
  ['pytest-mixed-quiet', 'pytest -q', counts('pytest', 2, 1, 2)],
  ['pytest-clean', 'uv run pytest', counts('pytest', 1, 0, 2)],
  ['pytest-nothing-selected', 'pytest -k x', counts('pytest', 0, 0, 0)],
  ['pytest-missing-path', 'pytest tests/nope.py', counts('pytest', 0, 0, 0)],
  ['pytest-broken-import', 'pytest', counts('pytest', 1, 1, 0)],
  ['pytest-early-exit', 'pytest', null],
  ['pytest-junit', 'cat report.xml', counts('junit', 2, 1, 1)],
  ['go-mixed', 'go test ./...', counts('go test', 2, 1, null)],
  ['go-verbose', 'go test -v ./...', counts('go test', 3, 0, 1)],
  ['go-nothing-selected', 'go test -run x ./...', counts('go test', 0, 0, null)],
  ['go-compile-error', 'go test ./...', counts('go test', 1, 1, null)],
  ['cargo-mixed', 'cargo test', counts('cargo test', 2, 1, 1)],
  ['cargo-clean', 'cargo test --all', counts('cargo test', 2, 0, 1)],
  ['cargo-nothing-selected', 'cargo test nomatch', counts('cargo test', 0, 0, 0)],
  ['cargo-compile-error', 'cargo test', null],
];

describe('the report of a test runner', () => {
  it.each(rows)('%s, printed by `%s`, is counted', (file, command, expected) => {
    expect(readCounts(command, recorded(file))).toEqual(expected);
  });

  it('has a row here for every recorded output', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    const used = new Set(rows.map(([file]) => `${file}.txt`));
    expect(files.filter((name) => !used.has(name) && name !== 'vitest-mixed-coloured.txt')).toEqual([]);
  });

  it('is found behind a script whose runner nobody named', () => {
    expect(readCounts('make test', recorded('vitest-mixed'))).toEqual(counts('vitest', 2, 1, 2));
  });

  it('is read with Windows line endings too', () => {
    expect(readCounts('npx jest', recorded('jest-mixed').replaceAll('\n', '\r\n'))).toEqual(counts('jest', 2, 1, 1));
  });

  it('of every package of a monorepo is added up', () => {
    const both = recorded('vitest-mixed') + recorded('vitest-clean');
    expect(readCounts('npm test --workspaces', both)).toEqual(counts('vitest', 3, 1, 4));
  });

  it('of two runners of one command is added up', () => {
    const both = recorded('vitest-clean') + recorded('pytest-clean');
    expect(readCounts('npx vitest run && pytest', both)).toEqual({ ...counts('vitest + pytest', 2, 0, 4), silent: [] });
  });

  it('printed by the code under test does not stand in for the named runner', () => {
    expect(readCounts('npx mocha', recorded('vitest-clean'))).toBeNull();
  });

  it.each(['', 'hello', '5 passed', '# tests 3', 'Tests: lots'])('is not seen in %j', (output) => {
    expect(readCounts('make test', output)).toBeNull();
  });
});

describe('a runner that must report', () => {
  const none: readonly string[] = [];
  it.each([
    ['node --test', ['node:test']],
    ['FORCE_COLOR=0 node --experimental-vm-modules --test test/a.test.js', ['node:test']],
    ['node --test-name-pattern=x a.js', none],
    ['node --test --test-reporter=dot', none],
    ['npx --no-install vitest run', ['vitest']],
    ['pnpm vitest run', ['vitest']],
    ['pnpm exec vitest run', ['vitest']],
    ['cd web && npx vitest run src/cart', ['vitest']],
    ['node node_modules/vitest/vitest.mjs run', ['vitest']],
    ['npx vitest run --reporter=json', none],
    ['npx vitest --version', none],
    ['grep vitest package.json', none],
    ['npm install vitest', none],
    ['npx vitest run | tail -5', none],
    ['npx vitest run > out.txt 2>&1', none],
    ['npx vitest run 2> err.txt', ['vitest']],
    ['npx jest --listTests', none],
    ['npx jest cart && npx mocha', ['jest', 'mocha']],
    ['poetry run pytest -q', ['pytest']],
    ['python3 -m pytest tests -q', ['pytest']],
    ['pytest --collect-only', none],
    ['cargo test --workspace', ['cargo test']],
    ['cargo build', none],
    ['go vet ./... && go test ./...', ['go test']],
    ['go test -json ./...', none],
    ['npm test', none],
    ['yarn run test', none],
  ])('is named by `%s`: %j', (command, expected) => {
    expect(namedRunners(command, '').map((runner) => runner.name)).toEqual(runnersInOrder(expected));
  });

  it.each([
    ['npm', '\n> shop@1.0.0 test\n> node --test\n\n'],
    ['npm in a nameless package', '\n> test\n> node --test\n\n'],
    ['pnpm', '\n> shop@1.0.0 test /project\n> node --test\n\n'],
    ['yarn', 'yarn run v1.22.22\n$ node --test\n'],
  ])('is found in the script that %s prints before running it', (_manager, output) => {
    expect(namedRunners('npm test', output).map((runner) => runner.name)).toEqual(['node:test']);
  });
});

function runnersInOrder(names: readonly string[]): readonly string[] {
  return runners.map((runner) => runner.name).filter((name) => names.includes(name));
}
