import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrustedResult } from '../../src/host/process.ts';
import { readTip } from '../../src/workspace/branch.ts';
import type { Git } from '../../src/workspace/git.ts';
import type { UserRepository } from '../../src/workspace/workspace.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

const repository: UserRepository = {
  root: '/r',
  gitDir: '/r/.git',
  commonDir: '/r/.git',
  id: 'r',
  branch: 'main',
  head: 'h',
};
const answer = (fields: Partial<TrustedResult>) => ({
  run: async (): Promise<TrustedResult> => ({
    exitCode: 0,
    stdout: Buffer.alloc(0),
    stderr: '',
    notStarted: null,
    timedOut: false,
    ...fields,
  }),
});

describe('the tip of a branch', () => {
  it('is what git says, and null where git says that there is none', async () => {
    expect(await readTip(answer({ stdout: Buffer.from('abc\n') }), repository, 'main')).toBe('abc');
    expect(await readTip(answer({ exitCode: 1 }), repository, 'main')).toBeNull();
  });

  it.each<[string, Partial<TrustedResult>]>([
    ['cannot start', { exitCode: null, notStarted: 'EMFILE' }],
    ['fails for another reason', { exitCode: 128, stderr: 'fatal: No space left on device' }],
    ['complains', { exitCode: 1, stderr: 'error: cannot open packed-refs' }],
  ])('is unknown, not missing, when git %s', async (_, fields) => {
    await expect(readTip(answer(fields), repository, 'main')).rejects.toThrow();
  });

  describe('in a real repository', () => {
    let repo: OpenedRepository;
    let asked: number;

    beforeEach(async () => {
      repo = await openedRepository({ files: { 'a.ts': 'a\n' } });
      asked = 0;
    });
    afterEach(() => repo.cleanup());

    const tip = (branch: string) => {
      const run: Git['run'] = (call) => {
        asked += 1;
        return repo.prdGit.run(call);
      };
      return readTip({ run }, repo.repository, branch);
    };

    it('is read from its file, and follows every move', async () => {
      expect(await tip('main')).toBe(repo.base);
      const next = await repo.commit('Next', { 'a.ts': 'A\n' });
      await repo.git('branch', 'feature/one', repo.base);
      expect([await tip('main'), await tip('feature/one'), asked]).toEqual([next, repo.base, 0]);
    });

    it('is asked of git when it is packed, symbolic, damaged or not there', async () => {
      await repo.git('pack-refs', '--all');
      expect(await tip('main')).toBe(repo.base);
      await repo.git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
      expect(await tip('alias')).toBe(repo.base);
      expect(await tip('no/such')).toBeNull();
      expect(asked).toBe(3);
      await writeFile(join(repo.root, '.git/refs/heads/torn'), repo.base.slice(0, 20));
      await expect(tip('torn')).rejects.toMatchObject({ problem: { code: 'git-failed' } });
      expect(asked).toBe(4);
    });

    it('is never read from outside of the branches', async () => {
      await writeFile(join(repo.root, '.git/refs/elsewhere'), `${'c'.repeat(40)}\n`);
      expect(await tip('../elsewhere')).toBeNull();
    });
  });
});
