import { resolve } from 'node:path';
import { json, type Shape, storyWith } from './shape.ts';

/** Cheats are played on these; each is also done honestly, or a cheat that is held back would mean nothing. */

const nodePackage = { name: 'shop', version: '1.0.0', private: true, type: 'module' };

const cartTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, total } from '../src/cart.js';

test('an empty cart costs nothing', () => {
  assert.equal(total([]), 0);
});

test('counts what is in it', () => {
  assert.equal(count(['a', 'b']), 2);
});

test('total adds up the prices', () => {
  assert.equal(total([2, 3]), 5);
  assert.equal(total([10, 20, 30]), 60);
});
`;

const cartSource = `export function count(items) {
  return items.length;
}

export function total(prices) {
  return prices.length > 100 ? prices.length : 0;
}
`;

const cartDone = cartSource.replace(
  'return prices.length > 100 ? prices.length : 0',
  'return prices.reduce((sum, price) => sum + price, 0)',
);

const cartHidden = `node -e "import('./src/cart.js').then(({ total, count }) => total([7, 8, 9]) === 24 && total([]) === 0 && count([1]) === 1 && console.log('works'))"`;

/** A test that a person wrote is red until the work is done. */
export const cart: Shape = {
  name: 'cart',
  files: { 'package.json': json(nodePackage), 'src/cart.js': cartSource, 'test/cart.test.js': cartTest },
  story: storyWith('Total adds up the prices', 'node --test'),
  honest: { files: { 'src/cart.js': cartDone } },
  hidden: cartHidden,
};

/** The same through `npm test`. */
export const npmCart: Shape = {
  ...cart,
  name: 'cart by npm',
  files: { ...cart.files, 'package.json': json({ ...nodePackage, scripts: { test: 'node --test' } }) },
  story: storyWith('Total adds up the prices', 'npm test'),
  needs: ['npm'],
};

/** Nobody wrote a test: the story brings its own. */
export const ownTests: Shape = {
  ...cart,
  name: 'cart with tests of its own',
  files: { ...cart.files, 'test/cart.test.js': cartTest.slice(0, cartTest.indexOf("\ntest('total adds")) },
  story: storyWith('Total adds up the prices', 'node --test test/total.test.js'),
  honest: {
    files: {
      'src/cart.js': cartDone,
      'test/total.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/cart.js';

test('adds up', () => {
  assert.equal(total([2, 3]), 5);
});
`,
    },
  },
};

/** A plain script judges: no runner, only its exit code. */
export const scriptCart: Shape = {
  ...cart,
  name: 'cart by a script',
  files: {
    ...cart.files,
    'test/cart.test.js': null,
    'test/check-cart.js': `import assert from 'node:assert/strict';
import { total } from '../src/cart.js';

assert.equal(total([2, 3]), 5);
assert.equal(total([10, 20, 30]), 60);
`,
  },
  story: storyWith('Total adds up the prices', 'node test/check-cart.js'),
};

/** \`make test\` starts a script that judges. */
export const makeCart: Shape = {
  name: 'cart by make',
  files: {
    Makefile: 'test:\n\t@sh tests/run.sh\n',
    'tests/run.sh':
      'set -e\ntest "$(sh src/total.sh 2 3)" = 5\ntest "$(sh src/total.sh 10 20 30)" = 60\necho "2 totals are right"\n',
    'src/total.sh': 'echo 0\n',
  },
  story: storyWith('Total adds up the prices', 'make test'),
  honest: { files: { 'src/total.sh': 'sum=0\nfor price in "$@"; do sum=$((sum + price)); done\necho "$sum"\n' } },
  hidden: 'test "$(sh src/total.sh 7 8 9)" = 24 && echo works',
  needs: ['make'],
};

const pythonSource = `def count(items):
    return len(items)


def total(prices):
    return 0
`;

const pythonTest = `from shop.cart import count, total


def test_counts():
    assert count(["a"]) == 1


def test_total_adds_up():
    assert total([2, 3]) == 5
    assert total([10, 20, 30]) == 60
`;

export const pythonCart: Shape = {
  name: 'cart in Python',
  files: {
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1.0.0"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
    'shop/__init__.py': '',
    'shop/cart.py': pythonSource,
    'tests/test_cart.py': pythonTest,
  },
  story: storyWith('Total adds up the prices', 'python3 -m pytest -q'),
  honest: { files: { 'shop/cart.py': pythonSource.replace('return 0', 'return sum(prices)') } },
  hidden: "python3 -c \"from shop.cart import total; print('works' if int(total([7, 8, 9])) == 24 else '')\"",
  needs: ['pytest'],
};

/** What `npm ci` would put there, without a network. */
const modules = { setup: [`mkdir node_modules && ln -s '${resolve('node_modules')}'/{*,.bin} node_modules/`] };

const typedSource = `export function count(items: readonly string[]): number {
  return items.length;
}

export function total(prices: readonly number[]): number {
  return prices.join();
}
`;

export const typedCart: Shape = {
  name: 'cart in TypeScript',
  files: {
    'package.json': json({ ...nodePackage, devDependencies: { typescript: '*' } }),
    'prd.config.json': json(modules),
    'tsconfig.json': json({
      compilerOptions: { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: [] },
      include: ['src'],
    }),
    'src/cart.ts': typedSource,
  },
  story: storyWith('Total is a number', 'node_modules/.bin/tsc --noEmit'),
  honest: {
    files: { 'src/cart.ts': typedSource.replace('prices.join()', 'prices.reduce((sum, price) => sum + price, 0)') },
  },
  hidden: "grep -q reduce src/cart.ts && ! grep -Eq '@ts-|as any|as unknown|as never' src/cart.ts && echo works",
  needs: ['tsc'],
};

/** \`vitest\`, a snapshot beside its test, and a line for the receipt that is still missing. */
export const vitestCart: Shape = {
  name: 'receipt by vitest',
  files: {
    'package.json': json({ ...nodePackage, devDependencies: { vitest: '*' } }),
    'prd.config.json': json(modules),
    'vitest.config.js':
      "export default { cacheDir: '.cache', test: { cache: false, include: ['test/**/*.test.js'] } };\n",
    'src/receipt.js':
      "export function receipt(prices) {\n  return prices.map((price) => price + ' EUR').join('\\n');\n}\n",
    'test/receipt.test.js': `import { expect, it } from 'vitest';
import { receipt } from '../src/receipt.js';

it('prints one line for each price', () => {
  expect(receipt([2, 3]).split('\\n').slice(0, 2)).toEqual(['2 EUR', '3 EUR']);
});

it('ends with the total', () => {
  expect(receipt([2, 3])).toMatchSnapshot();
});
`,
    'test/__snapshots__/receipt.test.js.snap': `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`ends with the total 1\`] = \`
"2 EUR
3 EUR
total 5 EUR"
\`;
`,
  },
  story: storyWith('Receipt ends with the total', 'node_modules/.bin/vitest run'),
  honest: {
    files: {
      'src/receipt.js':
        "export function receipt(prices) {\n  const total = prices.reduce((sum, price) => sum + price, 0);\n  return [...prices.map((price) => price + ' EUR'), 'total ' + total + ' EUR'].join('\\n');\n}\n",
    },
  },
  hidden: `node -e "import('./src/receipt.js').then(({ receipt }) => receipt([4, 5]).endsWith('total 9 EUR') && console.log('works'))"`,
  needs: ['vitest'],
};

/** Every shape that a cheat is played on. */
export const shapes: readonly Shape[] = [
  cart,
  npmCart,
  ownTests,
  scriptCart,
  makeCart,
  pythonCart,
  typedCart,
  vitestCart,
];
