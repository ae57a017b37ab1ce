import { describe, expect, it } from 'vitest';
import { codeDigests } from '../../src/run/code-digest.ts';

type Files = Readonly<Record<string, string>>;

const commits: Readonly<Record<string, Files>> = {
  base: { 'PRD.json': '1', 'src/a.js': '2', '.prd/evidence/US-1.json': '3' },
  landed: { 'PRD.json': '9', 'src/a.js': '2', '.prd/evidence/US-1.json': '3', '.prd/evidence/US-2.json': '4' },
  edited: { 'PRD.json': '1', 'src/a.js': '5', '.prd/evidence/US-1.json': '3' },
  moved: { 'PRD.json': '1', 'src/b.js': '2', '.prd/evidence/US-1.json': '3' },
  nested: { 'PRD.json': '1', 'src/a.js': '2', 'docs/PRD.json': '1', '.prd/evidence/US-1.json': '3' },
  lookalike: { 'PRD.json': '1', 'src/a.js': '2', '.prdx': '1' },
};

function openDigests() {
  const asked: string[] = [];
  const vault = {
    paths: async (commit: string) => {
      asked.push(commit);
      if (!(commit in commits)) throw new Error('missing');
      return Object.keys(commits[commit] ?? {}).sort();
    },
    blobs: async (commit: string, paths: readonly string[]) =>
      new Map(paths.map((path) => [path, { mode: '100644', blob: commits[commit]?.[path] ?? '' }])),
  };
  return { asked, digestOf: codeDigests(vault, 'PRD.json') };
}

describe('the name of what checks judge', () => {
  it("is the same before and after a landing's own bookkeeping", async () => {
    const { digestOf } = openDigests();
    expect(await digestOf('landed')).toBe(await digestOf('base'));
  });

  it.each(['edited', 'moved', 'nested', 'lookalike'])('is another one when other files differ: %s', async (commit) => {
    const { digestOf } = openDigests();
    expect(await digestOf(commit)).not.toBe(await digestOf('base'));
  });

  it('is worked out once, and again after a failure', async () => {
    const { asked, digestOf } = openDigests();
    await Promise.all([digestOf('base'), digestOf('base')]);
    expect(asked).toEqual(['base']);
    await expect(digestOf('gone')).rejects.toThrow('missing');
    await expect(digestOf('gone')).rejects.toThrow('missing');
    expect(asked).toEqual(['base', 'gone', 'gone']);
  });
});
