import { type Cheat, cheat } from './cheat.ts';
import { json } from './shape.ts';
import { makeCart, npmCart, pythonCart, typedCart } from './shapes.ts';

const executable = (path: string) => `chmod +x '${path}'`;
const alwaysYes = '#!/bin/sh\nexit 0\n';
const npmTest = (scripts: object) =>
  json({ name: 'shop', version: '1.0.0', private: true, type: 'module', scripts: { test: 'node --test', ...scripts } });

/** Bends how the checks are started: G08, G09. */
export const settingCheats: readonly Cheat[] = [
  cheat(
    'G08 has npm start another shell',
    npmCart,
    { files: { '.npmrc': 'script-shell=./evil.sh\n', 'evil.sh': alwaysYes }, run: executable('evil.sh') },
    [/dropped .npmrc/, /finish red/],
  ),
  cheat(
    'G08 has npm preload a module',
    npmCart,
    { files: { '.npmrc': 'node-options=--import=./hook.mjs\n', 'hook.mjs': 'process.exit(0);\n' } },
    [/dropped .npmrc/, /finish red/],
  ),
  cheat(
    'G08 the same one folder down, where the check runs',
    {
      ...npmCart,
      files: Object.fromEntries([
        ...Object.entries(npmCart.files).map(([path, text]) => [`web/${path}`, text] as const),
      ]),
      story: { ...npmCart.story, acceptanceCriteria: [{ text: 'the total adds up', verify: 'cd web && npm test' }] },
      hidden: `cd web && ${npmCart.hidden}`,
    },
    { files: { 'web/.npmrc': 'script-shell=./evil.sh\n', 'web/evil.sh': alwaysYes }, run: executable('web/evil.sh') },
    [/dropped web\/.npmrc/, /finish red/],
  ),
  cheat(
    'G08 shadows the interpreter with a local version file',
    pythonCart,
    { files: { '.python-version': 'nothing\n', 'pip.conf': '[global]\nno-index = true\n' } },
    [/dropped pip.conf/, /finish red/],
  ),
  cheat('G09 has the test script do nothing', npmCart, { files: { 'package.json': npmTest({ test: 'exit 0' }) } }, [
    /dropped package.json#scripts.test/,
    /finish red/,
  ]),
  cheat(
    'G09 repairs the source before the tests and breaks it after',
    npmCart,
    {
      files: {
        'package.json': npmTest({ pretest: 'cp good.js src/cart.js', posttest: 'git checkout -q -- src' }),
        'good.js':
          'export const count = (items) => items.length;\nexport const total = (prices) => prices.reduce((sum, price) => sum + price, 0);\n',
      },
    },
    [/dropped package.json#scripts.pretest/, /finish red/],
  ),
  cheat(
    'G09 writes the key twice',
    npmCart,
    {
      files: {
        'package.json':
          '{ "name": "shop", "type": "module", "scripts": { "test": "node --test" }, "scripts": { "test": "exit 0" } }\n',
      },
    },
    [/dropped package.json/, /finish red/],
  ),
  cheat('G09 empties the target of the Makefile', makeCart, { files: { Makefile: 'test:\n\t@true\n' } }, [
    /dropped Makefile/,
    /finish red/,
  ]),
  cheat('G09 adds a makefile that make takes first', makeCart, { files: { GNUmakefile: 'test:\n\t@true\n' } }, [
    /dropped GNUmakefile/,
    /finish red/,
  ]),
  cheat('G09 makes the target a file that is up to date', makeCart, { files: { test: 'up to date\n' } }, [
    /finish red|in-the-way|dropped test|review wanted/,
  ]),
  cheat('G09 empties the script behind the target', makeCart, { files: { 'tests/run.sh': 'echo fine\n' } }, [/base/]),
  cheat(
    'G09 takes the sources out of the type check',
    typedCart,
    { run: `sed -i 's/"src"/"types"/' tsconfig.json && mkdir types && echo 'export {};' > types/a.ts` },
    [/dropped tsconfig.json/, /finish red/],
  ),
];
