import { execFileSync } from 'node:child_process';
import { appendFile, chmod, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot, Workspace } from '../../src/workspace/workspace.ts';
import { type Files, writeFiles } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository } from './opened-repository.ts';

describe('snapshot', () => {
  let repo: OpenedRepository;
  let work: Workspace;

  const files = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n', 'docs/c.md': 'c\n', '.gitignore': 'dist/\n*.log\n' };

  afterEach(() => repo.cleanup());

  it('is the folder’s content on top of the base', async () => {
    await open();
    await write({ 'src/a.ts': 'A\n', 'src/b.ts': null, 'new/deep/d.ts': 'd\n' });
    await chmod(join(work.dir, 'docs/c.md'), 0o755);
    const taken = await take();
    expect(taken).toMatchObject({ base: repo.base, refused: [] });
    expect(taken.changes.map(({ status, path, oldMode, newMode }) => [status, path, oldMode, newMode])).toEqual([
      ['modified', 'docs/c.md', '100644', '100755'],
      ['added', 'new/deep/d.ts', '000000', '100644'],
      ['modified', 'src/a.ts', '100644', '100644'],
      ['deleted', 'src/b.ts', '100644', '000000'],
    ]);
    expect(await repo.vault.ref('refs/prd/attempts/1')).toBe(taken.commit);
    expect(await repo.vault.read(taken.commit ?? '', 'src/a.ts')).toBe('A\n');
    expect(await repo.vault.contains(taken.commit ?? '', repo.base)).toBe(true);
  });

  it('of an untouched workspace is no commit', async () => {
    await open();
    await utimes(join(work.dir, 'src/a.ts'), 1, 1);
    expect(await take()).toEqual({ commit: null, base: repo.base, changes: [], refused: [] });
    expect(await repo.vault.ref('refs/prd/attempts/1')).toBeNull();
  });

  it('of a workspace that went on from an earlier one counts from the base', async () => {
    await open();
    await write({ 'src/a.ts': 'A\n' });
    const first = await take();
    work = await repo.workspace({ from: first.commit ?? '' });
    await write({ 'src/b.ts': 'B\n' });
    const second = await take();
    expect(paths(second)).toEqual(['src/a.ts', 'src/b.ts']);
    expect(await repo.vault.ref('refs/prd/attempts/1')).toBe(second.commit);
  });

  it('is not fooled by flags, excludes and attributes of the workspace’s own git', async () => {
    await open();
    const inside = (...args: string[]) => execFileSync('git', args, { cwd: work.dir, env: repo.env });
    inside('update-index', '--assume-unchanged', 'src/a.ts');
    inside('update-index', '--skip-worktree', 'src/b.ts');
    await appendFile(join(work.dir, '.git/info/exclude'), 'hidden.ts\n');
    await writeFile(join(work.dir, '.git/info/attributes'), '* -text filter=evil\n');
    await write({ 'src/a.ts': 'A\n', 'src/b.ts': 'B\n', 'hidden.ts': 'h\n' });
    inside('commit', '-q', '-a', '--allow-empty', '-m', 'the agent commits');
    expect(paths(await take())).toEqual(['hidden.ts', 'src/a.ts', 'src/b.ts']);
  });

  it('sees an edit of the same length in the second of the checkout', async () => {
    await open();
    for (let round = 0; round < 5; round += 1) {
      await writeFile(join(work.dir, 'src/a.ts'), `${round}\n`);
      const taken = await take();
      expect(await repo.vault.read(taken.commit ?? '', 'src/a.ts')).toBe(`${round}\n`);
    }
  });

  it('works without the workspace’s git folder, and with a damaged index', async () => {
    await open();
    await write({ 'src/a.ts': 'A\n' });
    await rm(join(work.dir, '.git'), { recursive: true });
    for (const damage of ['', 'DIRC garbage']) {
      await writeFile(join(dirname(work.dir), 'index'), damage);
      expect(paths(await take())).toEqual(['src/a.ts']);
    }
    await rm(join(dirname(work.dir), 'index'));
    expect(paths(await take())).toEqual(['src/a.ts']);
  });

  it('leaves ignored files out: by the repository, by its `info/exclude`, and dependency folders in any case', async () => {
    await open({ exclude: 'private/\n' });
    await write({
      'dist/x.js': 'x',
      'src/x.log': 'x',
      'private/p': 'p',
      'node_modules/x/y.js': 'x',
      'sub/.venv/z': 'z',
    });
    expect(await take()).toMatchObject({ commit: null, refused: [] });
  });

  it('keeps a tracked file that is ignored', async () => {
    repo = await openedRepository({ files: { 'a.ts': 'a' } });
    await repo.write({ '.gitignore': '*.log\n', 'kept.log': '1\n' });
    await repo.git('add', '-f', '.');
    const base = await repo.commit('Log');
    work = { ...(await repo.workspace({ from: base })), base };
    await write({ 'kept.log': '2\n', 'other.log': 'x\n' });
    expect(paths(await take())).toEqual(['kept.log']);
  });

  it('honours rules that the attempt adds', async () => {
    await open();
    await write({ '.gitignore': 'dist/\n*.log\ngenerated/\n', 'generated/x': 'x' });
    expect(paths(await take())).toEqual(['.gitignore']);
  });

  it('still holds rules of the base that the attempt took away, unless it says so explicitly', async () => {
    await open();
    await write({ '.gitignore': null, 'dist/x.js': 'x', 'a.log': 'x' });
    expect(paths(await take())).toEqual(['.gitignore']);
    await write({ '.gitignore': '!dist/\n' });
    expect(paths(await take())).toEqual(['.gitignore', 'dist/x.js']);
  });

  it('normalises line ends as the base does', async () => {
    await open({ files: { ...files, '.gitattributes': '*.ts text\n*.bat text eol=crlf\n', 'x.bat': 'a\n' } });
    expect(await readFile(join(work.dir, 'x.bat'), 'utf8')).toBe('a\r\n');
    await write({ 'src/a.ts': 'a\r\nb\r\n' });
    const taken = await take();
    expect(paths(taken)).toEqual(['src/a.ts']);
    expect(await repo.vault.read(taken.commit ?? '', 'src/a.ts')).toBe('a\nb\n');
  });

  it('keeps LFS files as the pointers they are', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n';
    await open({ files: { '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n', 'a.bin': pointer } });
    expect(await readFile(join(work.dir, 'a.bin'), 'utf8')).toBe(pointer);
    await write({ 'b.bin': pointer.replace('aa', 'bb') });
    expect(paths(await take())).toEqual(['b.bin']);
  });

  it('replaces a file by a folder, a folder by a link and a folder by a file', async () => {
    await open();
    await write({ 'docs/c.md': null });
    await write({ 'docs/c.md/inner.md': 'i\n', src: null });
    await symlink('docs', join(work.dir, 'src'));
    expect((await take()).changes.map(({ status, path, newMode }) => `${status} ${path} ${newMode}`)).toEqual([
      'deleted docs/c.md 000000',
      'added docs/c.md/inner.md 100644',
      'added src 120000',
      'deleted src/a.ts 000000',
      'deleted src/b.ts 000000',
    ]);
    await rm(join(work.dir, 'src'));
    await write({ src: 'a file\n' });
    expect((await take()).changes).toContainEqual(expect.objectContaining({ path: 'src', newMode: '100644' }));
  });

  describe('refuses, and takes the rest:', () => {
    const rest = { 'src/a.ts': 'A\n' };
    type Arrange = (dir: string) => Promise<unknown>;
    const nestedRepository: Arrange = async (dir) => {
      await writeFiles(dir, { 'vendor/x.ts': 'x' });
      execFileSync('git', ['init', '-q', join(dir, 'vendor')], { env: repo.env });
    };
    const bare = { 'b/HEAD': 'ref: refs/heads/x\n', 'b/objects/a': 'x', 'b/refs/a': 'x' };
    const fifoFor: Arrange = async (dir) => {
      await rm(join(dir, 'src/b.ts'));
      await fifo(join(dir, 'src/b.ts'));
    };

    const cases: [string, Arrange, string[]][] = [
      ['a nested repository', nestedRepository, ['nested-git vendor/.git']],
      ['a nested pointer', (dir) => writeFiles(dir, { 'v/.git': 'gitdir: /x\n', 'v/a': 'x' }), ['nested-git v/.git']],
      ['git data beside tracked files', (dir) => writeFiles(dir, { 'src/.GIT/hooks/x': 'x' }), ['nested-git src/.GIT']],
      ['the head of a bare repository', (dir) => writeFiles(dir, bare), ['nested-git b/HEAD']],
      ['a replaced git folder', replaceGit, ['nested-git .git']],
      [
        'a spoofed common folder',
        (dir) => writeFiles(dir, { '.git/commondir': '/x\n' }),
        ['nested-git .git/commondir'],
      ],
      ['an absolute link', (dir) => symlink('/etc/passwd', join(dir, 'l')), ['escaping-link l']],
      ['a climbing link', (dir) => symlink('../../x', join(dir, 'src/l')), ['escaping-link src/l']],
      ['a link to git data', (dir) => symlink('.git/config', join(dir, 'l')), ['escaping-link l']],
      ['a fifo', (dir) => fifo(join(dir, 'src/pipe')), ['special-file src/pipe']],
      ['a fifo in the place of a file', fifoFor, ['special-file src/b.ts']],
      ['a name with a line end', (dir) => writeFiles(dir, { 'x\ny': 'x' }), ['control-bytes x\ny']],
      [
        'a name that is no UTF-8',
        (dir) => writeFile(Buffer.from(`${dir}/\xff`, 'latin1'), 'x'),
        ['control-bytes \ufffd'],
      ],
      ['a name that differs in case', (dir) => writeFiles(dir, { 'src/B.ts': 'x' }), ['case-collision src/B.ts']],
      ['a file of 51 MB', (dir) => sparse(join(dir, 'big.bin'), 51), ['oversize big.bin']],
    ];

    it.each(cases)('%s', async (_, arrange, refused) => {
      await open();
      await arrange(work.dir);
      await write(rest);
      const taken = await take();
      expect(taken.refused.map(({ kind, path }) => `${kind} ${path}`)).toEqual(refused);
      const others = new Set(['b/objects/a', 'b/refs/a', 'v/a']);
      expect(paths(taken).filter((path) => !others.has(path))).toEqual(['src/a.ts']);
    });

    it('edits inside a submodule, while an empty one is fine', async () => {
      repo = await openedRepository({ files });
      const module = join(repo.folder, 'module');
      await repo.git('clone', '-q', repo.root, module);
      await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module, 'lib/m');
      const base = await repo.commit('Submodule');
      work = { ...(await repo.workspace({ from: base })), base };
      await write(rest);
      expect(await take()).toMatchObject({ refused: [], changes: [{ path: 'src/a.ts' }] });
      await write({ 'lib/m/evil.ts': 'x' });
      expect(await take()).toMatchObject({
        refused: [{ path: 'lib/m', kind: 'submodule-write' }],
        changes: [{ path: 'src/a.ts' }],
      });
      await rm(join(work.dir, 'lib/m'), { recursive: true });
      await write({ 'lib/m': 'a file\n' });
      expect(await take()).toMatchObject({ refused: [{ path: 'lib/m' }], changes: [{ path: 'src/a.ts' }] });
    });
  });

  it('is taken of several workspaces at once', async () => {
    await open();
    const works = await Promise.all([1, 2, 3, 4, 5, 6].map(() => repo.workspace()));
    await Promise.all(works.map((one, i) => writeFiles(one.dir, { [`n${i}.ts`]: `${i}\n` })));
    const taken = await Promise.all(
      works.map((one, i) =>
        repo.vault.snapshot({ dir: one.dir, base: one.base }, `refs/prd/attempts/w${i}`, 'Attempt'),
      ),
    );
    expect(taken.map(paths)).toEqual(works.map((_, i) => [`n${i}.ts`]));
    expect((await repo.vault.refs('refs/prd/attempts/')).size).toBe(works.length);
  });

  async function open(options: { readonly files?: Files; readonly exclude?: string } = {}): Promise<void> {
    repo = await openedRepository({ files: options.files ?? files });
    if (options.exclude !== undefined) await appendFile(join(repo.vault.dir, 'info/exclude'), options.exclude);
    work = await repo.workspace();
  }

  const write = (given: Files) => writeFiles(work.dir, given);
  const take = (): Promise<Snapshot> =>
    repo.vault.snapshot({ dir: work.dir, base: work.base }, 'refs/prd/attempts/1', 'Attempt 1');
  const paths = ({ changes }: Snapshot) => changes.map(({ path }) => path);
});

async function replaceGit(dir: string): Promise<void> {
  await rename(join(dir, '.git'), join(dirname(dir), 'moved'));
  await writeFile(join(dir, '.git'), 'gitdir: ../moved\n');
}

async function fifo(file: string): Promise<void> {
  execFileSync('mkfifo', [file]);
}

async function sparse(file: string, megabytes: number): Promise<void> {
  await writeFile(file, '');
  await truncate(file, megabytes * 1024 * 1024);
}
