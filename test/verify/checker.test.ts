import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/verify/check.ts';
import { commandChecker } from '../../src/verify/checker.ts';
import { outputLimit } from '../../src/verify/output.ts';
import type { Tree } from '../../src/workspace/workspace.ts';
import { type OpenedRepository, openedRepository } from '../workspace/opened-repository.ts';
import { aCheck } from './results.ts';

const nodeTest = "import { test } from 'node:test';\nimport assert from 'node:assert';\n";

const files = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { test: 'node --test', broken: 'no-such-program-here' },
  }),
  'cart.js': 'export const total = (xs) => xs.reduce((a, b) => a + b, 0);\n',
  'early.js': 'process.exit(0);\nexport const early = 1;\n',
  'test/cart.test.js': `${nodeTest}import { total } from '../cart.js';\ntest('adds', () => assert.equal(total([1, 2]), 3));\ntest.skip('later', () => {});\n`,
  'red/cart.test.js': `${nodeTest}test('fails', () => assert.equal(1, 2));\n`,
  'early/cart.test.js': `${nodeTest}import '../early.js';\ntest('never', () => {});\n`,
  'plain/cart.test.js': "import assert from 'node:assert';\nassert.equal(1 + 2, 3);\n",
  'scripts/check.sh': '#!/bin/sh\nexit 0\n',
  'junit.xml': '<testsuites><testsuite tests="9" failures="0"></testsuite></testsuites>',
};

describe('a check in a verify tree', () => {
  let repo: OpenedRepository;
  let tree: Tree;

  beforeAll(async () => {
    repo = await openedRepository({ files });
    tree = await repo.trees.open(repo.base, 'verify');
  });

  afterAll(async () => {
    await repo.cleanup();
  });

  const run = (command: string, fields: Parameters<typeof aCheck>[1] = {}): Promise<CheckResult> => {
    const checker = commandChecker({ logDir: join(repo.folder, 'logs') });
    return checker.run(tree, aCheck(command, { timeoutMs: 20_000, ...fields }));
  };
  const said = async (command: string, fields: Parameters<typeof aCheck>[1] = {}) => {
    const { outcome, reason } = await run(command, fields);
    return `${outcome}:${reason}`;
  };

  it.each([
    ['true', 'green:met'],
    ['exit 3', 'red:exit-code'],
    ['false | true', 'red:exit-code'],
    ['no-such-program-here', 'invalid:not-found'],
    ['./scripts/check.sh', 'invalid:not-executable'],
    ['kill -9 $$', 'invalid:signal'],
    ['npm run e2e', 'absent:missing-script'],
    ['npm run broken', 'absent:missing-package'],
    ['node missing.js', 'absent:missing-file'],
    ['node --test test/missing.test.js', 'absent:missing-file'],
    ['node --test red/cart.test.js', 'red:exit-code'],
    ['node --test test/cart.test.js', 'green:met'],
    ['node --test plain/cart.test.js', 'green:met'],
    ['npm test -- test/cart.test.js', 'green:met'],
  ])('`%s` is %s', async (command, expected) => {
    expect(await said(command)).toBe(expected);
  });

  it('counts what the runner says', async () => {
    const { counts, output } = await run('node --test test/cart.test.js');
    expect(counts).toEqual({ runner: 'node:test', executed: 1, failed: 0, skipped: 1 });
    expect(output).toMatch(/adds/);
  });

  it('G06: a process that ends before its tests is no pass', async () => {
    expect(await said('node --test early/cart.test.js')).toBe('invalid:no-report');
    expect(await said('npm test -- early/cart.test.js')).toBe('invalid:no-report');
  });

  it('G12: a filter that matches nothing is no pass', async () => {
    expect(await said('node --test --test-name-pattern=nomatch test/cart.test.js')).toBe('invalid:zero-tests');
  });

  it('G22: a report that lies in the tree says nothing', async () => {
    const { counts, reason } = await run('node -e 0');
    expect({ counts, reason }).toEqual({ counts: null, reason: 'met' });
  });

  it('outliving its timeout is no answer', async () => {
    const { outcome, reason, exitCode, durationMs } = await run('sleep 60', { timeoutMs: 300 });
    expect({ outcome, reason, exitCode }).toEqual({ outcome: 'invalid', reason: 'timeout', exitCode: null });
    expect(durationMs).toBeLessThan(10_000);
  });

  it('is cancelled by its signal', async () => {
    const abort = new AbortController();
    const check = aCheck('sleep 60', { timeoutMs: 20_000 });
    const checking = commandChecker({ logDir: null }).run(tree, check, { signal: abort.signal });
    abort.abort();
    expect(await checking).toMatchObject({ outcome: 'invalid', reason: 'cancelled', log: null });
  });

  it('runs in its folder, which is inside the tree', async () => {
    expect(await said('test -f cart.test.js', { cwd: 'plain' })).toBe('green:met');
    expect(await said('test -f cart.test.js', { cwd: '../..' })).toBe('invalid:not-found');
  });

  it('is judged by what it should print', async () => {
    const expected = { exit: null, output: { kind: 'contains', text: 'three' } } as const;
    expect(await said('echo one two three; exit 1', { expect: expected })).toBe('green:met');
    expect(await said('echo one', { expect: expected })).toBe('red:output');
  });

  it('keeps head and tail of a long output, and its log', async () => {
    const { output, log } = await run("printf 'first\\n'; seq 1 20000; printf '\\033[31mlast\\033[0m\\a\\n'");
    expect(Buffer.byteLength(output)).toBeLessThanOrEqual(outputLimit);
    expect(output).toMatch(/^first\n[\s\S]*bytes left out[\s\S]*\nlast$/);
    expect(log !== null && (await readFile(log, 'utf8'))).toContain('20000');
  });

  it('has one digest for equal outputs of equal streams', async () => {
    const [first, again, other] = [await run('echo a'), await run('echo a'), await run('echo a >&2')];
    expect(again.outputDigest).toBe(first.outputDigest);
    expect(other.outputDigest).not.toBe(first.outputDigest);
  });

  it('leaves nothing in the repository of the user', async () => {
    expect(existsSync(join(tree.dir, 'cart.js'))).toBe(true);
    expect(await readdir(repo.root)).toEqual(
      ['.git', ...new Set(Object.keys(files).map((file) => file.split('/')[0]))].sort(),
    );
  });

  it('that changes tracked files says nothing, and names them', async () => {
    const own = await repo.trees.open(repo.base, 'changed');
    const result = await commandChecker({ logDir: null }).run(own, aCheck('echo x >> cart.js', { timeoutMs: 20_000 }));
    expect(result).toMatchObject({ outcome: 'invalid', reason: 'tree-changed' });
    expect(result.output).toBe('the check changed tracked files: cart.js');
    await own.remove();
  });

  it('that leaves untracked files behind is fine', async () => {
    const own = await repo.trees.open(repo.base, 'added');
    await writeFile(join(own.dir, 'left.log'), 'x');
    const check = aCheck('true', { timeoutMs: 20_000 });
    expect(await commandChecker({ logDir: null }).run(own, check)).toMatchObject({ outcome: 'green' });
    await own.remove();
  });
});
