import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { GitCall } from '../../src/workspace/git.ts';
import { openPacks } from '../../src/workspace/packs.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

let repo: OpenedRepository;
afterEach(() => repo.cleanup());

async function opened() {
  repo = await openedRepository({ files: { 'a.txt': 'a\n' } });
  const packed: string[] = [];
  const run = (call: GitCall) => {
    if (call.args[0] === 'pack-objects') packed.push(String(call.input));
    return repo.prdGit.run(call);
  };
  const packs = openPacks({ git: { run }, dir: repo.vault.dir }, repo.treesDir);
  const copies = join(repo.folder, 'copies');
  const copy = async (name: string, commit = repo.base) => {
    const folder = join(copies, name);
    await mkdir(folder, { recursive: true });
    await packs.copyTo(folder, commit);
    return folder;
  };
  return { packs, packed, copy };
}

describe('packs', () => {
  it('packs a commit once, for however many ask at once and later', async () => {
    const { packed, copy } = await opened();
    const folders = await Promise.all(['one', 'two', 'three'].map((name) => copy(name)));
    folders.push(await copy('four'));
    expect(packed).toHaveLength(1);
    const names = (await readdir(folders[0] ?? '')).sort();
    expect(names.map((name) => name.split('.').at(-1))).toEqual(expect.arrayContaining(['idx', 'pack']));
    for (const folder of folders) expect((await readdir(folder)).sort()).toEqual(names);
  });

  it('gives a copy that can be ruined without harm to the next', async () => {
    const { copy } = await opened();
    const first = await copy('one');
    const [name = ''] = await readdir(first);
    const before = await readFile(join(first, name));
    await chmod(join(first, name), 0o600);
    await writeFile(join(first, name), 'ruined');
    expect(await readFile(join(await copy('two'), name))).toEqual(before);
  });

  it('forgets the commit that was asked for longest ago', async () => {
    const { packed, copy } = await opened();
    const commits = [repo.base];
    for (let at = 1; at <= 16; at += 1) commits.push(await repo.candidate({ 'a.txt': `${at}\n` }));
    for (const commit of commits) await copy('all', commit);
    await copy('last', commits.at(-1));
    expect(packed).toHaveLength(17);
    await copy('first', repo.base);
    expect(packed).toHaveLength(18);
  });

  it('leaves nothing behind when it is closed, and works again after that', async () => {
    const { packs, packed, copy } = await opened();
    await copy('one');
    expect(await readdir(repo.treesDir)).toHaveLength(1);
    await packs.close();
    await packs.close();
    expect(await readdir(repo.treesDir)).toEqual([]);
    await copy('two');
    expect(packed).toHaveLength(2);
    await packs.close();
  });

  it('is told of a missing commit each time it is asked for', async () => {
    const { packed, copy } = await opened();
    const missing = { problem: { code: 'objects-missing' } };
    await expect(copy('one', '1'.repeat(40))).rejects.toMatchObject(missing);
    await expect(copy('two', '1'.repeat(40))).rejects.toMatchObject(missing);
    expect(packed).toHaveLength(2);
  });
});
