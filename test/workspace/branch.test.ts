import { describe, expect, it } from 'vitest';
import type { TrustedResult } from '../../src/host/process.ts';
import { readTip } from '../../src/workspace/branch.ts';
import type { UserRepository } from '../../src/workspace/workspace.ts';

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
});
