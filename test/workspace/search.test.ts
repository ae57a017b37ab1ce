import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import { type FilesOptions, workspaceFiles } from '../../src/workspace/files.ts';
import { type Git, openGit } from '../../src/workspace/git.ts';
import { findProgram } from '../../src/workspace/program.ts';
import { includesPath } from '../../src/workspace/search-glob.ts';
import { compilePattern, requiredTexts } from '../../src/workspace/search-pattern.ts';
import { searchPrograms } from '../../src/workspace/search-programs.ts';
import { walkFiles } from '../../src/workspace/search-walk.ts';
import type { SearchQuery, SearchResult } from '../../src/workspace/workspace.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function folderWith(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'prd-search-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const query = (pattern: string, given: Partial<SearchQuery> = {}): SearchQuery => ({
  pattern,
  literal: false,
  glob: null,
  mode: 'lines',
  context: 0,
  ...given,
});

const commands = openCommands();
const git = await openGit(commands, process.env);
const noGit: Git = {
  run: async () => ({ exitCode: 128, stdout: Buffer.from('x\0'), stderr: '', notStarted: null, timedOut: false }),
};
const hasRg = (await findProgram('rg', process.env.PATH)) !== null;
/** What this machine has. Each must give the very same answer; reading every file is the measure. */
const programs: readonly (readonly [string, FilesOptions])[] = [
  ['git grep', { commands, git }],
  ...(hasRg ? [['rg', { commands, git: noGit, path: process.env.PATH }] as const] : []),
];

const shop: Files = {
  'src/cart.ts': 'export function total(items) {\n  return items.length; // total\n}\n',
  'src/shop.ts': '\ufeffimport { total } from "./cart";\r\nexport const café = total([]);\r\n',
  'src/deep/er/x.test.ts': 'test("total", () => {});\n',
  'README.md': '# Total\n\nThe total of a cart.\n',
  '.hidden/config': 'total = 1\n',
  '.gitignore': 'dist/\n*.log\n!keep.log\n',
  'dist/out.js': 'total\n',
  'a.log': 'total\n',
  'keep.log': 'total\n',
  'node_modules/x/index.js': 'total\n',
  '.git/config': 'total\n',
  'sub/.git/config': 'total\n',
  'PRD.json': '{ "total": 1 }\n',
  '.env': 'total=1\n',
  'binary.bin': Uint8Array.from([0x74, 0x6f, 0x74, 0x61, 0x6c, 0, 1]),
  'latin.txt': Uint8Array.from([0x74, 0x6f, 0x74, 0x61, 0x6c, 0x20, 0xe9, 0x0a]),
  'big.txt': `${'x'.repeat(1_100_000)} total\n`,
  'long.txt': `${'a'.repeat(400)}total${'b'.repeat(400)}\n`,
};

describe.each(programs)('%s and the walker', (_, options) => {
  it.each([
    ['a word', query('total')],
    ['a literal', query('total(', { literal: true })],
    ['alternatives', query('café|length')],
    ['the start of a line, behind a BOM', query('^import')],
    ['the end of a line, before CRLF', query('"./cart";$')],
    ['any case', query('(?i)TOTAL')],
    ['classes and counts', query('to{1}t[a-z]l\\(\\[')],
    ['a look ahead', query('total(?= of)')],
    ['letters beyond ASCII', query('caf.')],
    ['a broken pattern', query('total(')],
    ['a glob', query('total', { glob: '*.ts' })],
    ['a folder', query('total', { glob: 'src/deep' })],
    ['all but a glob', query('total', { glob: '!*.ts' })],
    ['lines around', query('items', { context: 2 })],
    ['names', query('total', { mode: 'files' })],
    ['no pattern', query('', { mode: 'files', glob: 'src/**/*.ts' })],
    ['nothing', query('no such text')],
  ])('find the same for %s, to the byte', async (_, wanted) => {
    const root = folderWith(shop);
    const walked = await workspaceFiles(root).search(wanted);
    expect(await workspaceFiles(root, options).search(wanted)).toEqual(walked);
  });

  it('follow no link', async () => {
    const root = folderWith({ 'a.txt': 'total\n' });
    const outside = folderWith({ 'secret.txt': 'total\n' });
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'secret.txt'), join(root, 'file.txt'));
    for (const files of [workspaceFiles(root), workspaceFiles(root, options)]) {
      expect((await files.search(query('total', { mode: 'files' }))).files).toEqual([{ path: 'a.txt', lines: [] }]);
    }
  });

  it('find what anything may be called', async () => {
    const names = ['-e', '--help', 'a b.txt', 'ünï.txt', "quo'te", 'dollar$(x)', 'x:y', '*'];
    const root = folderWith(Object.fromEntries(names.map((name) => [name, 'total\n'])));
    for (const files of [workspaceFiles(root), workspaceFiles(root, options)]) {
      const { files: found } = await files.search(query('total'));
      expect(found.map(({ path }) => path)).toEqual([...names].sort());
    }
  });

  it('pattern text is never an option', async () => {
    const root = folderWith({ 'a.txt': '--files and -e\n' });
    for (const wanted of ['--files', '-e']) {
      expect((await workspaceFiles(root, options).search(query(wanted))).hits).toBe(1);
    }
  });
});

