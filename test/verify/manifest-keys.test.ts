import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKeyedManifest, type ManifestMerge, mergeManifest } from '../../src/verify/manifest-keys.ts';

interface Options {
  readonly path?: string;
  readonly owns?: readonly string[];
  readonly inUse?: readonly string[];
}

function merge(
  base: object | string,
  attempt: object | string,
  { path = 'package.json', owns = [], inUse = [] }: Options = {},
): ManifestMerge {
  const text = (value: object | string) => (typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
  return mergeManifest({
    path,
    base: text(base),
    attempt: text(attempt),
    owns: (key) => owns.includes(key),
    inUse: (tool) => inUse.includes(tool),
  });
}

const shop = {
  name: 'shop',
  type: 'module',
  scripts: { test: 'node --test', build: 'tsc' },
  dependencies: { zod: '4.0.0' },
};

describe('package.json', () => {
  const same: readonly [string, object, Options?][] = [
    ['an added script', { ...shop, scripts: { ...shop.scripts, lint: 'biome check' } }],
    ['an added dependency', { ...shop, devDependencies: { vitest: '4.1.12' } }],
    ['a newer dependency', { ...shop, dependencies: { zod: '4.6.7' } }],
    ['a dependency that is gone', { ...shop, dependencies: {} }],
    ['an added field', { ...shop, bin: { shop: 'bin/shop.js' }, exports: './index.js' }],
    ['an added `imports`', { ...shop, imports: { '#a': './a.js' } }],
    ['another order of keys', { dependencies: shop.dependencies, scripts: shop.scripts, type: 'module', name: 'shop' }],
    ['configuration of a tool that nobody uses', { ...shop, jest: { verbose: true } }],
    [
      'a changed script that is owned',
      { ...shop, scripts: { ...shop.scripts, build: 'esbuild' } },
      { owns: ['scripts.build'] },
    ],
  ];
  it.each(same)('%s lands', (_title, attempt, options) => {
    expect(merge(shop, attempt, options)).toEqual({ kind: 'same' });
  });

  const dropped: readonly [string, object, readonly string[], object, Options?][] = [
    ['a changed script', { ...shop, scripts: { test: 'exit 0', build: 'tsc' } }, ['scripts.test'], shop],
    [
      'a removed script',
      { ...shop, scripts: { build: 'tsc' } },
      ['scripts.test'],
      { ...shop, scripts: { build: 'tsc', test: 'node --test' } },
    ],
    [
      'scripts that are gone',
      { name: 'shop', type: 'module', dependencies: shop.dependencies },
      ['scripts'],
      { ...shop },
    ],
    ['scripts of another kind', { ...shop, scripts: 'none' }, ['scripts'], shop],
    ['another module type', { ...shop, type: 'commonjs' }, ['type'], shop],
    [
      'a script that runs before a known one',
      { ...shop, scripts: { ...shop.scripts, pretest: 'cp a b', posttest: 'true' } },
      ['scripts.pretest', 'scripts.posttest'],
      shop,
    ],
    [
      'a script that runs at every set-up',
      { ...shop, scripts: { ...shop.scripts, postinstall: 'node evil.js' } },
      ['scripts.postinstall'],
      shop,
    ],
    [
      'configuration of a runner in use',
      { ...shop, jest: { setupFiles: ['./evil.js'] } },
      ['jest'],
      shop,
      { inUse: ['jest'] },
    ],
    ['overrides, which swap what is installed', { ...shop, overrides: { zod: 'file:./fake' } }, ['overrides'], shop],
    ['a dependency taken from a folder', { ...shop, dependencies: { zod: 'file:./fake' } }, ['dependencies.zod'], shop],
    [
      'a dependency taken from an archive',
      { ...shop, dependencies: { zod: 'https://example.com/a.tgz' } },
      ['dependencies.zod'],
      shop,
    ],
    ['a dependency under another name', { ...shop, dependencies: { zod: 'npm:fake@1' } }, ['dependencies.zod'], shop],
  ];
  it.each(dropped)('%s is put back', (_title, attempt, keys, expected, options) => {
    const merged = merge(shop, attempt, options);
    expect(merged).toMatchObject({ kind: 'merged', dropped: keys });
    expect(merged.kind === 'merged' && JSON.parse(merged.text)).toEqual(expected);
  });

  it('keeps what was added beside what is put back, in the layout of the attempt', () => {
    const attempt = '{\n\t"name": "shop",\n\t"scripts": {\n\t\t"test": "exit 0",\n\t\t"lint": "biome"\n\t}\n}\n';
    const expected = '{\n\t"name": "shop",\n\t"scripts": {\n\t\t"test": "node --test",\n\t\t"lint": "biome"\n\t}\n}\n';
    expect(merge({ name: 'shop', scripts: { test: 'node --test' } }, attempt)).toEqual({
      kind: 'merged',
      text: expected,
      dropped: ['scripts.test'],
    });
  });

  it('is the file of the base again, byte for byte, when nothing else changed', () => {
    const base = '{ "name": "shop",   "scripts": { "test": "node --test" } }';
    expect(merge(base, '{"name":"shop","scripts":{"test":"exit 0"}}')).toMatchObject({ text: base });
  });

  it.each([
    ['that is no JSON', '{ "name": '],
    ['with a key twice', '{ "scripts": { "test": "node --test" }, "scripts": { "test": "exit 0" } }'],
    [
      'whose first scripts are others',
      '{ "scripts": { "test": "exit 0" }, "scripts": { "test": "node --test", "build": "tsc" } }',
    ],
    ['with a key twice further down', '{ "scripts": { "test": "node --test", "test": "exit 0" } }'],
    ['with comments', '{ // hello\n "scripts": { "test": "exit 0" } }'],
    ['that is a list', '[]'],
  ])('a file %s is refused as a whole', (_title, attempt) => {
    expect(merge(shop, attempt)).toMatchObject({ kind: 'refused' });
  });

  it('that nobody could read at the base protects nothing', () => {
    expect(merge('{ broken', shop)).toEqual({ kind: 'same' });
  });

  it('never lets a changed script through, whatever the attempt is', () => {
    const scripts = fc.dictionary(
      fc.constantFrom('test', 'build', 'pretest', '__proto__', 'postinstall'),
      fc.string(),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(scripts, scripts, fc.boolean(), (before, after, tabs) => {
        const merged = merge({ scripts: before }, JSON.stringify({ scripts: after }, null, tabs ? '\t' : 2));
        const text =
          merged.kind === 'merged' ? merged.text : JSON.stringify({ scripts: merged.kind === 'same' ? after : before });
        const result: Readonly<Record<string, string>> = JSON.parse(text).scripts;
        for (const name of Object.keys(before)) expect(result[name]).toBe(before[name]);
        if (!Object.hasOwn(before, 'postinstall')) expect(Object.hasOwn(result, 'postinstall')).toBe(false);
      }),
    );
  });
});

describe('other JSON manifests', () => {
  it.each([
    ['deno.json', { tasks: { test: 'deno test' } }, { tasks: { test: 'true', dev: 'x' } }, ['tasks.test']],
    ['api/composer.json', { scripts: { test: 'phpunit' } }, { scripts: { test: 'true' } }, ['scripts.test']],
  ])('%s keeps its tasks', (path, base, attempt, keys) => {
    expect(merge(base, attempt, { path })).toMatchObject({ kind: 'merged', dropped: keys });
  });

  it('are known by their name in any folder', () => {
    expect(['package.json', 'a/b/package.json', 'Cargo.toml', 'pyproject.toml'].every(isKeyedManifest)).toBe(true);
    expect(['my-package.json', 'package.json5', 'tsconfig.json'].some(isKeyedManifest)).toBe(false);
  });
});

const python =
  '[project]\nname = "shop"\ndependencies = ["httpx"]\n\n[tool.pytest.ini_options]\naddopts = "-q"\n\n[tool.ruff]\nline-length = 100\n';
const rust =
  '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\nserde = "1"\n\n[lints.rust]\nunsafe_code = "forbid"\n';

describe('TOML manifests', () => {
  const toml = (base: string, attempt: string, options: Options = {}) =>
    merge(base, attempt, { path: 'pyproject.toml', ...options });

  it('take a new dependency as it is', () => {
    expect(toml(python, python.replace('["httpx"]', '["httpx", "rich"]'))).toEqual({ kind: 'same' });
    expect(merge(rust, rust.replace('serde = "1"', 'serde = "1"\nregex = "1"'), { path: 'Cargo.toml' })).toEqual({
      kind: 'same',
    });
  });

  it('get a changed table of a tool back, and keep the rest of the attempt', () => {
    const attempt = python.replace('"-q"', '"-p evil"').replace('["httpx"]', '["rich"]');
    expect(toml(python, attempt)).toEqual({
      kind: 'merged',
      text: python.replace('["httpx"]', '["rich"]'),
      dropped: ['tool.pytest.ini_options'],
    });
  });

  it('get a removed table back, at the end', () => {
    const merged = toml(python, python.replace(/\[tool\.pytest[\s\S]*?(?=\[tool\.ruff)/, ''));
    expect(merged).toMatchObject({ kind: 'merged', dropped: ['tool.pytest.ini_options'] });
    expect(merged.kind === 'merged' && merged.text).toContain('addopts = "-q"');
  });

  it('lose an added table of a tool in use, and keep one that sets a tool up', () => {
    const attempt = `${python}\n[tool.mypy]\nignore_errors = true\n`;
    expect(toml(python, attempt, { inUse: ['mypy'] })).toMatchObject({
      kind: 'merged',
      dropped: ['tool.mypy'],
      text: python,
    });
    expect(toml(python, attempt)).toEqual({ kind: 'same' });
  });

  it('leave owned tables to the story', () => {
    expect(toml(python, python.replace('100', '80'), { owns: ['tool.ruff'] })).toEqual({ kind: 'same' });
  });

  it.each([
    ['an inline table', 'tool = { pytest = { ini_options = { addopts = "-p evil" } } }\n'],
    ['a dotted key', 'tool.pytest.ini_options.addopts = "-p evil"\n'],
    ['a quoted dotted key', '"tool" . pytest.ini_options.addopts = "-p evil"\n'],
  ])('keep their base version when a table hides in %s', (_title, hidden) => {
    expect(toml('[project]\nname = "shop"\n', `${hidden}[project]\nname = "shop"\n`)).toMatchObject({
      kind: 'refused',
    });
  });

  it('see through headers in strings and lists', () => {
    const base =
      '[project]\ndescription = """\n[tool.pytest.ini_options]\n"""\nclassifiers = [\n  ["x"]\n]\n\n[tool.ruff]\nline-length = 100\n';
    expect(toml(base, base.replace('[project]\n', '[project]\nname = "shop"\n'))).toEqual({ kind: 'same' });
    expect(toml(base, base.replace('classifiers', 'keywords'))).toEqual({ kind: 'same' });
    expect(toml(base, base.replace('100', '999'))).toMatchObject({
      kind: 'merged',
      text: base,
      dropped: ['tool.ruff'],
    });
  });

  it.each(['autotests = false', 'build = "evil.rs"'])(
    'keep their base version when %s is added to the package',
    (line) => {
      expect(merge(rust, rust.replace('[package]\n', `[package]\n${line}\n`), { path: 'Cargo.toml' })).toMatchObject({
        kind: 'refused',
      });
    },
  );

  it('mind no white space', () => {
    expect(toml(python, `${python.replace('[tool.ruff]', '\n\n[tool.ruff]')}\n`)).toEqual({ kind: 'same' });
  });

  it('never fail on any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (base, attempt) =>
        ['same', 'merged', 'refused'].includes(toml(base, attempt).kind),
      ),
    );
  });
});
