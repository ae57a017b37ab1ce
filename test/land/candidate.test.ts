import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buildCandidate,
  keptCommit,
  nullPatchOf,
  type StoredAttempt,
  withBaseTests,
} from '../../src/land/candidate.ts';
import type { Oid } from '../../src/workspace/workspace.ts';
import { policyFor } from '../verify/attempts.ts';
import { type OpenedRepository, openedRepository } from '../workspace/opened-repository.ts';

const base = {
  'package.json': '{"scripts":{"test":"node --test"}}',
  'src/cart.js': 'old\n',
  'src/user.js': 'user\n',
  'test/cart.test.js': 'expect(1)\n',
  'tsconfig.json': '{}\n',
};
const work = {
  ...base,
  'package.json': '{"scripts":{"test":"exit 0","lint":"x"}}',
  'src/cart.js': 'new\n',
  'test/cart.test.js': 'expect(1)\nexpect(2)\n',
  'test/more.test.js': 'expect(3)\n',
  'tsconfig.json': '{"bent":1}\n',
};

describe('a candidate', () => {
  let repo: OpenedRepository;
  let stored: StoredAttempt;

  beforeEach(async () => {
    repo = await openedRepository({ files: base });
    const snapshot = await repo.candidate(work);
    const changes = await repo.vault.changes(repo.base, snapshot);
    const policy = policyFor(base, work);
    const decisions = policy.decisions.map((decision) => ({
      ...decision,
      change: changes.find(({ path }) => path === decision.change.path) ?? decision.change,
    }));
    stored = { base: repo.base, snapshot, policy: { ...policy, decisions } };
  });

  afterEach(async () => {
    await repo.cleanup();
  });

  const filesAt = async (commit: Oid | null): Promise<Record<string, string | null>> => {
    if (commit === null) return {};
    const paths = await repo.vault.paths(commit);
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, await repo.vault.read(commit, path)] as const)),
    );
  };

  const kept = { ...work, 'package.json': '{"scripts":{"test":"node --test","lint":"x"}}', 'tsconfig.json': '{}\n' };

  it('holds what may land, on its base', async () => {
    const candidate = await buildCandidate(repo.vault, stored, repo.base);
    expect(candidate).toMatchObject({ kind: 'merged', head: repo.base, commit: expect.any(String) });
    if (candidate.kind !== 'merged') return;
    expect(await filesAt(candidate.commit)).toEqual(kept);
    expect(candidate.changes.map(({ path }) => path)).toEqual([
      'package.json',
      'src/cart.js',
      'test/cart.test.js',
      'test/more.test.js',
    ]);
  });

  it('is the snapshot itself when nothing was left out, and the base when nothing was changed', async () => {
    const snapshot = await repo.candidate({ 'src/cart.js': 'new\n' });
    const clean = { base: repo.base, snapshot, policy: policyFor(base, { ...base, 'src/cart.js': 'new\n' }) };
    expect(await keptCommit(repo.vault, clean)).toBe(snapshot);
    expect(await keptCommit(repo.vault, { ...clean, snapshot: null })).toBe(repo.base);
  });

  it('is merged onto a head that has moved', async () => {
    const head = await repo.commit('Another story', { 'src/user.js': 'changed\n' });
    await repo.vault.keep(head);
    const candidate = await buildCandidate(repo.vault, stored, head);
    expect(candidate.kind === 'merged' && (await filesAt(candidate.commit))).toEqual({
      ...kept,
      'src/user.js': 'changed\n',
    });
  });

  it('is a conflict with the names of the files where both changed the same', async () => {
    const head = await repo.commit('Another story', { 'src/cart.js': 'theirs\n' });
    await repo.vault.keep(head);
    expect(await buildCandidate(repo.vault, stored, head)).toEqual({ kind: 'conflict', head, paths: ['src/cart.js'] });
  });

  it('has a variant with the tests of the base, and one without its sources', async () => {
    const candidate = await buildCandidate(repo.vault, stored, repo.base);
    if (candidate.kind !== 'merged') throw new Error('no candidate');
    const { 'test/more.test.js': _more, ...withoutNew } = kept;
    expect(await filesAt(await withBaseTests(repo.vault, candidate, stored.policy))).toEqual({
      ...withoutNew,
      'test/cart.test.js': 'expect(1)\n',
    });
    expect(await filesAt(await nullPatchOf(repo.vault, candidate, stored.policy))).toEqual({
      ...kept,
      'src/cart.js': 'old\n',
    });
  });

  it('has no variants when the attempt changed no tests', async () => {
    const snapshot = await repo.candidate({ 'src/cart.js': 'new\n' });
    const clean = { base: repo.base, snapshot, policy: policyFor(base, { ...base, 'src/cart.js': 'new\n' }) };
    const candidate = await buildCandidate(repo.vault, clean, repo.base);
    if (candidate.kind !== 'merged') throw new Error('no candidate');
    expect(await withBaseTests(repo.vault, candidate, clean.policy)).toBeNull();
    expect(await nullPatchOf(repo.vault, candidate, clean.policy)).toBeNull();
  });
});
