import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRepoFacts } from '../../src/cli/repo-facts.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prd-facts-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

it('knows files, scripts and targets, and looks into neither packages nor git', async () => {
  await put({
    'package.json': '{ "scripts": { "test": "vitest", "e2e": "playwright" } }',
    Makefile: 'ci: test\n',
    'src/cart.ts': '',
    'node_modules/x/index.js': '',
    '.git/HEAD': '',
  });
  expect(await readRepoFacts(folder)).toEqual({
    paths: new Set(['package.json', 'Makefile', 'src/cart.ts']),
    scripts: new Set(['test', 'e2e']),
    targets: new Set(['ci']),
    evidence: null,
  });
});

it('does not follow a link to a folder, which could be a circle', async () => {
  await put({ 'src/cart.ts': '' });
  await symlink('..', join(folder, 'src/up'));
  expect([...(await readRepoFacts(folder)).paths].sort()).toEqual(['src/cart.ts', 'src/up']);
});

it('evidence that is damaged is nobody’s', async () => {
  await put({ '.prd/evidence/US-1-00000000.json': '{ "predicate": { "prd": { "story": { "id": "US-1" } } } }' });
  expect((await readRepoFacts(folder)).evidence).toEqual(new Set());
});