it('a search sees text, not what is ignored, protected, secret, binary or large', async () => {
  const { files } = await workspaceFiles(folderWith(shop)).search(query('(?i)total', { mode: 'files' }));
  expect(files.map(({ path }) => path)).toEqual([
    '.hidden/config',
    'README.md',
    'keep.log',
    'latin.txt',
    'long.txt',
    'src/cart.ts',
    'src/deep/er/x.test.ts',
    'src/shop.ts',
  ]);
});

it('long lines are cut around the match', async () => {
  const { files } = await workspaceFiles(folderWith(shop)).search(query('total', { glob: 'long.txt' }));
  expect(files).toEqual([
    { path: 'long.txt', lines: [{ line: 1, text: `…${'a'.repeat(60)}total${'b'.repeat(235)}…`, hit: true }] },
  ]);
});

it('context of neighbouring hits is shown once', async () => {
  const root = folderWith({ 'a.txt': 'x\nhit\nhit\ny\nz\nhit\n' });
  const { files } = await workspaceFiles(root).search(query('hit', { context: 1 }));
  expect(files[0]?.lines.map(({ line, hit }) => `${line}${hit ? ':' : '-'}`)).toEqual([
    '1-',
    '2:',
    '3:',
    '4-',
    '5-',
    '6:',
  ]);
});

it('100 hits are shown and the rest is counted, over all files', async () => {
  const root = folderWith({ 'a.txt': 'hit\n'.repeat(60), 'b.txt': 'hit\n'.repeat(60), 'c.txt': 'hit\n' });
  const result = await workspaceFiles(root).search(query('hit'));
  expect([result.hits, result.more, result.files.map(({ lines }) => lines.length)]).toEqual([100, 21, [60, 40]]);
});

it('a pattern that would run for ever is ended, with what was found', async () => {
  const root = folderWith({ 'a.txt': 'aaaa!\n', 'b.txt': `${'a'.repeat(60)}?\n`, 'c.txt': 'aaaa\n' });
  const result = await workspaceFiles(root, { searchTimeoutMs: 500 }).search(query('^(a+)+!?$'));
  expect(result).toEqual({
    files: [{ path: 'a.txt', lines: [{ line: 1, text: 'aaaa!', hit: true }] }],
    hits: 1,
    more: 0,
    note: null,
    timedOut: true,
  } satisfies SearchResult);
});

it('a program that fails costs nothing but time', async () => {
  const root = folderWith({ 'a.txt': 'total\n' });
  expect((await workspaceFiles(root, { commands, git: noGit }).search(query('total'))).hits).toBe(1);
});

it('git reads no configuration of the workspace', async () => {
  const root = folderWith({ 'a.txt': 'total\n' });
  execFileSync('git', ['init', '-q', root], { env: { PATH: process.env.PATH } });
  writeFileSync(join(root, '.git/config'), '[core]\n\tfsmonitor = "touch ran; true"\n\trepositoryformatversion = 99\n');
  const [narrow] = await searchPrograms(commands, git, undefined);
  expect(await narrow?.(root, compilePattern('total', true))).toEqual(['a.txt']);
  expect(await workspaceFiles(root).read('ran')).toMatchObject({ kind: 'missing' });
});

it('rg comes before git, where there is one', async () => {
  expect(await searchPrograms(commands, git, undefined)).toHaveLength(1);
  expect(await searchPrograms(commands, git, process.env.PATH)).toHaveLength(hasRg ? 2 : 1);
});

