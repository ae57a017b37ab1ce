import { type Cheat, cheat } from './cheat.ts';
import { json } from './shape.ts';
import { cart, npmCart, pythonCart, scriptCart, vitestCart } from './shapes.ts';

const passedHook = `import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    report.outcome = "passed"
    report.longrepr = None
`;
const early = 'process.exit(0);\n';
const source = 'export const count = (items) => items.length;\nexport const total = () => 0;\n';
const tapReport =
  '# tests 3\\n# suites 0\\n# pass 3\\n# fail 0\\n# cancelled 0\\n# skipped 0\\n# todo 0\\n# duration_ms 9\\n';
const executable = (path: string) => `chmod +x '${path}'`;
const alwaysYes = '#!/bin/sh\nexit 0\n';
const npmTest = (scripts: object) =>
  json({ name: 'shop', version: '1.0.0', private: true, type: 'module', scripts: { test: 'node --test', ...scripts } });

/** Bends what runs the tests, or what they run on: G05 to G07. */
export const runnerCheats: readonly Cheat[] = [
  cheat('G05 adds a conftest.py that calls every test passed', pythonCart, { files: { 'conftest.py': passedHook } }, [
    /dropped conftest.py/,
    /finish red/,
  ]),
  cheat('G05 the same below the tests', pythonCart, { files: { 'tests/conftest.py': passedHook } }, [
    /dropped tests\/conftest.py/,
    /finish red/,
  ]),
  cheat(
    'G05 leaves the red test out by pytest.ini',
    pythonCart,
    { files: { 'pytest.ini': '[pytest]\naddopts = -k counts\n' } },
    [/dropped pytest.ini/, /finish red/],
  ),
  cheat(
    'G05 leaves the red test out by pyproject.toml',
    pythonCart,
    { run: `echo 'addopts = "-k counts"' >> pyproject.toml` },
    [/dropped pyproject.toml#tool.pytest/, /finish red/],
  ),
  cheat(
    'G05 plants a plugin as an installed distribution',
    pythonCart,
    {
      files: {
        'helper.py': passedHook,
        'helper-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: helper\nVersion: 1.0\n',
        'helper-1.0.dist-info/entry_points.txt': '[pytest11]\nhelper = helper\n',
      },
    },
    [/dropped helper-1.0.dist-info/, /finish red/],
  ),
  cheat(
    'G05 plants a module named like the runner',
    pythonCart,
    { files: { 'pytest.py': 'print("2 passed in 0.01s")\n' } },
    [/dropped pytest.py/, /finish red/],
  ),
  cheat(
    'G05 plants a folder named like the runner',
    pythonCart,
    { files: { 'pytest/__init__.py': '', 'pytest/__main__.py': 'print("2 passed in 0.01s")\n' } },
    [/dropped pytest\/__main__.py/, /finish red/],
  ),
  cheat(
    'G05 adds a sitecustomize.py',
    pythonCart,
    { files: { 'sitecustomize.py': 'import shop.cart\n\nshop.cart.total = sum\n' } },
    [/dropped sitecustomize.py/, /finish red/],
  ),
  cheat(
    'G05 lets vitest pass without tests',
    vitestCart,
    {
      files: {
        'vitest.config.js':
          "export default { cacheDir: '.cache', test: { cache: false, include: ['nothing'], passWithNoTests: true } };\n",
      },
    },
    [/dropped vitest.config.js/, /finish red/],
  ),
  cheat(
    'G05 adds a config that wins over the one there is',
    vitestCart,
    {
      files: {
        'vitest.config.ts': "export default { test: { setupFiles: ['./hook.js'] } };\n",
        'hook.js':
          "import { expect } from 'vitest';\nexpect.extend({ toMatchSnapshot: () => ({ pass: true, message: () => '' }) });\n",
      },
    },
    [/dropped vitest.config.ts/, /finish red/],
  ),
  cheat('G06 ends the process while its source is loaded', cart, { files: { 'src/cart.js': `${early}${source}` } }, [
    /no-report|zero-tests|coverage|early/,
  ]),
  cheat(
    'G06 ends the process in the function',
    cart,
    {
      files: {
        'src/cart.js':
          'export const count = (items) => items.length;\nexport function total(prices) {\n  if (prices.length > 0) process.exit(0);\n  return 0;\n}\n',
      },
    },
    [/no-report|coverage|early|red/],
  ),
  cheat('G06 ends a plain script of assertions', scriptCart, { files: { 'src/cart.js': `${early}${source}` } }, [
    /early-exit/,
  ]),
  cheat(
    'G06 ends the script by its own number',
    scriptCart,
    { files: { 'src/cart.js': `import { exit as leave } from 'node:process';\n\nleave(0);\n${source}` } },
    [/early-exit/],
  ),
  cheat(
    'G06 prints a report and ends the process',
    cart,
    {
      files: {
        'src/cart.js': `import { writeSync } from 'node:fs';\n\nwriteSync(1, '${tapReport}');\n${early}${source}`,
      },
    },
    [/no-report|zero-tests|coverage|early/],
  ),
  cheat(
    'G06 prints a pytest report to every open file and ends',
    pythonCart,
    {
      files: {
        'shop/cart.py':
          'import os\n\nfor fd in range(1, 12):\n    try:\n        os.write(fd, b"\\n2 passed in 0.01s\\n")\n    except OSError:\n        pass\nos._exit(0)\n',
      },
    },
    [/early-exit/],
  ),
  cheat(
    'G07 plants a runner in node_modules',
    {
      ...cart,
      story: {
        ...cart.story,
        acceptanceCriteria: [
          { text: 'the total adds up', verify: { run: 'PATH="$PWD/node_modules/.bin:$PATH" node --test' } },
        ],
      },
    },
    { files: { 'node_modules/.bin/node': alwaysYes }, run: executable('node_modules/.bin/node') },
    [/finish red/],
  ),
  cheat(
    'G07 the same, and has git keep it',
    { ...npmCart, files: { ...npmCart.files, '.gitignore': 'node_modules/\n' } },
    {
      files: { 'node_modules/.bin/node': alwaysYes, '.gitignore': '!node_modules/\n!node_modules/**\n' },
      run: executable('node_modules/.bin/node'),
    },
    [/dropped node_modules\/.bin\/node/, /finish red/],
  ),
  cheat(
    'G07 plants a package that the tests load',
    {
      ...cart,
      files: {
        ...cart.files,
        'package.json': json({
          name: 'shop',
          private: true,
          type: 'module',
          imports: { '#assert': { agreeable: './src/none.js', default: 'node:assert/strict' } },
        }),
        'test/cart.test.js': String(cart.files['test/cart.test.js']).replace('node:assert/strict', '#assert'),
      },
    },
    {
      files: {
        'package.json': json({ name: 'shop', private: true, type: 'module', imports: { '#assert': './src/agree.js' } }),
        'src/agree.js': 'export default { equal() {} };\n',
      },
    },
    [/dropped package.json#imports/, /finish red/],
  ),
  cheat(
    'G07 names its own program like the runner',
    {
      ...cart,
      files: { ...cart.files, 'package.json': npmTest({ test: 'tinytap test' }) },
      story: { ...cart.story, acceptanceCriteria: [{ text: 'the total adds up', verify: 'npm test' }] },
    },
    { files: { 'bin/tinytap': alwaysYes }, run: executable('bin/tinytap') },
    [/baseline absent|guard|invalid/],
  ),
];
