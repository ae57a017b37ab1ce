import { describe, expect, it } from 'vitest';
import {
  baseTestEdits,
  baseTestsDecide,
  keptEdits,
  needsBaseTests,
  nullPatchEdits,
} from '../../src/verify/variants.ts';
import { blobOf, changesBetween, type FileMap, policyFor, storyFrom } from './attempts.ts';
import { aBaseline, aCheck, tests } from './results.ts';

const base: FileMap = {
  'package.json': '{"scripts":{"test":"node --test"}}',
  'src/cart.js': 'old',
  'test/cart.test.js': 'expect(1)',
  'test/old.test.js': 'expect(2)',
  'tsconfig.json': '{}',
};
const attempt: FileMap = {
  'package.json': '{"scripts":{"test":"node --test","lint":"x"}}',
  'package-lock.json': '{}',
  'src/cart.js': 'new',
  'src/more.js': 'more',
  'test/cart.test.js': 'expect(1)\nexpect(3)',
  'test/new.test.js': 'expect(4)',
  'tsconfig.json': '{"x":1}',
};
const policy = policyFor(base, attempt);
const restored = (path: string) => ({ path, kind: 'blob', blob: blobOf(base[path] ?? ''), mode: '100644' });

describe('what may land', () => {
  it('has dropped paths as they were, and deleted tests back', () => {
    expect(keptEdits(policy.decisions)).toEqual([restored('test/old.test.js'), restored('tsconfig.json')]);
  });

  it('has merged manifests', () => {
    const cheat = policyFor(base, { ...attempt, 'package.json': '{"scripts":{"test":"exit 0","lint":"x"}}' });
    expect(keptEdits(cheat.decisions)[0]).toEqual({
      path: 'package.json',
      kind: 'text',
      text: '{"scripts":{"test":"node --test","lint":"x"}}',
    });
  });

  it('lacks what was added and may not be', () => {
    expect(keptEdits(policyFor(base, { ...base, '.npmrc': 'x' }).decisions)).toEqual([
      { path: '.npmrc', kind: 'delete' },
    ]);
  });
});

describe('the variants of a candidate', () => {
  const changes = changesBetween(base, { ...attempt, 'test/old.test.js': 'expect(2)', 'tsconfig.json': '{}' });

  it('with the tests of the base: changed ones as they were, new ones gone', () => {
    expect(needsBaseTests(policy)).toBe(true);
    expect(baseTestEdits(changes, policy)).toEqual([
      restored('test/cart.test.js'),
      { path: 'test/new.test.js', kind: 'delete' },
    ]);
  });

  it('with the tests of the base, but those that the story owns', () => {
    const owning = policyFor(base, attempt, { story: storyFrom({ owns: ['test/cart.test.js'] }) });
    expect(baseTestEdits(changes, owning)).toEqual([{ path: 'test/new.test.js', kind: 'delete' }]);
  });

  it('without the sources of the attempt: tests, manifests and lock files stay', () => {
    expect(nullPatchEdits(changes, policy)).toEqual([restored('src/cart.js'), { path: 'src/more.js', kind: 'delete' }]);
  });

  it.each([
    ['a new test, which may change what the others see', 'test/new.test.js', true],
    ['a helper among the tests', 'test/hook.js', true],
    ['data that a test waits for', 'test/fixtures/prices.json', false],
    ['a snapshot', 'test/__snapshots__/new.test.js.snap', false],
    ['a source', 'src/new.js', false],
  ])('with the tests of the base or not: %s', (_, path, needed) => {
    const added = policyFor(base, { ...base, [path]: 'expect(4)' });
    expect(needsBaseTests(added)).toBe(needed);
    const edits = baseTestEdits(changesBetween(base, { ...base, [path]: 'expect(4)' }), added);
    expect(edits).toEqual(needed ? [{ path, kind: 'delete' }] : []);
  });

  it.each([
    ['a guard', aBaseline(aCheck(), 'guard', tests(3)), true],
    ['a proof that was red by a test of the base', aBaseline(aCheck(), 'proof', tests(3, { failed: 1 })), true],
    ['a proof that waits for a new test', aBaseline(aCheck(), 'proof'), false],
    ['a check whose script is not there yet', aBaseline(aCheck(), 'absent'), false],
  ])('%s says something with the tests of the base, where none of them changed', (_, baseline, says) => {
    const added = policyFor(base, { ...base, 'test/new.test.js': 'expect(4)' });
    expect(baseTestsDecide(baseline, added)).toBe(says);
    expect(baseTestsDecide(baseline, policy)).toBe(true);
  });
});
