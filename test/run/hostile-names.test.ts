import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStory, runBench, writes } from '../helpers/run.ts';

const branches = ['-D', '--upload-pack=touch ran', 'a..b', 'a b', 'HEAD@{1}', 'x.lock', '.hidden', 'a\nb'];
const ids = ['../../x', '--upload-pack=touch ran', 'refs/heads/main', '👍'];

describe('a name that is meant for git or for the disk', () => {
  it('is refused in words as a branch', async () => {
    const made = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: {} });
    for (const branchName of branches) {
      await made.repository.write({
        'PRD.json': JSON.stringify({ branchName, userStories: [fileStory('US-1', 'a.txt')] }),
      });
      const { exit, stderr } = await made.prd('run', '--dry-run');
      expect({ branchName, exit }).toEqual({ branchName, exit: 2 });
      expect(stderr).toContain('cannot be the name of a branch');
    }
  });

  it('lands as a story like any other, and makes no file or branch of its own', { timeout: 90_000 }, async () => {
    const files = ids.map((_, index) => `${index}.txt`);
    const stories = ids.map((id, index) => fileStory(id, files[index] ?? '', { files: [files[index]] }));
    const script = Object.fromEntries(ids.map((id, index) => [id, [writes(files[index] ?? '')]]));
    const made = await runBench({ stories, script });
    expect((await made.prd('run', '--quiet')).exit).toBe(0);
    expect(await made.stories()).toEqual(Object.fromEntries(ids.map((id) => [id, true])));
    const { folder, git } = made.repository;
    expect((await readdir(folder)).sort()).toEqual(['home', 'repo']);
    expect((await readdir(join(folder, 'repo'))).sort()).toEqual(
      ['.git', '.prd', 'PRD.json', 'README.md', ...files].sort(),
    );
    expect(await git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main');
  });
});
