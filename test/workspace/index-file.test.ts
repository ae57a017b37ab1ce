import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyIndex, withIndex } from '../../src/workspace/index-file.ts';

describe('a private index', () => {
  let vaultDir: string;

  beforeEach(async () => {
    vaultDir = await mkdtemp(join(tmpdir(), 'prd-index-'));
    await mkdir(join(vaultDir, 'prd-scratch'));
  });

  afterEach(() => rm(vaultDir, { recursive: true, force: true }));

  it('is never younger than the original: git re-reads files as young as the index', async () => {
    const [from, to] = [join(vaultDir, 'from'), join(vaultDir, 'to')];
    await writeFile(from, 'DIRC');
    await utimes(from, 1_700_000_000.9, 1_700_000_000.9);
    await copyIndex(from, to);
    expect(await readFile(to, 'utf8')).toBe('DIRC');
    expect((await stat(to)).mtimeMs).toBe(1_700_000_000_000);
  });

  it('is another one for every operation and goes with it, lock and all', async () => {
    const act = async (file: string) => {
      await writeFile(file, '');
      await writeFile(`${file}.lock`, '');
      return file;
    };
    const used = await Promise.all([withIndex(vaultDir, act), withIndex(vaultDir, act)]);
    expect(new Set(used).size).toBe(2);
    const failing = withIndex(vaultDir, async (file) => {
      await writeFile(file, '');
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(await readdir(join(vaultDir, 'prd-scratch'))).toEqual([]);
  });

  it('says which copy failed', async () => {
    const problem = { code: 'disk', operation: 'copy', errno: 'ENOENT' };
    await expect(copyIndex(join(vaultDir, 'no'), join(vaultDir, 'to'))).rejects.toMatchObject({ problem });
  });
});
