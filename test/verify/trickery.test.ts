import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedTricks } from '../../src/verify/trickery.ts';

const compares = 'answers comparisons by itself';
const builtIn = 'changes a built-in type';
const runner = 'changes the test runner';

describe('G16, G17: a source that works on whoever judges it', () => {
  it.each([
    ['class Total { valueOf() { return 42 } }', compares],
    ['const total = { valueOf: () => 42 };', compares],
    ['class T { [Symbol.toPrimitive](hint) { return 42; } }', compares],
    ['class T { static [Symbol.hasInstance]() { return true; } }', compares],
    ['class Total:\n    def __eq__(self, other):\n        return True\n', compares],
    ['class Total:\n    def __eq__(self, other): return True\n', compares],
    ['export const total = new Proxy(function () {}, handler);', compares],
    ['Object.prototype.equals = () => true;', builtIn],
    ['Array.prototype["includes"] = () => true;', builtIn],
    ['Object.defineProperty(Number.prototype, "x", {});', builtIn],
    ['Object.is = () => true;', builtIn],
    ['import builtins\nbuiltins.len = lambda x: 3\n', builtIn],
    ["vi.mock('./cart.js');", runner],
    ["jest.doMock('./cart.js');", runner],
    ['globalThis.expect = () => always;', runner],
    ['global["assert"] = always;', runner],
    ['globalThis.process.exit = () => {};', runner],
    ['assert.strictEqual = () => {};', runner],
    ['Object.assign(assert, { equal() {} });', runner],
    ["require('node:assert').equal = () => {};", runner],
    ['expect.extend({ toBe: () => ({ pass: true }) });', runner],
    ['import unittest\nunittest.TestCase.assertEqual = lambda *a: None\n', runner],
    ["import sys\nsys.modules['pytest'] = fake\n", runner],
    ['from _pytest import runner\n', runner],
  ])('%j: %s', (attempt, does) => {
    expect(addedTricks('', attempt)).toEqual([does]);
    expect(addedTricks(attempt, attempt)).toEqual([]);
    expect(addedTricks(null, null)).toEqual([]);
  });
});

describe('an ordinary source', () => {
  it.each([
    'if (Object.prototype.hasOwnProperty.call(cart, id)) remove(id);',
    'const value = date.valueOf();',
    'return a.valueOf() - b.valueOf();',
    'class Cart { total() { return 42; } }',
    'class Total:\n    def __eq__(self, other):\n        return self.cents == other.cents\n',
    "import assert from 'node:assert';\nassert.strictEqual(typeof id, 'string');",
    'globalThis.cart = cart;',
    'if (globalThis.process === undefined) return;',
    'Cart.prototype.add = function (item) {};',
    'Object.assign(target, source);',
    "// vi.mock('./cart.js')",
    '# builtins.len = 3',
    ' * globalThis.expect = something',
    'const it = list[Symbol.iterator]();',
    'import sys\nsys.modules.get("x")\n',
    'const same = new Proxy(cart, { get: (target, key) => target[key] });',
    'window.test === undefined',
  ])('%j is none', (attempt) => {
    expect(addedTricks('', attempt)).toEqual([]);
  });

  it('of any text is read in the same order every time, and never twice the same words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (base, attempt) => {
        const found = addedTricks(base, attempt);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});
