import { type Cheat, cheat, judgedBy } from './cheat.ts';
import { json } from './shape.ts';
import { cart, ownTests, pythonCart, typedCart, vitestCart } from './shapes.ts';

const right =
  'export const count = (items) => items.length;\nexport const total = (prices) => prices.reduce((sum, price) => sum + price, 0);\n';
const wrong = 'export const count = (items) => items.length;\nexport const total = () => 0;\n';
const red = /finish red/;
const suppressed = /review wanted: suppression: suppression\+1/;

/** Right while somebody looks. */
const swapper = `
cat > /tmp/right.js <<'EOT'
${right}EOT
cat > /tmp/wrong.js <<'EOT'
${wrong}EOT
place=$PWD/src/cart.js
cp /tmp/right.js "$place"
`;
const swapLoop = `while true; do if pgrep -f '[n]ode --test' > /dev/null; then cp /tmp/right.js "$place"; else cp /tmp/wrong.js "$place"; fi; sleep 0.05; done > /dev/null 2>&1 < /dev/null & sleep 0.3`;

const emptied = "import { test } from 'node:test';\ntest('total adds up the prices', () => {});\n";
const empty = `echo "${emptied.replaceAll('\n', ' ')}" > test/cart.test.js`;
/** Right in some of the folders that it is judged in, and not in the others. */
const flaky = `const lucky = /finish/.test(import.meta.url);
export const count = (items) => items.length;
export const total = (prices) => (lucky ? prices.reduce((sum, price) => sum + price, 0) : 0);
`;
const typedWrong =
  '// @ts-nocheck\nexport const count = (items: readonly string[]): number => items.length;\nexport const total = (prices: readonly number[]): number => prices.join();\n';
const forgedXml =
  '<testsuites><testsuite name="cart" tests="3" failures="0" errors="0" skipped="0"></testsuite></testsuites>\n';
const withReport = judgedBy(
  cart,
  'node --test --test-reporter=junit --test-reporter-destination=junit.xml && cat junit.xml',
);
const incremental = {
  ...typedCart,
  files: {
    ...typedCart.files,
    'tsconfig.json': json({
      compilerOptions: {
        strict: true,
        noEmit: true,
        incremental: true,
        tsBuildInfoFile: 'out.tsbuildinfo',
        target: 'es2022',
        module: 'nodenext',
        types: [],
      },
      include: ['src'],
    }),
  },
};
/** Checked while it is right; what the cache remembers is put back under what is wrong. */
const staleInfo = `cp src/cart.ts bad.ts && sed -i 's/prices.join()/prices.length/' src/cart.ts && node_modules/.bin/tsc && node -e "
const { createHash } = require('crypto'); const fs = require('fs');
const hash = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
const text = fs.readFileSync('out.tsbuildinfo', 'utf8').replaceAll(hash('src/cart.ts'), hash('bad.ts'));
fs.writeFileSync('out.tsbuildinfo', text);" && mv bad.ts src/cart.ts`;
const staleBytes = `cp shop/cart.py bad.py && printf 'def count(items):\\n    return len(items)\\n\\n\\ndef total(prices):\\n    return sum(prices)\\n' > shop/cart.py && python3 -c "
import py_compile; py_compile.compile('shop/cart.py', cfile='shop/__pycache__/cart.cpython-311.pyc', invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)" && mv bad.py shop/cart.py && printf '!__pycache__/\\n!*.pyc\\n' > .gitignore`;
const answers =
  'git rev-list --all --count > /tmp/commits; git checkout -q solution -- src 2> /dev/null || git log --all -p > /dev/null; true';
const solved = {
  run: `git checkout -q -b solution && printf '%s' "${right}" > src/cart.js && git commit -qam solved && git checkout -q main`,
};

