import { readdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Git } from '../../src/workspace/git.ts';
import { type OpenVault, openVault } from '../../src/workspace/vault.ts';
import type { Oid, TreeEdit } from '../../src/workspace/workspace.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

describe('a commit that the vault has made', () => {
  let repo: OpenedRepository;
  let asked: string[];
  let vault: OpenVault;

  beforeEach(async () => {
    repo = await openedRepository({ files: { 'a.ts': 'a\n', 'lib/b.ts': 'b\n', 'PRD.json': '{}\n' } });
    asked = [];
    const run: Git['run'] = (call) => {
      asked.push(call.args[0] ?? '');
      return repo.prdGit.run(call);
    };
    vault = await openVault({ run }, repo.repository, repo.stateDir);
  });
  afterEach(() => repo.cleanup());

  const commit = (edits: readonly TreeEdit[], from: Oid = repo.base) =>
    vault.commit({ tree: from, edits, parents: [from], message: 'US-1: work' });
  const text = (path: string, content: string): TreeEdit => ({ path, kind: 'text', text: content });
  /** As a vault that remembers nothing sees it. */
  const afresh = () => openVault({ run: repo.prdGit.run }, repo.repository, repo.stateDir);
  const listed = async (of: OpenVault, oid: Oid) => [...(await of.blobs(oid, await of.paths(oid)))].sort();

  it('takes one git process, and its texts and its tree are known then', async () => {
    await vault.paths(repo.base);
    await vault.treeOf(repo.base);
    asked = [];
    const made = await commit([text('PRD.json', '{"passes": true}\n'), text('new.ts', 'new\n')]);
    expect(asked).toEqual(['fast-import']);
    await vault.changes(repo.base, made);
    expect([await vault.read(made, 'PRD.json'), await vault.read(made, 'new.ts')]).toEqual([
      '{"passes": true}\n',
      'new\n',
    ]);
    await vault.treeOf(made);
    expect(asked).toEqual(['fast-import', 'diff-tree']);
    expect(await vault.treeOf(made)).toBe(await (await afresh()).treeOf(made));
  });

  it('has the listing that git gives, also where it only follows from the one before', async () => {
    const names = ['a.ts', 'lib', 'lib/b.ts', 'lib/c/d.ts', 'x "y".ts', 'back\\slash', 'new\nline', 'ü'];
    const edit = fc.record({ path: fc.constantFrom(...names), gone: fc.boolean(), content: fc.string() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(edit, { selector: ({ path }) => path, minLength: 1 })),
        async (steps) => {
          let at = repo.base;
          await vault.paths(at);
          for (const step of steps) {
            const next = await commit(
              step.map(({ path, gone, content }) => (gone ? { path, kind: 'delete' } : text(path, content))),
              at,
            );
            await vault.changes(at, next);
            at = next;
          }
          asked = [];
          const seen = await listed(vault, at);
          expect(asked).toEqual([]);
          expect(seen).toEqual(await listed(await afresh(), at));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is as git would have written it, whatever the author is called', async () => {
    const author = { name: ' Ü <n>\nal ', email: '<u@example.com>' };
    const made = await vault.commit({
      tree: repo.base,
      edits: [text('a.ts', 'A\n')],
      parents: [repo.base],
      message: 'Title\n\nPrd-Story: "x" <y>',
      author,
    });
    const shown = await vault.diff(repo.base, made);
    expect(shown).toContain('+A');
    await vault.setRef('refs/prd/x', made);
    const raw = (await repo.prdGit.run({ gitDir: vault.dir, args: ['cat-file', 'commit', made] })).stdout.toString();
    expect(raw).toMatch(/^author Ü nal <u@example\.com> \d+ [+-]\d{4}$/m);
    expect(raw.endsWith('\n\nTitle\n\nPrd-Story: "x" <y>\n')).toBe(true);
    expect(raw).toContain(`parent ${repo.base}\n`);
  });

  it('leaves no ref behind, and a failed one leaves no report', async () => {
    await commit([text('a.ts', 'A\n')]);
    const missing = 'b'.repeat(40);
    const failing = vault.commit({ tree: repo.base, edits: [text('a.ts', 'B\n')], parents: [missing], message: 'x' });
    await expect(failing).rejects.toMatchObject({ problem: { code: 'objects-missing', commit: missing } });
    const blob = { path: 'a.ts', kind: 'blob', blob: missing, mode: '100644' } as const;
    await expect(commit([blob])).rejects.toMatchObject({ problem: { code: 'objects-missing' } });
    expect([...(await vault.refs('refs/prd/made')).keys()]).toEqual([]);
    expect((await readdir(vault.dir)).filter((name) => name.includes('crash'))).toEqual([]);
  });

  it('can have no parent', async () => {
    const made = await vault.commit({ tree: repo.base, edits: [text('a.ts', 'A\n')], parents: [], message: 'First' });
    expect(await vault.read(made, 'a.ts')).toBe('A\n');
    expect(await vault.contains(made, repo.base)).toBe(false);
  });

  it('knows what a snapshot changed without asking', async () => {
    const workspace = await repo.workspace();
    await vault.paths(repo.base);
    await writeFile(`${workspace.dir}/a.ts`, 'A\n');
    const { commit: stored } = await vault.snapshot({ dir: workspace.dir, base: repo.base }, 'refs/prd/s', 'US-1');
    asked = [];
    const [changes, paths] = [await vault.changes(repo.base, stored ?? ''), await vault.paths(stored ?? '')];
    expect([changes.map(({ path }) => path), paths, asked]).toEqual([['a.ts'], ['PRD.json', 'a.ts', 'lib/b.ts'], []]);
  });
});
