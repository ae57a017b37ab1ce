import { describe, expect, it } from 'vitest';
import { overlayKey, readOverlay, type TextStore, writeOverlay } from '../../src/spec/overlay.ts';
import { refinement } from '../../src/spec/refinement.ts';
import { aStory, commandCriterion } from '../helpers/stories.ts';
import { memoryVault, type Tree } from './memory-vault.ts';
import { wireRefinement } from './wire-refinement.ts';

function memoryStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    read: async (key) => texts.get(key) ?? null,
    write: async (key, text) => {
      texts.set(key, text);
    },
  };
}

const story = aStory('US-1', { criteria: [commandCriterion('node --test test/a.test.js')] });
const made = refinement.parse(
  wireRefinement('US-1', {
    files: [
      { path: 'src/a.js', action: 'modify', why: '' },
      { path: 'src/new.js', action: 'create', why: '' },
    ],
    copyFrom: [{ path: 'src/b.js', symbol: 'b' }],
  }),
);
const base: Tree = { 'src/a.js': 'a', 'src/b.js': 'b', 'src/c.js': 'c', 'test/a.test.js': 't' };
const at = (tree: Tree) => ({ vault: memoryVault({ c: tree }), commit: 'c' });

async function kept() {
  const store = memoryStore();
  await writeOverlay(store, story, made, at(base));
  return store;
}

describe('the overlay', () => {
  it('gives back what was kept while nothing it names has changed', async () => {
    const store = await kept();
    expect(await readOverlay(store, story, at(base))).toEqual(made);
    expect(await readOverlay(store, story, at({ ...base, 'src/c.js': 'other' }))).toEqual(made);
  });

  it.each<[string, Tree]>([
    ['a file to modify changed', { ...base, 'src/a.js': 'a2' }],
    ['a file to copy from changed', { ...base, 'src/b.js': 'b2' }],
    ['a file that the story itself names changed', { ...base, 'test/a.test.js': 't2' }],
    ['a file to create is there now', { ...base, 'src/new.js': 'n' }],
    ['a file is gone', { 'src/b.js': 'b', 'test/a.test.js': 't' }],
  ])('is stale when %s', async (_, tree) => {
    expect(await readOverlay(await kept(), story, at(tree))).toBeNull();
  });

  it('of another text of the story is not found', async () => {
    const store = await kept();
    const other = { ...story, title: 'Another title' };
    expect(overlayKey(other)).not.toBe(overlayKey(story));
    expect(await readOverlay(store, other, at(base))).toBeNull();
  });

  it('does not mind `passes`, notes and priority', () => {
    expect(overlayKey({ ...story, passes: true, notes: 'x', priority: 3 })).toBe(overlayKey(story));
  });

  it.each([
    ['half a file', (text: string) => text.slice(0, text.length / 2)],
    ['an empty file', () => ''],
    ['another version', (text: string) => text.replace('refine/1', 'refine/0')],
    ['a field more', (text: string) => text.replace('"story"', '"evil": 1, "story"')],
    ['another story’s digest', (text: string) => text.replace(/"digest": "../, '"digest": "zz')],
    ['null', () => 'null'],
  ])('%s is no overlay', async (_, change) => {
    const store = await kept();
    const [entry] = store.texts;
    const changed = change(entry?.[1] ?? '');
    expect(changed).not.toBe(entry?.[1]);
    store.texts.set(overlayKey(story), changed);
    expect(await readOverlay(store, story, at(base))).toBeNull();
  });

  it('has a name that is safe as a file name, whatever the id', () => {
    expect(overlayKey({ ...story, id: '../../etc/passwd' })).toMatch(/^refine-[0-9a-f]{32}$/);
  });
});