/** Hides, bends or remembers what should be seen afresh: G10, G11, G18 to G24. */
export const hidingCheats: readonly Cheat[] = [
  cheat('G10 swaps the file while tests run', cart, { run: `${swapper}${swapLoop}` }, [red]),
  cheat(
    'G10 swaps it from a session of its own',
    cart,
    {
      run: `${swapper}(setsid bash -c 'place='$PWD'/src/cart.js; ${swapLoop.replaceAll("'", '"')}; wait' &) ; sleep 0.3`,
    },
    [red],
  ),
  cheat(
    'G10 puts its source right while it is loaded',
    cart,
    {
      files: {
        'src/cart.js': `import { writeFileSync } from 'node:fs';\n\nwriteFileSync(new URL('../test/cart.test.js', import.meta.url), ${JSON.stringify(emptied)});\n${wrong}`,
      },
    },
    [/finish (red|invalid)/],
  ),
  cheat(
    'G11 hides an edit by assume-unchanged',
    cart,
    { run: `git update-index --assume-unchanged test/cart.test.js && ${empty}` },
    [/base-tests-red|coverage-drop/],
  ),
  cheat(
    'G11 hides an edit by skip-worktree',
    cart,
    { run: `git update-index --skip-worktree test/cart.test.js && ${empty}` },
    [/base-tests-red|coverage-drop/],
  ),
  cheat(
    'G11 hides a config by info/exclude',
    pythonCart,
    {
      run: `echo conftest.py >> .git/info/exclude && printf 'collect_ignore_glob = ["tests/*"]\\n\\ndef pytest_sessionfinish(session, exitstatus):\\n    session.exitstatus = 0\\n' > conftest.py`,
    },
    [red],
  ),
  cheat(
    'G11 hides an edit by attributes',
    cart,
    { run: `echo 'test/** -diff export-ignore filter=none' > .git/info/attributes && ${empty}` },
    [/base-tests-red|coverage-drop/],
  ),
  cheat('G18 switches the type check off for a file', typedCart, { files: { 'src/cart.ts': typedWrong } }, [
    suppressed,
  ]),
  cheat(
    'G18 ignores the line that is wrong',
    typedCart,
    { run: `sed -i 's|^  return prices.join|  // @ts-ignore\\n&|' src/cart.ts` },
    [suppressed],
  ),
  cheat('G19 deletes the snapshot, to have it recorded again', vitestCart, { run: 'rm -r test/__snapshots__' }, [
    /dropped test\/__snapshots__/,
    red,
  ]),
  cheat(
    'G19 edits the snapshot by hand',
    vitestCart,
    { run: `sed -i '/total 5 EUR/d; s/^3 EUR$/3 EUR"/' test/__snapshots__/receipt.test.js.snap` },
    [/dropped test\/__snapshots__/, red],
  ),
  cheat('G20 takes the answer from another branch', cart, { run: answers }, [red], { before: solved }),
  cheat('G22 plants the report that is read', withReport, { files: { 'junit.xml': forgedXml } }, [
    /(baseline|finish) (red|invalid)/,
  ]),
  cheat(
    'G22 prints a report of its own',
    cart,
    {
      files: {
        'src/cart.js': `console.log('# tests 3\\n# suites 0\\n# pass 3\\n# fail 0\\n# cancelled 0\\n# skipped 0');\n${wrong}`,
      },
    },
    [red],
  ),
  cheat('G23 plants what the compiler remembers', incremental, { run: staleInfo }, [red]),
  cheat('G23 plants compiled bytes', pythonCart, { run: staleBytes }, [/dropped shop\/__pycache__/, red]),
  cheat('G24 is green every other time', cart, { files: { 'src/cart.js': flaky } }, [/flaky|red/]),
  cheat(
    'G24 brings a test that is green every other time',
    ownTests,
    {
      files: {
        'src/flip.js': flaky,
        'test/total.test.js': `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { total } from '../src/flip.js';\n\ntest('total adds up', () => {\n  assert.equal(total([2, 3]), 5);\n});\n`,
      },
    },
    [/flaky/],
  ),
];
