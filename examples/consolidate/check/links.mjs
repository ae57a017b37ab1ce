import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const { recipes, guides } = JSON.parse(readFileSync('layout.json', 'utf8'));
const targets = new Set([...Object.values(recipes), ...Object.values(guides)].map(({ to }) => `../${to}`));
const links = [...readFileSync(process.argv[2], 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to);
assert.equal(links.length, 3);
for (const link of links) assert.ok(targets.has(link), `${link} is no place of layout.json`);
