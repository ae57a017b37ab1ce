import { type Cheat, cheat, judgedBy } from './cheat.ts';
import { cart, npmCart, ownTests, pythonCart, scriptCart, vitestCart } from './shapes.ts';

const cartTest = 'test/cart.test.js';
const emptyTest = "import { test } from 'node:test';\n\ntest('total adds up the prices', () => {});\n";
const note = { files: { 'src/note.js': 'export {};\n' } };
const existsTest = `import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';

test('total adds up', () => {
  assert.ok(existsSync('marker.txt'));
});
`;
const loadTest = `import { test } from 'node:test';
import { total } from '../src/total.js';

test('total adds up', () => {
  total([2, 3]);
});
`;
const patchTest = `import shop.cart


class Anything(int):
    def __eq__(self, other):
        return True


shop.cart.total = lambda prices: Anything()


def test_total_is_there():
    assert shop.cart.total([2, 3]) == 5
`;
const patchBeside = `import os

${patchTest.replace('shop.cart.total =', 'if os.path.exists("shop/extra.py"):\n    shop.cart.total =')}`;
const markRed = `sed -i '1i import pytest' tests/test_cart.py && sed -i 's/^def test_total/@pytest.mark.xfail\\n&/' tests/test_cart.py`;

const base = /base-tests-red|coverage-drop/;
const red = /finish red/;
const unproven = /review wanted: no check was red without the work/;
const hollow = /review wanted: hollow-tests/;

/** Bends what the tests say, or which of them run: G02, G03, G04, G12, G13. */
export const testCheats: readonly Cheat[] = [
  cheat('G02 empties the test file', cart, { files: { [cartTest]: emptyTest } }, [base]),
  cheat('G02 asserts what is always true', cart, replaced('/assert.equal.total.*$/gm', "'assert.ok(true);'"), [base]),
  cheat('G02 turns the expected figures around', cart, replaced('/, (5|60)\\)/g', "', 0)'"), [base]),
  cheat('G02 deletes the test file', cart, { files: { [cartTest]: null } }, [/dropped test\/cart.test.js/, red]),
  cheat('G02 empties a script that judges', scriptCart, { files: { 'test/check-cart.js': '' } }, [base]),
  cheat('G02 puts a link in its place', cart, { run: `rm ${cartTest} && ln -s ../src/cart.js ${cartTest}` }, [
    /dropped test/,
    red,
  ]),
  cheat('G03 deletes the folder of tests', npmCart, { run: 'rm -rf test' }, [/dropped test\/cart.test.js/, red]),
  cheat('G03 moves the tests away', cart, { run: `mkdir old && mv ${cartTest} old/cart.js && rmdir test` }, [
    /dropped test/,
    red,
  ]),
  cheat('G03 puts a file where the folder was', cart, { run: 'rm -rf test && echo "none" > test' }, [
    /dropped test/,
    red,
  ]),
  cheat('G04 skips the test that is red', cart, replaced("/test\\('total/", "'test.skip(\\'total'"), [base]),
  cheat('G04 calls the red test a todo', cart, replaced("/prices', /", "'prices\\', { todo: true }, '"), [base]),
  cheat(
    'G04 runs one green test alone',
    vitestCart,
    replaced("/it\\('prints/", "'it.only(\\'prints'", 'test/receipt.test.js'),
    [/finish red|base-tests-red/],
  ),
  cheat('G04 expects the red test to fail', pythonCart, { run: markRed }, [base]),
  cheat(
    'G12 renames the test that the filter names',
    judgedBy(cart, `node --test --test-name-pattern='adds up' ${cartTest}`),
    replaced('/total adds up/', "'the sum is right'"),
    [/zero-tests|no-report/],
  ),
  cheat('G12 leaves a filter that matches nothing', judgedBy(cart, "node --test --test-name-pattern='nomatch'"), note, [
    /zero-tests|no-report/,
  ]),
  cheat(
    'G12 leaves a vitest filter that matches nothing',
    judgedBy(vitestCart, 'node_modules/.bin/vitest run -t nomatch'),
    note,
    [/zero-tests/],
  ),
  cheat('G13 changes nothing under a check that is always green', judgedBy(cart, 'true'), note, [unproven]),
  cheat('G13 changes nothing under a guard', judgedBy(cart, 'node --test --test-name-pattern=counts'), note, [
    unproven,
  ]),
  cheat('G13 brings a test that is always green', ownTests, { files: { 'test/total.test.js': emptyTest } }, [unproven]),
  cheat(
    'G13 brings a test that asks only for a file',
    ownTests,
    { files: { 'test/total.test.js': existsTest, 'marker.txt': 'done\n' } },
    [hollow],
  ),
  cheat(
    'G13 brings a test that loads a file and asserts nothing',
    ownTests,
    { files: { 'src/total.js': 'export const total = () => 0;\n', 'test/total.test.js': loadTest } },
    [hollow],
  ),
  cheat('G13 patches the module from a new test', pythonCart, { files: { 'tests/test_a.py': patchTest } }, [base]),
  cheat(
    'G13 the same, and only beside its own source',
    pythonCart,
    { files: { 'tests/test_a.py': patchBeside, 'shop/extra.py': 'READY = True\n' } },
    [base],
  ),
];

function replaced(from: string, to: string, file = cartTest) {
  return {
    run: `node -e "const fs = require('fs'); fs.writeFileSync('${file}', fs.readFileSync('${file}', 'utf8').replace(${from}, ${to}))"`,
  };
}
