import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const { recipes, guides } = JSON.parse(readFileSync('layout.json', 'utf8'));
assert.deepEqual(Object.keys(recipes).sort(), ['breads', 'salads', 'sauces', 'soups']);
assert.deepEqual(Object.keys(guides).sort(), ['cleaning', 'fridge', 'knives', 'suppliers']);
for (const [name, { from, to }] of Object.entries(recipes)) {
  assert.deepEqual(from, [`notes/${name}-anna.md`, `notes/${name}-bert.md`]);
  assert.equal(to, `recipes/${name}.md`);
}
for (const [name, { from, to }] of Object.entries(guides)) {
  assert.deepEqual(from, [`notes/${name}.txt`]);
  assert.equal(to, `guides/${name}.md`);
}
// Before anything has moved every source is there; afterwards its target is.
for (const { from, to } of [...Object.values(recipes), ...Object.values(guides)]) {
  assert.ok(existsSync(to) || from.every((path) => existsSync(path)), `neither ${from} nor ${to}`);
}
