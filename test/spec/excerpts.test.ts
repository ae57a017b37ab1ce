import { describe, expect, it } from 'vitest';
import { chooseFiles, identifiersOf } from '../../src/spec/choose-files.ts';
import { excerptsFor, neededFiles, scriptsIn } from '../../src/spec/excerpts.ts';
import { outlineOf } from '../../src/spec/outline.ts';
import { aStory, commandCriterion, proseCriterion } from '../helpers/stories.ts';
import { memoryVault, type Tree } from './memory-vault.ts';

const story = aStory('US-1', {
  title: 'Cart view',
  criteria: [
    proseCriterion('`src/views/cart-view.js` exports `cartView(cart)`, names through `escapeHtml`'),
    commandCriterion('node --test test/cart-view.test.js'),
  ],
});
const shop: Tree = {
  'README.md': '# shop\n',
  'package.json': '{"scripts":{"test":"node --test","lint":"biome check"}}',
  'package-lock.json': '{}',
  '.prd/coaching.md': '- note',
  'src/html.js': 'export function escapeHtml(text) {}\n',
  'src/other.js': 'export const other = 1;\n',
  'src/user.js': "import { escapeHtml } from './html.js';\nexport const user = 1;\n",
  'src/views/list-view.js': 'export function listView() {}\n',
  'src/views/styles.css': '.a {}\n',
  'test/cart-view.test.js': 'test();\n',
  'test/html.test.js': 'test();\n',
};
const files = new Map(Object.entries(shop));

describe('the files shown to whoever plans a story', () => {
  it('are those it names, then definitions, users, the nearest sibling and the tests', () => {
    expect(chooseFiles(story, files)).toEqual([
      'test/cart-view.test.js',
      'src/html.js',
      'src/user.js',
      'src/views/list-view.js',
      'test/html.test.js',
    ]);
  });

  it('a scope brings its files along', () => {
    expect(chooseFiles(aStory('US-1', { criteria: [], files: ['src/views/**'] }), files)).toEqual([
      'src/views/list-view.js',
      'src/views/styles.css',
    ]);
  });

  it('identifiers are what only code is written with', () => {
    expect(identifiersOf(story)).toEqual(['cartView', 'escapeHtml']);
    expect(identifiersOf(aStory('US-1', { title: 'A list of user_names for the API', criteria: [] }))).toEqual([
      'user_names',
    ]);
  });
});

describe('excerpts', () => {
  it('show the files and what the scripts run; lock files and our own are left out', async () => {
    const { text, paths } = await excerptsFor([story], memoryVault({ c: shop }), 'c');
    expect(text).toContain('<file path="src/html.js">\n1\texport function escapeHtml(text) {}\n</file>');
    expect(text).toContain('<scripts of="package.json">\ntest: node --test\nlint: biome check\n</scripts>');
    expect(text).not.toContain('coaching');
    expect(paths.has('package-lock.json')).toBe(false);
  });

  it('of a batch show each file once, and stay within the bounds of a batch', async () => {
    const large = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`src/f${n}.js`, `${'x'.repeat(100)}\n`.repeat(100)]),
    );
    const stories = Array.from({ length: 6 }, (_, n) =>
      aStory(`US-${n}`, {
        criteria: Array.from({ length: 12 }, (__, m) => proseCriterion(`see src/f${n * 5 + m}.js`)),
      }),
    );
    const { text } = await excerptsFor(stories, memoryVault({ c: large }), 'c');
    const shown = text.match(/<file path="[^"]+"/g) ?? [];
    expect(new Set(shown).size).toBe(shown.length);
    expect(text.length).toBeLessThan(66_000);
    expect(shown.length).toBeGreaterThan(4);
  });

  it('files that were asked for are given when they are there', async () => {
    const found = await neededFiles(['src/html.js', 'src/none.js'], memoryVault({ c: shop }), 'c');
    expect(found).toEqual(['<file path="src/html.js">\n1\texport function escapeHtml(text) {}\n</file>']);
  });

  it.each(['', 'null', '[]', '{"scripts":3}', '{"scripts":{"a":1}}', '{'])(
    'a manifest like %j has no scripts',
    (text) => {
      expect(scriptsIn(text)).toEqual({});
    },
  );
});

describe('outlineOf', () => {
  it('shows a short file whole', () => {
    expect(outlineOf('a\r\nb\n')).toBe('1\ta\n2\tb');
  });

  it('shows the declarations of a long one, with their lines', () => {
    const text = [
      'export class Cart {',
      '  total() {',
      ...Array(130).fill('    work();'),
      '}',
      'def late(x):',
      'let y;',
    ].join('\n');
    expect(outlineOf(text)).toBe('1\texport class Cart {\n134\tdef late(x):\n135\tlet y;\n(outline of 135 lines)');
  });

  it('is bounded, and says what it leaves out', () => {
    const outline = outlineOf(Array.from({ length: 300 }, (_, n) => `const a${n} = ${'1'.repeat(500)};`).join('\n'));
    expect(outline.length).toBeLessThan(15_000);
    expect(outline).toMatch(/\(outline of 300 lines, 220 declarations more\)$/);
  });
});