describe('requiredTexts', () => {
  it.each([
    ['foo', ['foo']],
    ['foo|bar', ['foo', 'bar']],
    ['^import .* from', ['import ']],
    ['colou?r', ['colo']],
    ['fo+bar', ['bar']],
    ['foo(bar)?baz', ['foo']],
    ['foo{2}x', ['fo']],
    ['class \\w+ {', ['class ']],
    ['ab\\.cd', ['ab.cd']],
    ['[abc]def', ['def']],
    ['ab??cd', ['cd']],
    ['foo(?!bar)', ['foo']],
    ['(?i)Foo', ['Foo']],
    ['a.b', null],
    ['(foo|bar)', null],
    ['foo|', null],
    ['\\d+', null],
    ['\\u0041bc', null],
    ['(?i)straße', null],
    ['x', null],
  ])('of %j are %j', (pattern, expected) => {
    expect(requiredTexts(compilePattern(pattern, false))).toEqual(expected);
  });

  it('every match contains one of them', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      'ab',
      '.',
      '(a|b)',
      '(ab)?',
      'a+',
      'b*',
      'a?',
      'a{2}',
      'b{0,1}',
      '[ab]',
      '[^a]',
      '\\.',
      '\\b',
      '|',
      '^',
      '$',
      'é',
      '(?=a)',
      '\\w',
      'a??',
      '{',
      '(?:ba)+',
    );
    const texts = fc
      .array(fc.constantFrom('a', 'b', 'ab', '.', 'é', ' ', '{'), { maxLength: 10 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), texts, (parts, text) => {
        const pattern = compilePattern(parts.join(''), false);
        const required = requiredTexts(pattern);
        const matches = new RegExp(pattern.source, pattern.flags).test(text);
        if (matches && required !== null) expect(required.some((each) => text.includes(each))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('globs', () => {
  it.each([
    ['*.ts', 'src/a.ts', true],
    ['*.ts', 'src/a.tsx', false],
    ['*.{ts,tsx}', 'src/a.tsx', true],
    ['src/*.ts', 'src/deep/a.ts', false],
    ['src/**/*.ts', 'src/a.ts', true],
    ['src/**/*.ts', 'src/x/y/a.ts', true],
    ['src', 'src/a.ts', true],
    ['src/', 'src/a.ts', true],
    ['a.ts/', 'a.ts', false],
    ['./src', 'src/a.ts', true],
    ['./src', 'lib/src/a.ts', false],
    ['**/test/**', 'a/test/b/c.ts', true],
    ['test/**', 'test', false],
    ['!*.test.ts', 'a.test.ts', false],
    ['!*.test.ts', 'a.ts', true],
    ['[ab].ts', 'b.ts', true],
    ['[!ab].ts', 'b.ts', false],
    ['[a-c]?.ts', 'bx.ts', true],
    ['\\*.ts', '*.ts', true],
    ['{a,b}/{c,d}.ts', 'b/d.ts', true],
    ['#x', '#x', false],
    ['**', 'any/thing', true],
  ])('%s takes in %s: %j', (glob, path, expected) => {
    expect(includesPath(glob, path)).toBe(expected);
  });

  it('a hostile glob takes no time', () => {
    const started = performance.now();
    includesPath('*a'.repeat(200), 'a'.repeat(2_000));
    includesPath(`${'**/'.repeat(100)}x`, 'a/'.repeat(1_000));
    includesPath('{a,b}'.repeat(100), 'x');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('what is ignored is what git ignores', () => {
  const tree = [
    'a.txt',
    'b.log',
    'src/a.txt',
    'src/b.log',
    'src/lib/a.txt',
    'src/lib/b.log',
    'lib/a.txt',
    'lib/deep/c.md',
    'foo/bar/baz.txt',
    'x y.txt',
    '#hash',
    '!bang',
    'dir.d/f',
  ];
  const patterns: readonly string[] = [
    '*.log',
    '/a.txt',
    'lib',
    'lib/',
    '/lib/',
    'src/lib',
    '**/lib',
    'src/**',
    'src/**/a.txt',
    '**/deep/**',
    'foo/**/baz.txt',
    'foo/*/baz.txt',
    'foo/*',
    '*\n!src/',
    '*.txt\n!a.txt',
    'src/*\n!src/lib/',
    'lib/\n!lib/a.txt',
    '[ab].txt',
    '[!a].log',
    '?.txt',
    'x\\ y.txt',
    'x y.txt   ',
    '\\#hash',
    '#hash',
    '\\!bang',
    '*.d',
    '*.d/',
    'a.txt/',
    '/*\n!/src',
    '\r\n*.log\r\n',
    '/**',
    'src',
    '',
  ];

  const gitSees = (root: string): readonly string[] => {
    const env = { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('git', ['init', '-q'], { cwd: root, env });
    const out = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    return out
      .split('\0')
      .filter((path) => path !== '')
      .sort();
  };

  it.each(patterns)('%j', async (pattern) => {
    const root = folderWith({ ...Object.fromEntries(tree.map((path) => [path, ''])), '.gitignore': pattern });
    expect(await walkFiles(root)).toEqual(gitSees(root));
  });

  it('in folders below as well', async () => {
    const root = folderWith({
      ...Object.fromEntries(tree.map((path) => [path, ''])),
      '.gitignore': '*.log\n',
      'src/.gitignore': '!b.log\n/a.txt\n',
      'src/lib/.gitignore': 'b.log\n',
    });
    expect(await walkFiles(root)).toEqual(gitSees(root));
  });
});
