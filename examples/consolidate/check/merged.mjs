import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const expected = {
  soups: ['Barley broth', 'Leek soup', 'Tomato soup'],
  breads: ['Flat bread', 'Rye loaf', 'Seed rolls'],
  salads: ['Bean salad', 'Beet salad', 'Herb salad'],
  sauces: ['Green sauce', 'Onion gravy', 'Plum sauce'],
};
const kind = process.argv[2];
const text = readFileSync(`recipes/${kind}.md`, 'utf8');
const names = [...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
assert.deepEqual(names, expected[kind], 'each recipe once, in alphabetical order');
assert.equal(text.match(/^- 400 g of /gm)?.length, names.length, 'every recipe keeps its ingredients');
for (const who of ['anna', 'bert']) assert.ok(!existsSync(`notes/${kind}-${who}.md`), `notes/${kind}-${who}.md is gone`);
