import { appendFile, chmod, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findRepository } from '../../src/workspace/repository.ts';
import { openVault } from '../../src/workspace/vault.ts';
import type { TreeEdit } from '../../src/workspace/workspace.ts';
import { temporaryRepository } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository, openOn } from './opened-repository.ts';

describe('vault', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  const edited = (from: string, edits: readonly TreeEdit[], message = 'edited') =>
    repo.vault.commit({ tree: from, edits, parents: [from], message });

  const files = { 'a.ts': 'a\n', 'lib/b.ts': 'b\n', 'lib/ü "x".ts': 'x\n', 'run.sh': '#!/bin/sh\n' };

  it('reads files, blobs and paths of a commit', async () => {
    repo = await openedRepository({ files });
    const blobs = await repo.vault.blobs(repo.base, ['a.ts', 'lib/ü "x".ts', 'lib', 'nope']);
    expect(await repo.vault.paths(repo.base)).toEqual(Object.keys(files).sort());
    expect([...blobs.keys()]).toEqual(['a.ts', 'lib/ü "x".ts']);
    expect((await repo.vault.readBlob(blobs.get('a.ts')?.blob ?? '')).toString()).toBe('a\n');
    expect(await repo.vault.read(repo.base, 'lib/b.ts')).toBe('b\n');
    expect(await repo.vault.read(repo.base, 'lib')).toBeNull();
    expect(await repo.vault.read(repo.base, 'nope')).toBeNull();
    expect(await repo.vault.treeOf(repo.base)).toBe(await repo.git('rev-parse', 'HEAD^{tree}'));
  });

  it('does not read a link as a file', async () => {
    repo = await openedRepository({ files });
    const { blob } = await blobOf('a.ts');
    const link = await edited(repo.base, [{ path: 'l', kind: 'blob', mode: '120000', blob }]);
    expect(await repo.vault.read(link, 'l')).toBeNull();
  });

  it('takes names literally', async () => {
    repo = await openedRepository({ files: { 'a*.ts': '1', 'ab.ts': '2', ':(top)x': '3', '-x': '4' } });
    for (const path of ['a*.ts', ':(top)x', '-x']) {
      expect([...(await repo.vault.blobs(repo.base, [path])).keys()]).toEqual([path]);
    }
  });

  it('looks up more paths than fit on a command line', async () => {
    repo = await openedRepository({
      files: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, `${i}`])),
    });
    const asked = [...(await repo.vault.paths(repo.base)), 'nope'];
    expect((await repo.vault.blobs(repo.base, asked)).size).toBe(300);
  });

  it('reads many blobs at once, each whole', async () => {
    repo = await openedRepository({ files: { empty: '', 'new\nline': 'a\n\nb', bin: Buffer.from([0, 10, 255, 10]) } });
    const blobs = await repo.vault.blobs(repo.base, ['empty', 'new\nline', 'bin']);
    const read = await Promise.all([...blobs.values()].map(({ blob }) => repo.vault.readBlob(blob)));
    expect(Object.fromEntries([...blobs.keys()].map((path, i) => [path, read[i]]))).toEqual({
      empty: Buffer.from(''),
      'new\nline': Buffer.from('a\n\nb'),
      bin: Buffer.from([0, 10, 255, 10]),
    });
  });

  it('says which blob is missing and still reads the others', async () => {
    repo = await openedRepository({ files });
    const { blob } = await blobOf('a.ts');
    const [missing, found] = await Promise.allSettled(['b'.repeat(40), blob].map((one) => repo.vault.readBlob(one)));
    expect(missing).toMatchObject({ reason: { problem: { code: 'objects-missing', commit: 'b'.repeat(40) } } });
    expect(found).toMatchObject({ value: Buffer.from('a\n') });
  });

  it('applies edits to a tree and leaves the rest', async () => {
    repo = await openedRepository({ files });
    const { blob } = await blobOf('a.ts');
    await chmod(join(repo.root, 'run.sh'), 0o755);
    const from = await repo.commit('Executable');
    const to = await edited(from, [
      { path: 'run.sh', kind: 'text', text: 'echo\n' },
      { path: 'deep/er/new.md', kind: 'text', text: 'new\n' },
      { path: 'copy.ts', kind: 'blob', blob, mode: '100644' },
      { path: 'lib', kind: 'text', text: 'a file takes the place of a folder' },
      { path: 'lib/b.ts', kind: 'delete' },
      { path: 'a.ts/inner.ts', kind: 'text', text: 'a folder takes the place of a file' },
      { path: 'a.ts', kind: 'delete' },
      { path: 'never-there', kind: 'delete' },
    ]);
    const changes = await repo.vault.changes(from, to);
    expect(changes.map(({ path, status, newMode }) => `${status} ${path} ${newMode}`)).toEqual([
      'deleted a.ts 000000',
      'added a.ts/inner.ts 100644',
      'added copy.ts 100644',
      'added deep/er/new.md 100644',
      'added lib 100644',
      'deleted lib/b.ts 000000',
      'deleted lib/ü "x".ts 000000',
      'modified run.sh 100755',
    ]);
    expect(await repo.vault.treeOf(await edited(from, []))).toBe(await repo.vault.treeOf(from));
  });

  it('commits in the name of the given person', async () => {
    repo = await openedRepository({ files });
    const author = { name: 'Ünal', email: 'u@example.com' };
    const tree = await repo.vault.treeOf(repo.base);
    const message = 'US-1: cart\n\nPrd-Story: US-1\n';
    const commit = await repo.vault.commit({ tree, parents: [repo.base], message, author });
    expect(await inVault('log', '-1', '--format=%an %ae %cn %ce %P%n%B', commit)).toBe(
      `Ünal u@example.com Ünal u@example.com ${repo.base}\n${message}`,
    );
  });

  it('lists changes with both blobs and modes', async () => {
    repo = await openedRepository({ files });
    const to = await repo.candidate({ 'a.ts': 'A\n', 'lib/b.ts': null, 'c.ts': 'c\n' });
    const blob = expect.stringMatching(/^[0-9a-f]{40}$/);
    expect(await repo.vault.changes(repo.base, to)).toEqual([
      { path: 'a.ts', status: 'modified', oldMode: '100644', newMode: '100644', oldBlob: blob, newBlob: blob },
      { path: 'c.ts', status: 'added', oldMode: '000000', newMode: '100644', oldBlob: null, newBlob: blob },
      { path: 'lib/b.ts', status: 'deleted', oldMode: '100644', newMode: '000000', oldBlob: blob, newBlob: null },
    ]);
    expect(await repo.vault.changes(to, to)).toEqual([]);
  });

  it('shows a diff of all files or of some, with as much context as asked', async () => {
    const body = 'function f() {\n  one();\n  two();\n  three();\n  four();\n  five();\n  six();\n}\n';
    repo = await openedRepository({ files: { ...files, 'f.js': body } });
    const to = await repo.candidate({ 'f.js': body.replace('six', '6'), 'a.ts': 'A\n' });
    expect(await repo.vault.diff(repo.base, to)).toMatch(/^diff --git a\/a.ts[\s\S]+^diff --git a\/f.js/m);
    expect(await repo.vault.diff(repo.base, to, { paths: ['a.ts'] })).not.toContain('f.js');
    expect(await repo.vault.diff(repo.base, to, { paths: ['f.js'], context: 0 })).not.toContain('five');
    expect(await repo.vault.diff(repo.base, to, { paths: ['f.js'], context: 'function' })).toContain('one()');
    expect(await repo.vault.diff(to, to)).toBe('');
  });

  it('merges what does not overlap and names the paths that do', async () => {
    repo = await openedRepository({ files });
    const theirs = await repo.candidate({ 'a.ts': 'theirs\n', 'new.ts': 'n\n' });
    const head = await repo.commit('By hand', { 'lib/b.ts': 'B\n' });
    const merge = await repo.vault.merge(head, theirs);
    const tree = merge.kind === 'clean' ? merge.tree : '';
    expect((await repo.vault.changes(repo.base, tree)).map(({ path }) => path)).toEqual(['a.ts', 'lib/b.ts', 'new.ts']);
    const clash = await repo.commit('Clash', { 'a.ts': 'ours\n' });
    expect(await repo.vault.merge(clash, theirs)).toEqual({ kind: 'conflict', paths: ['a.ts'] });
  });

  it('knows what is in the history of a commit', async () => {
    repo = await openedRepository({ files });
    const next = await repo.commit('Next');
    expect(await repo.vault.contains(next, repo.base)).toBe(true);
    expect(await repo.vault.contains(repo.base, next)).toBe(false);
    await expect(repo.vault.contains(next, 'c'.repeat(40))).rejects.toMatchObject({
      problem: { code: 'objects-missing' },
    });
  });

  it('sets, lists and deletes refs', async () => {
    repo = await openedRepository({ files });
    await repo.vault.setRef('refs/prd/attempts/US-1/1', repo.base);
    await repo.vault.setRef('refs/prd/attempts/US-10/1', repo.base);
    expect(await repo.vault.ref('refs/prd/attempts/US-1/1')).toBe(repo.base);
    expect(await repo.vault.ref('refs/prd/attempts/US-1')).toBeNull();
    expect([...(await repo.vault.refs('refs/prd/attempts/US-1'))]).toEqual([['refs/prd/attempts/US-1/1', repo.base]]);
    expect((await repo.vault.refs('refs/prd/attempts/')).size).toBe(2);
    await repo.vault.setRef('refs/prd/attempts/US-1/1', null);
    await repo.vault.setRef('refs/prd/attempts/US-1/1', null);
    expect(await repo.vault.ref('refs/prd/attempts/US-1/1')).toBeNull();
  });

  it.each(['refs/prd/a..b', 'refs/prd/-D/../x', '--upload-pack=touch x', 'refs/prd/a b'])(
    'refuses the ref name `%s`',
    async (name) => {
      repo = await openedRepository({ files });
      await expect(repo.vault.setRef(name, repo.base)).rejects.toMatchObject({ problem: { code: 'git-failed' } });
    },
  );

  it('takes many writes at once', async () => {
    repo = await openedRepository({ files });
    const names = Array.from({ length: 24 }, (_, i) => `refs/prd/attempts/US-${i}/1`);
    await Promise.all(names.map((name) => repo.vault.setRef(name, repo.base)));
    await Promise.all(names.slice(0, 12).map((name) => repo.vault.setRef(name, null)));
    expect([...(await repo.vault.refs('refs/prd')).keys()].sort()).toEqual(names.slice(12).sort());
  });

  it('outlives a rewritten and pruned history once the base is kept', async () => {
    repo = await openedRepository({ files });
    const base = await repo.commit('Base', { 'a.ts': 'kept\n' });
    await repo.vault.keep(base);
    await repo.vault.keep(base);
    await forget();
    expect(await repo.vault.read(base, 'a.ts')).toBe('kept\n');
    expect(await repo.git('for-each-ref', '--format=%(refname)', 'refs/prd')).toBe(`refs/prd/keep/${base}`);
  });

  it('calls a pruned base missing, never an empty tree', async () => {
    repo = await openedRepository({ files });
    const base = await repo.commit('Base', { 'a.ts': 'lost\n' });
    const attempt = await repo.candidate({ 'b.ts': 'b\n' }, base);
    await forget();
    const missing = { problem: { code: 'objects-missing' } };
    const [head] = [repo.base];
    await expect(repo.vault.read(base, 'a.ts')).rejects.toMatchObject(missing);
    await expect(repo.vault.paths(base)).rejects.toMatchObject(missing);
    await expect(repo.vault.changes(base, attempt)).rejects.toMatchObject(missing);
    await expect(repo.vault.merge(head, attempt)).rejects.toMatchObject(missing);
    await expect(edited(base, [{ path: 'a.ts', kind: 'delete' }])).rejects.toMatchObject(missing);
    await expect(repo.vault.keep(base)).rejects.toMatchObject(missing);
    await expect(repo.trees.open(base, 'verify')).rejects.toMatchObject(missing);
  });

  it('keeps a commit that only the vault has by its own refs', async () => {
    repo = await openedRepository({ files });
    const attempt = await repo.candidate({ 'b.ts': 'b\n' });
    await expect(repo.vault.keep(attempt)).resolves.toBeUndefined();
    expect(await repo.git('for-each-ref', 'refs/prd')).toBe('');
  });

  it('shows the original of a replaced object', async () => {
    repo = await openedRepository({ files });
    const [from, to] = [await repo.git('rev-parse', 'HEAD:a.ts'), await repo.git('rev-parse', 'HEAD:lib/b.ts')];
    await repo.git('replace', from, to);
    expect(await repo.git('show', 'HEAD:a.ts')).toBe('b');
    expect(await repo.vault.read(repo.base, 'a.ts')).toBe('a\n');
  });

  it('works on a shallow clone', async () => {
    const origin = await openedRepository({ files });
    await origin.commit('Second', { 'a.ts': '2\n' });
    await origin.git('clone', '-q', '--depth', '1', `file://${origin.root}`, join(origin.folder, 'shallow'));
    repo = await openOn(origin, join(origin.folder, 'shallow'));
    const attempt = await repo.candidate({ 'a.ts': '3\n' });
    expect(await repo.vault.merge(repo.base, attempt)).toMatchObject({ kind: 'clean' });
    expect(await (await repo.trees.open(attempt, 'verify')).changedFiles()).toEqual([]);
  });

  it('works on a sha256 repository', async () => {
    repo = await openedRepository({ files, objectFormat: 'sha256' });
    const attempt = await repo.candidate({ 'a.ts': '3\n', 'lib/b.ts': null });
    expect(attempt).toHaveLength(64);
    expect(await repo.vault.merge(repo.base, attempt)).toMatchObject({ kind: 'clean' });
    const tree = await repo.trees.open(attempt, 'verify');
    expect(await tree.shell('git status --porcelain && git log --format=%H', { timeoutMs: 10_000 })).toMatchObject({
      exitCode: 0,
      stdout: { text: `${attempt}\n` },
    });
    expect(await repo.checkout.canFollow('main', repo.base, attempt)).toBe(true);
    expect(await repo.checkout.moveBranch('main', repo.base, attempt)).toBe('moved');
    expect(await repo.checkout.follow('main', repo.base, attempt)).toBe('followed');
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  it('is opened again as it was, with what the user ignores by now', async () => {
    repo = await openedRepository({ files });
    await repo.vault.setRef('refs/prd/x', repo.base);
    await mkdir(join(repo.root, '.git/info'), { recursive: true });
    await appendFile(join(repo.root, '.git/info/exclude'), 'private/\n');
    const again = await openVault(repo.prdGit, repo.repository, repo.stateDir);
    expect(await again.ref('refs/prd/x')).toBe(repo.base);
    expect(await readFile(join(again.dir, 'info/exclude'), 'utf8')).toContain('private/');
    await rm(join(repo.root, '.git/info'), { recursive: true });
    await openVault(repo.prdGit, repo.repository, repo.stateDir);
    expect(await readdir(join(again.dir, 'info'))).toEqual([]);
  });

  it('is opened by several at once, and only once made', async () => {
    repo = await openedRepository({ files });
    const stateDir = join(repo.folder, 'state', 'fresh');
    const repository = await findRepository(repo.prdGit, repo.root);
    const vaults = await Promise.all([1, 2, 3, 4].map(() => openVault(repo.prdGit, repository, stateDir)));
    expect(await readdir(stateDir)).toEqual(['vault.git']);
    for (const vault of vaults) expect(await vault.read(repo.base, 'a.ts')).toBe('a\n');
  });

  it('removes what killed operations left, but nothing of today', async () => {
    repo = await openedRepository({ files });
    const scratch = join(repo.vault.dir, 'prd-scratch');
    await writeFile(join(scratch, 'old.index.lock'), '');
    await writeFile(join(scratch, 'young.index'), '');
    const twoDaysAgo = Date.now() / 1_000 - 2 * 86_400;
    await utimes(join(scratch, 'old.index.lock'), twoDaysAgo, twoDaysAgo);
    await openVault(repo.prdGit, repo.repository, repo.stateDir);
    expect(await readdir(scratch)).toEqual(['young.index']);
  });

  it('says which disk operation failed', async () => {
    repo = await openedRepository({ files });
    await writeFile(join(repo.folder, 'state', 'file'), '');
    const opening = openVault(repo.prdGit, repo.repository, join(repo.folder, 'state', 'file'));
    await expect(opening).rejects.toMatchObject({ problem: { code: 'disk', operation: 'create' } });
  });

  async function blobOf(path: string) {
    const entry = (await repo.vault.blobs(repo.base, [path])).get(path);
    if (entry === undefined) throw new Error(`no ${path}`);
    return entry;
  }

  async function inVault(...args: string[]): Promise<string> {
    const { stdout } = await repo.prdGit.run({ gitDir: repo.vault.dir, args });
    return stdout.toString('utf8').replace(/\n$/, '');
  }

  async function forget(): Promise<void> {
    await repo.git('reset', '-q', '--hard', 'HEAD~1');
    await repo.git('reflog', 'expire', '--expire=now', '--all');
    await repo.git('gc', '-q', '--prune=now');
  }
});

describe('temporaryRepository', () => {
  it('reads nothing of the developer', async () => {
    const repo = await temporaryRepository();
    expect(await repo.git('log', '-1', '--format=%an <%ae>')).toBe('Ada <ada@example.com>');
    await repo.cleanup();
  });
});
