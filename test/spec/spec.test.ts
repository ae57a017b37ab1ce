import { describe, expect, it } from 'vitest';
import type { Prd } from '../../src/prd/prd.ts';
import { refinement } from '../../src/spec/refinement.ts';
import { exportedNames, repositoryMap } from '../../src/spec/repository-map.ts';
import { sharedPrompt } from '../../src/spec/shared-prompt.ts';
import { mentionedPaths, writeSpec } from '../../src/spec/spec.ts';
import type { Check } from '../../src/verify/check.ts';
import { aStory, proseCriterion } from '../helpers/stories.ts';
import { memoryVault } from './memory-vault.ts';
import { wireRefinement } from './wire-refinement.ts';

const vaultOf = (files: Record<string, string>) => memoryVault({ c1: files });

const check = (run: string): Check => ({
  id: run,
  run,
  cwd: null,
  expect: { exit: 0, output: null },
  timeoutMs: 1_000,
  origin: 'story',
  criteria: [0],
});
const story = aStory('US-1', {
  title: 'Cart view',
  description: 'What a visitor sees.',
  criteria: [proseCriterion('`cartView(cart)` uses `escapeHtml` of `src/html.js`.')],
  files: ['src/views/**'],
  notes: 'ask Anna',
});
const input = { story, checks: [check('node --test test/cart.test.js')], from: 'c1', shared: 'SHARED', before: null };

