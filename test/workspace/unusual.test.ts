import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

describe('a tree has the files of the commit, whatever the repository says about them', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  it('those that `git archive` would leave out, too', async () => {
    const files = {
      'a.ts': 'a\n',
      'test/a.test.ts': 'test\n',
      '.gitattributes': 'test export-ignore\n*.ts export-subst\n',
    };
    repo = await openedRepository({ files });
    const tree = await repo.trees.open(repo.base, 'verify');
    expect((await readdir(tree.dir)).sort()).toEqual(['.git', '.gitattributes', 'a.ts', 'test']);
    expect(await readFile(join(tree.dir, 'test/a.test.ts'), 'utf8')).toBe('test\n');
  });

  it('not what a replace ref or a graft shows in their place', async () => {
    repo = await openedRepository({ files: { 'test.txt': 'strict\n', 'lax.txt': 'lax\n' } });
    await repo.git('replace', `${repo.base}:test.txt`, `${repo.base}:lax.txt`);
    expect(await repo.git('show', 'HEAD:test.txt')).toBe('lax');
    const tree = await repo.trees.open(repo.base, 'verify');
    expect(await readFile(join(tree.dir, 'test.txt'), 'utf8')).toBe('strict\n');
    expect((await tree.shell('git show HEAD:test.txt', { timeoutMs: 20_000 })).stdout.text).toBe('strict\n');
    expect([...(await repo.vault.refs('refs/replace/'))]).toEqual([]);
  });

  it('and one commit of history, with no way back to the repository', async () => {
    repo = await openedRepository({ files: { 'a.ts': 'a\n' } });
    await repo.git('branch', 'solution');
    const tree = await repo.trees.open(repo.base, 'verify');
    const look =
      'git rev-list --all --count; git remote; ls .git/objects/info/alternates; git branch -a --format="%(refname)"';
    const { stdout } = await tree.shell(`${look} 2>/dev/null || true`, { timeoutMs: 20_000 });
    expect(stdout.text.split('\n').filter(Boolean)).toContain('1');
    expect(stdout.text).not.toContain('solution');
    expect(stdout.text).not.toContain('alternates');
  });
});
