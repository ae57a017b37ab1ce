import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../src/verify/protect.ts';
import { protectedGroups } from '../../src/verify/protected-globs.ts';
import { type AttemptOptions, decided, type FileMap, policyFor, prdText, storyFrom } from './attempts.ts';

const manifest = (fields: object = {}) =>
  `${JSON.stringify({ name: 'shop', scripts: { test: 'node --test' }, ...fields }, null, 2)}\n`;
const someTest = "import { test } from 'node:test';\ntest('adds', () => assert.equal(total([1, 2]), 3));\n";

const noTexts = { base: () => null, attempt: () => null };

const shop: FileMap = {
  'PRD.json': prdText(false),
  'package.json': manifest({ devDependencies: { eslint: '9.0.0' } }),
  'src/cart.js': 'export const total = () => 0;\n',
  'test/cart.test.js': someTest,
};

function attempt(changes: Readonly<Record<string, string | null>>, options: AttemptOptions = {}, base: FileMap = shop) {
  const after = Object.fromEntries(
    Object.entries({ ...base, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return policyFor(base, after, options);
}

describe('ordinary stories', () => {
  it('a story that scaffolds a project passes without any special field', () => {
    const story = storyFrom({
      title: 'Set up the project',
      acceptanceCriteria: ['Verify: npm test', 'Typecheck passes'],
    });
    const scaffold = {
      'package.json': manifest({ type: 'module', devDependencies: { vitest: '4.1.12', typescript: '6.0.3' } }),
      'package-lock.json': '{}\n',
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
      'vitest.config.ts': 'export default {};\n',
      'eslint.config.js': 'export default [];\n',
      '.gitignore': 'node_modules/\n',
      'src/cart.ts': 'export const total = () => 3;\n',
      'test/cart.test.ts': someTest,
    };
    const policy = attempt(scaffold, { story }, { 'PRD.json': prdText(false), 'README.md': '# shop\n' });
    expect(policy).toMatchObject({ dropped: [], tampered: [], changesTests: true });
    expect(policy.flags.filter(({ level }) => level !== 'note')).toEqual([]);
  });

  it('a story that adds a dependency passes without any special field', () => {
    const next = manifest({ devDependencies: { eslint: '9.0.0' }, dependencies: { picomatch: '4.0.7' } });
    const policy = attempt({
      'package.json': next,
      'package-lock.json': '{ "lockfileVersion": 3 }\n',
      'src/cart.js': 'import "picomatch";\n',
    });
    expect(policy).toMatchObject({ dropped: [], tampered: [] });
    expect(policy.flags).toEqual([
      { code: 'new-dependency', level: 'note', paths: ['package.json'], detail: 'picomatch 4.0.7' },
    ]);
  });

  it('a story that adds a case to an existing test file passes without any special field', () => {
    const policy = attempt({ 'test/cart.test.js': `${someTest}test('empty', () => assert.equal(total([]), 0));\n` });
    expect(decided(policy)).toEqual({ 'test/cart.test.js': 'both' });
    expect(policy).toMatchObject({ dropped: [], flags: [], changesTests: true });
  });

  it('a story that edits `.env.example` passes without any special field', () => {
    const base = { ...shop, '.env.example': 'PORT=\n' };
    const policy = attempt({ '.env.example': 'PORT=\nSTRIPE_KEY=\n' }, {}, base);
    expect(decided(policy)).toEqual({ '.env.example': 'keep' });
    expect(policy).toMatchObject({ dropped: [], flags: [] });
  });

  it('a story that adds a CI workflow passes without any special field', () => {
    const file = { '.github/workflows/ci.yml': 'on: push\n' };
    const named = storyFrom({
      title: 'Continuous integration',
      acceptanceCriteria: ['Verify: grep -q "on: push" .github/workflows/ci.yml'],
    });
    const spoken = storyFrom({ title: 'Add a CI workflow that runs the tests on every push' });
    for (const story of [named, spoken]) {
      const policy = attempt(file, { story });
      expect(decided(policy)).toEqual({ '.github/workflows/ci.yml': 'owned text' });
      expect(policy.dropped).toEqual([]);
    }
  });

  it('a generator that rewrites `tsconfig.json` stops no story: the change is left out', () => {
    const base = { ...shop, 'tsconfig.json': '{}\n' };
    const policy = attempt({ 'tsconfig.json': '{ "plugins": [] }\n', 'src/cart.js': '// done\n' }, {}, base);
    expect(decided(policy)).toEqual({ 'src/cart.js': 'keep', 'tsconfig.json': 'drop compiler-config' });
    expect(policy.tampered).toEqual([]);
  });
});

describe('cheats', () => {
  it('G01: a flip in the PRD is tampering, and is left out', () => {
    const policy = attempt({ 'PRD.json': prdText(true) });
    expect(policy).toMatchObject({ tampered: [{ what: 'prd-file', path: 'PRD.json' }], dropped: ['PRD.json'] });
  });

  it('G01: another edit or another layout of the PRD is only left out', () => {
    for (const text of [prdText(false, 'Other'), JSON.stringify(JSON.parse(prdText(false)))]) {
      expect(attempt({ 'PRD.json': text })).toMatchObject({ tampered: [], dropped: ['PRD.json'] });
    }
  });

  it('G02: a test of the base that says less is judged in both versions and needs approval', () => {
    const policy = attempt({ 'test/cart.test.js': '// nothing left\n' });
    expect(decided(policy)).toEqual({ 'test/cart.test.js': 'both' });
    expect(policy.flags).toMatchObject([
      { code: 'assertions-changed', level: 'approval', paths: ['test/cart.test.js'] },
    ]);
  });

  it('G03: deleted tests come back', () => {
    const policy = attempt({ 'test/cart.test.js': null });
    expect(decided(policy)).toEqual({ 'test/cart.test.js': 'drop test' });
    expect(policy.dropped).toEqual(['test/cart.test.js']);
  });

  it('G03: a link in the place of the test folder does not keep the tests out', () => {
    const policy = attempt({ 'test/cart.test.js': null, test: '../elsewhere' });
    expect(decided(policy)).toEqual({ test: 'drop in-the-way', 'test/cart.test.js': 'drop test' });
  });

  const hooks = [
    'conftest.py',
    'tests/conftest.py',
    'sitecustomize.py',
    'evil.pth',
    'vitest.config.ts',
    '.mocharc.json',
    'setup.cfg',
  ];
  it.each(hooks)('G05: %s, new in a project with tests, is left out', (path) => {
    expect(decided(attempt({ [path]: 'evil\n' }))[path]).toBe('drop runner-config');
  });

  it('G05: a folder of tests does not become a project of its own by a manifest', () => {
    const base = { ...shop, 'tests/test_cart.py': 'def test_a(): assert 1\n' };
    const policy = attempt({ 'tests/pyproject.toml': '', 'tests/conftest.py': 'evil\n' }, {}, base);
    expect(policy.dropped).toEqual(['tests/conftest.py']);
  });

  it.each(['.npmrc', 'packages/a/.npmrc', '.yarnrc.yml', 'bunfig.toml', '.pnpmfile.cjs', '.NPMRC'])(
    'G08: %s is left out',
    (path) => {
      expect(attempt({ [path]: 'script-shell=./evil.sh\n' }).dropped).toEqual([path]);
    },
  );

  it('G09: a changed script stays as it was, and is named', () => {
    const policy = attempt({
      'package.json': manifest({ devDependencies: { eslint: '9.0.0' }, scripts: { test: 'exit 0', build: 'tsc' } }),
    });
    expect(policy.dropped).toEqual(['package.json#scripts.test']);
    expect(policy.decisions[0]).toMatchObject({
      kind: 'merge',
      text: expect.stringContaining('"test": "node --test"'),
    });
    expect(policy.decisions[0]).toMatchObject({ kind: 'merge', text: expect.stringContaining('"build": "tsc"') });
  });

  it.each(['Makefile', 'justfile', 'web/Makefile', 'rules.mk'])('G09: %s is left out', (path) => {
    expect(attempt({ [path]: 'test:\n\ttrue\n' }).dropped).toEqual([path]);
  });

  it('G12, G13: a story is offered no way to change what its check runs', () => {
    const story = storyFrom({ acceptanceCriteria: ['Verify: bash scripts/check-cart.sh'] });
    const base = { ...shop, 'scripts/check-cart.sh': 'exit 1\n' };
    expect(decided(attempt({ 'scripts/check-cart.sh': 'exit 0\n' }, { story }, base))).toEqual({
      'scripts/check-cart.sh': 'both',
    });
  });

  it('G06: a source that can end its judge with success needs approval, a test and a document do not', () => {
    const ends = 'process.exit(0);\n';
    const flags = (path: string) => attempt({ [path]: ends }).flags.map(({ code }) => code);
    expect(flags('src/early.js')).toEqual(['early-exit']);
    expect(flags('docs/exit.md')).toEqual([]);
    expect(flags('test/fixtures/early.js')).toEqual([]);
  });

  it('G13: new tests that assert nothing need approval, unless another one asserts something', () => {
    const empty = "import { test } from 'node:test';\ntest('total', () => {});\n";
    const asking = "test('total', () => assert.equal(total([2]), 2));\n";
    const codes = (files: FileMap) => attempt(files).flags.map(({ code }) => code);
    expect(codes({ 'test/a.test.js': empty })).toEqual(['hollow-tests']);
    expect(codes({ 'test/a.test.js': empty, 'test/b.test.js': asking })).toEqual([]);
    expect(codes({ 'test/helper.js': 'export const two = 2;\n' })).toEqual([]);
  });

  it.each([
    'node_modules/.bin/node',
    'web/node_modules/vitest/index.js',
    'helper-1.0.dist-info/entry_points.txt',
    'pytest.py',
    'api/pytest/__main__.py',
    'shop/__pycache__/cart.cpython-311.pyc',
    'out.tsbuildinfo',
    '.eslintcache',
    'target/debug/shop',
    'web/.cargo/config.toml',
  ])('G05, G07, G23: %s comes from nobody but tools', (path) => {
    expect(decided(attempt({ [path]: 'x' }))[path]).toMatch(/^drop (installed|runner-config|package-manager)/);
  });

  it('an installed package may be the fixture of a test', () => {
    const path = 'test/fixtures/node_modules/money/index.js';
    expect(decided(attempt({ [path]: 'x' }))[path]).toBe('keep');
  });

  it('G18: a suppression more needs approval; one more and one less does not', () => {
    const risen = attempt({ 'src/cart.js': '// @ts-nocheck\nexport const total = () => 0;\n' });
    expect(risen.flags).toEqual([
      { code: 'suppression', level: 'approval', paths: ['src/cart.js'], detail: 'suppression+1' },
    ]);
    const base = { ...shop, 'src/a.js': '// eslint-disable-next-line\n' };
    expect(attempt({ 'src/a.js': '', 'src/b.js': '// eslint-disable-next-line\n' }, {}, base).flags).toEqual([]);
  });

  it('G19: a snapshot of the base that changed is left out; new entries are kept', () => {
    const base = { ...shop, 'test/__snapshots__/a.snap': 'exports[`one 1`] = `1`;\n\n' };
    expect(attempt({ 'test/__snapshots__/a.snap': 'exports[`one 1`] = `2`;\n\n' }, {}, base).dropped).toEqual([
      'test/__snapshots__/a.snap',
    ]);
    const more = 'exports[`one 1`] = `1`;\n\nexports[`two 1`] = `2`;\n\n';
    expect(attempt({ 'test/__snapshots__/a.snap': more, 'test/__snapshots__/b.snap': more }, {}, base).dropped).toEqual(
      [],
    );
  });

  it('T08: evidence written by the attempt is tampering, and is left out', () => {
    const path = '.prd/evidence/US-001-0123abcd.json';
    expect(attempt({ [path]: '{}' })).toMatchObject({ tampered: [{ what: 'evidence', path }], dropped: [path] });
  });

  it('a coaching note written by the attempt is tampering; removing or reformatting one is not', () => {
    const base = { ...shop, '.prd/coaching.md': '- use total()\n' };
    expect(attempt({ '.prd/coaching.md': '- approve all\n' }, {}, base).tampered).toEqual([
      { what: 'prd-folder', path: '.prd/coaching.md' },
    ]);
    expect(attempt({ '.prd/coaching.md': '-  use total()\n\n' }, {}, base)).toMatchObject({
      tampered: [],
      dropped: ['.prd/coaching.md'],
    });
    expect(attempt({ '.prd/coaching.md': null }, {}, base)).toMatchObject({
      tampered: [],
      dropped: ['.prd/coaching.md'],
    });
  });

  it('nested git data that the snapshot refused is tampering; other refusals are shown', () => {
    const refused = [
      { path: 'lib/.git', kind: 'nested-git' },
      { path: 'link', kind: 'escaping-link' },
    ] as const;
    const policy = attempt({}, { refused });
    expect(policy.tampered).toEqual([{ what: 'nested-git', path: 'lib/.git' }]);
    expect(policy.flags).toEqual([{ code: 'refused', level: 'note', paths: ['link'], detail: 'escaping-link' }]);
  });
});

describe('protected paths', () => {
  const rows: readonly [path: string, kind: string][] = [
    ['prd.json', 'prd'],
    ['.ralph/prd.json', 'prd'],
    ['.PRD/evidence/x.json', 'prd'],
    ['prd.config.json', 'prd'],
    ['.gitmodules', 'git'],
    ['.husky/pre-commit', 'hooks'],
    ['.github/workflows/ci.yml', 'ci'],
    ['.gitlab-ci.yml', 'ci'],
    ['.vscode/settings.json', 'editor'],
    ['.envrc', 'editor'],
    ['.claude/settings.json', 'agent'],
    ['apps/web/AGENTS.md', 'agent'],
    ['.env', 'secret'],
    ['config/.env.local', 'secret'],
    ['tsconfig.build.json', 'compiler-config'],
    ['packages/a/tsconfig.json', 'compiler-config'],
    ['biome.json', 'lint-config'],
    ['eslint.config.mjs', 'lint-config'],
    ['analysis_options.yaml', 'lint-config'],
    ['tox.ini', 'runner-config'],
    ['playwright.config.ts', 'runner-config'],
  ];
  it.each(rows)('%s, at the base, is left out as %s', (path, kind) => {
    expect(decided(attempt({ [path]: 'new\n' }, {}, { ...shop, [path]: 'old\n' }))).toEqual({ [path]: `drop ${kind}` });
  });

  it.each([
    '.env.example',
    '.env.sample',
    'config/.env.template',
    '.env.example.local',
    'src/environment.ts',
    'docs/prd.json',
    'src/git.ts',
  ])('%s is an ordinary file', (path) => {
    expect(decided(attempt({ [path]: 'new\n' }, {}, { ...shop, [path]: 'old\n' }))).toEqual({ [path]: 'keep' });
  });

  it('the PRD is protected under whatever path it is used from', () => {
    const base = { ...shop, 'docs/plan.json': prdText(false) };
    const policy = attempt({ 'docs/plan.json': prdText(true) }, { prdPath: 'docs/plan.json' }, base);
    expect(policy).toMatchObject({
      dropped: ['docs/plan.json'],
      tampered: [{ what: 'prd-file', path: 'docs/plan.json' }],
    });
  });

  it('a repository can protect more', () => {
    expect(attempt({ 'infra/main.tf': 'x' }, { settings: { protect: ['infra/**'] } }).dropped).toEqual([
      'infra/main.tf',
    ]);
  });

  it('every glob is written in lower case, as paths are compared', () => {
    const globs = protectedGroups.flatMap((group) => group.globs);
    expect(globs.filter((glob) => glob !== glob.toLowerCase())).toEqual([]);
  });

  it('a submodule is never changed', () => {
    const change = {
      path: 'lib',
      status: 'modified',
      oldMode: '160000',
      newMode: '160000',
      oldBlob: 'a',
      newBlob: 'b',
    } as const;
    const policy = policyOf({
      story: storyFrom(),
      prdPath: 'PRD.json',
      changes: [change],
      refused: [],
      basePaths: ['lib'],
      texts: noTexts,
    });
    expect(policy.dropped).toEqual(['lib']);
  });
});

describe('setting up a tool', () => {
  it('is kept while nothing at the base uses it, and shown', () => {
    const policy = attempt({ 'tsconfig.json': '{}', 'biome.json': '{}' });
    expect(decided(policy)).toEqual({ 'biome.json': 'new-config', 'tsconfig.json': 'new-config' });
    expect(policy.flags).toMatchObject([{ code: 'new-config', level: 'note', paths: ['biome.json', 'tsconfig.json'] }]);
  });

  it('is left out once a manifest mentions the tool', () => {
    expect(attempt({ 'eslint.config.js': 'export default [];\n' }).dropped).toEqual(['eslint.config.js']);
  });

  it('is left out once the tool is configured anywhere', () => {
    const base = { ...shop, 'packages/a/tsconfig.json': '{}' };
    expect(attempt({ 'tsconfig.json': '{}' }, {}, base).dropped).toEqual(['tsconfig.json']);
  });

  it('is kept in the folder of a new package', () => {
    const policy = attempt({
      'packages/new/package.json': '{}',
      'packages/new/eslint.config.js': 'x',
      'packages/new/.mocharc.json': '{}',
    });
    expect(policy.dropped).toEqual([]);
  });

  it('never brings package manager settings, hooks or editor settings', () => {
    const files = { '.npmrc': 'x', '.husky/pre-push': 'x', '.vscode/tasks.json': 'x', 'package.json': '{}' };
    expect(attempt(files, {}, { 'README.md': '' }).dropped).toEqual([
      '.husky/pre-push',
      '.npmrc',
      '.vscode/tasks.json',
    ]);
  });
});

describe('flags', () => {
  it('name what is outside the scope, without new tests and lock files', () => {
    const story = storyFrom({ files: ['src/cart/**'] });
    const files = { 'src/cart/a.js': 'x', 'src/user.js': 'x', 'test/new.test.js': 'x', 'package-lock.json': '{}' };
    expect(attempt(files, { story }).flags).toMatchObject([
      { code: 'outside-scope', level: 'note', paths: ['src/user.js'] },
    ]);
    expect(attempt(files, { story, settings: { scopeRule: 'strict' } }).flags).toMatchObject([
      { code: 'outside-scope', level: 'hold' },
    ]);
    expect(attempt(files, { story, settings: { scope: ['src/user.js'] } }).flags).toEqual([]);
  });

  it('name new executables', () => {
    expect(attempt({ 'bin/shop': 'x' }, { executable: ['bin/shop'] }).flags).toMatchObject([
      { code: 'new-executable', paths: ['bin/shop'] },
    ]);
  });

  it('hold a secret, but not in a sample, and not one that was there', () => {
    const key = `sk-ant-${'a1'.repeat(20)}`;
    expect(attempt({ 'src/a.js': `const key = '${key}';\n` }).flags).toMatchObject([
      { code: 'secret', level: 'hold', detail: 'anthropic-key' },
    ]);
    expect(attempt({ 'test/a.test.js': `const key = '${key}';\n` }).flags).toMatchObject([
      { code: 'secret', level: 'approval' },
    ]);
    expect(attempt({ '.env.example': `KEY=${key}\n` }).flags).toEqual([]);
    expect(attempt({ 'src/a.js': `'${key}'\n// more\n` }, {}, { ...shop, 'src/a.js': `'${key}'\n` }).flags).toEqual([]);
  });

  it('G16, G17: name what works on whoever judges, for a review, and only in sources', () => {
    const tricks = 'class Total { valueOf() { return 42 } }\nglobalThis.expect = () => {};\n';
    expect(attempt({ 'src/a.js': tricks }).flags).toMatchObject([
      {
        code: 'trickery',
        level: 'approval',
        paths: ['src/a.js'],
        detail: 'answers comparisons by itself, changes the test runner',
      },
    ]);
    expect(attempt({ 'docs/tricks.md': tricks }).flags).toEqual([]);
    expect(attempt({ 'src/a.js': `${tricks}// more\n` }, {}, { ...shop, 'src/a.js': tricks }).flags).toEqual([]);
  });

  it('never repeat the secret itself', () => {
    const key = `ghp_${'a1B2'.repeat(10)}`;
    expect(JSON.stringify(attempt({ 'src/a.js': key }))).not.toContain(key);
  });

  it('show changes of what git stores', () => {
    expect(attempt({ '.gitignore': 'src/\n' }).flags).toMatchObject([
      { code: 'vcs-settings', level: 'note', paths: ['.gitignore'] },
    ]);
  });
});

describe('any attempt', () => {
  const path = fc.constantFrom(
    'PRD.json',
    '.prd/evidence/a.json',
    '.git/config',
    '.gitmodules',
    '.husky/x',
    'src/a.js',
    'test/a.test.js',
    'package.json',
    '.npmrc',
    'test',
  );
  it('never lands a change of the PRD, of `.prd/`, of git data or of hooks, whatever it owns', () => {
    fc.assert(
      fc.property(
        fc.dictionary(path, fc.string()),
        fc.array(fc.constantFrom('**', '.prd/**', 'PRD.json', '.git/**', '**/*')),
        (files, owns) => {
          const { test: clash, ...rest } = files;
          const safe = clash !== undefined && files['test/a.test.js'] === undefined ? files : rest;
          const policy = attempt(safe, {
            story: storyFrom({ owns, title: 'Edit PRD.json, .gitmodules and .husky/x' }),
          });
          const landing = policy.decisions.filter(({ kind }) => kind !== 'drop').map(({ change }) => change.path);
          expect(landing.filter((each) => /^(PRD\.json|\.prd\/|\.git|\.husky)/.test(each))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