describe('writeSpec', () => {
  it('starts with the story, numbers the criteria and names what will be run', async () => {
    const spec = await writeSpec(input, vaultOf({}));
    expect(spec.brief).toBe(
      [
        '# Story US-1: Cart view',
        'What a visitor sees.',
        '## Acceptance criteria\n1. `cartView(cart)` uses `escapeHtml` of `src/html.js`.',
        '## Verify\n- node --test test/cart.test.js',
        '## Scope\nsrc/views/**',
        '## Notes (they bind nobody)\nask Anna',
      ].join('\n\n'),
    );
    expect(spec.shared).toBe('SHARED');
  });

  it('sends along the files that the story and its checks name, with their hashes', async () => {
    const spec = await writeSpec(
      input,
      vaultOf({ 'src/html.js': 'html', 'test/cart.test.js': 'test', 'src/other.js': 'x' }),
    );
    expect(spec.brief).toContain('<file path="src/html.js">\nhtml\n</file>');
    expect(spec.brief).toContain('<file path="test/cart.test.js">');
    expect([...spec.shown.keys()]).toEqual(['src/html.js', 'test/cart.test.js']);
    expect(spec.shown.get('src/html.js')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves out a file that is too long or binary', async () => {
    const spec = await writeSpec(input, vaultOf({ 'src/html.js': 'x'.repeat(20_000), 'test/cart.test.js': 'a\0b' }));
    expect(spec.shown.size).toBe(0);
  });

  it('tells what failed before, last', async () => {
    const spec = await writeSpec({ ...input, before: 'exit 1' }, vaultOf({}));
    expect(spec.brief.endsWith('## What happened before\nexit 1')).toBe(true);
  });
});

describe('a refined spec', () => {
  const added = refinement.parse(
    wireRefinement('US-1', {
      files: [
        { path: 'src/views/cart-view.js', action: 'create', why: 'the view' },
        { path: 'src/app.js', action: 'modify', why: '' },
      ],
      steps: ['Write `cartView`.', 'Mount it.'],
      signatures: ['cartView(cart: Cart): string'],
      copyFrom: [{ path: 'src/views/list.js', symbol: 'productList' }],
      extraCriteria: ['`cartView` of no lines returns the empty state'],
      outOfScope: ['Taxes'],
    }),
  );
  const files = { 'src/app.js': 'app', 'src/views/list.js': 'list', 'src/html.js': 'html' };

  it('adds after what the story says, and changes nothing of it', async () => {
    const spec = await writeSpec({ ...input, refinement: added }, vaultOf({}));
    expect(spec.brief).toBe(
      [
        '# Story US-1: Cart view',
        'What a visitor sees.',
        '## Acceptance criteria\n1. `cartView(cart)` uses `escapeHtml` of `src/html.js`.\n2. `cartView` of no lines returns the empty state',
        '## Verify\n- node --test test/cart.test.js',
        '## Scope\nsrc/views/**',
        '## Files to touch\n- create src/views/cart-view.js: the view\n- modify src/app.js',
        '## Steps\n1. Write `cartView`.\n2. Mount it.',
        '## Signatures\n- cartView(cart: Cart): string',
        '## Follow the pattern of\n- productList in src/views/list.js',
        '## Out of scope\n- Taxes',
        '## Notes (they bind nobody)\nask Anna',
      ].join('\n\n'),
    );
  });

  it('sends along the files to change and to copy from first', async () => {
    const spec = await writeSpec({ ...input, refinement: added }, vaultOf(files));
    expect([...spec.shown.keys()]).toEqual(['src/app.js', 'src/views/list.js', 'src/html.js']);
  });

  it('without a refinement is the same text as before there were any', async () => {
    const plain = await writeSpec(input, vaultOf(files));
    expect(await writeSpec({ ...input, refinement: null, notes: [] }, vaultOf(files))).toEqual(plain);
  });

  it('carries the notes for its own files, before the files', async () => {
    const note = {
      id: 'n-1',
      text: 'use escapeHtml when showing names',
      scope: 'src/views/**',
      story: null,
      lastHit: null,
      pinned: false,
    };
    const { brief } = await writeSpec({ ...input, notes: [note] }, vaultOf(files));
    expect(brief).toContain('## Learned from reviews of such files\n- use escapeHtml when showing names\n\n## Files');
  });
});

describe('mentionedPaths', () => {
  it('never names a path outside the repository', () => {
    const hostile = aStory('US-1', { files: ['../x/a.ts', '/etc/passwd', './src/a.ts'] });
    expect(mentionedPaths(hostile, [])).toEqual(['src/a.ts']);
  });
});

describe('the shared prompt', () => {
  const prd = { project: 'shop', stories: [story, aStory('US-2', { passes: true })] } as unknown as Prd;
  const files = { 'AGENTS.md': 'be brief', 'src/a.ts': 'export function total() {}\nexport const tax = 1;\n' };

  it('holds conventions, files with their exports, titles and notes', async () => {
    expect(await sharedPrompt(vaultOf(files), 'c1', prd, '- use cents')).toBe(
      [
        '## Conventions\nFrom AGENTS.md:\nbe brief',
        '## Files of the repository\nAGENTS.md\nsrc/a.ts: total, tax',
        '## Stories of shop\nUS-1: Cart view\nUS-2: Story US-2',
        '## Learned from reviews\n- use cents',
      ].join('\n\n'),
    );
  });

  it('does not change when a story passes', async () => {
    const landed = { ...prd, stories: prd.stories.map((one) => ({ ...one, passes: true })) };
    const vault = vaultOf(files);
    expect(await sharedPrompt(vault, 'c1', landed, '')).toBe(await sharedPrompt(vault, 'c1', prd, ''));
  });

  it('the map of a large repository is bounded and says how much it leaves out', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`src/file-${n}.txt`, '']));
    const map = await repositoryMap(vaultOf(many), 'c1');
    expect(map.length).toBeLessThan(6_200);
    expect(map).toMatch(/\(\d+ more files\)$/);
  });
});

describe('exportedNames', () => {
  it.each([
    ['export async function load() {}', ['load']],
    ['export default class Cart {}', ['Cart']],
    ['export interface Line {}', ['Line']],
    ['def total(x):', ['total']],
    ['func (c *Cart) Total() int {', ['Total']],
    ['pub fn total() -> u32 {', ['total']],
    ['  const inner = 1;', []],
  ])('%s', (text, names) => {
    expect(exportedNames(text)).toEqual(names);
  });
});
