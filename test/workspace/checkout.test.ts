import { chmod, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCheckout } from '../../src/workspace/checkout.ts';
import { openGit } from '../../src/workspace/git.ts';
import type { Checkout, Oid } from '../../src/workspace/workspace.ts';
import { gitIn } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository, openOn } from './opened-repository.ts';

const files = { 'a.ts': 'a\n', 'b.ts': 'b\n', 'lib/c.ts': 'c\n', '.gitignore': '*.secret\n' };

describe('checkout', () => {
  let repo: OpenedRepository;

  afterEach(() => repo.cleanup());

  describe('identity', () => {
    it('is the user’s own, from wherever git takes it', async () => {
      repo = await openedRepository({ files });
      expect(await repo.checkout.identity()).toEqual({ name: 'Ada', email: 'ada@example.com' });
      await repo.git('config', 'user.email', 'ada@work.example');
      expect(await repo.checkout.identity()).toEqual({ name: 'Ada', email: 'ada@work.example' });
      await repo.git('config', '--global', `includeIf.gitdir:${repo.root}/.path`, join(repo.folder, 'more'));
      await writeFile(join(repo.folder, 'more'), '[author]\n\tname = Ada Lovelace\n');
      expect(await repo.checkout.identity()).toEqual({ name: 'Ada Lovelace', email: 'ada@work.example' });
      const env = { ...repo.env, GIT_AUTHOR_NAME: 'From the shell' };
      const shell = openCheckout(await openGit(repo.commands, env), repo.repository, repo.vault.dir);
      expect(await shell.identity()).toEqual({ name: 'From the shell', email: 'ada@work.example' });
    });

    it('is null when nobody is configured, never made up', async () => {
      repo = await openedRepository({ files });
      await writeFile(join(repo.env.HOME ?? '', '.gitconfig'), '');
      expect(await repo.checkout.identity()).toBeNull();
    });
  });

  describe('tip', () => {
    it('is the commit of a branch, or null', async () => {
      repo = await openedRepository({ files });
      await repo.git('branch', 'prd/cart');
      await repo.git('tag', 'v1');
      const tips = ['main', 'prd/cart', 'prd', 'v1', '--all', 'a b', '../../x'].map((name) => repo.checkout.tip(name));
      expect(await Promise.all(tips)).toEqual([repo.base, repo.base, null, null, null, null, null]);
    });
  });

  describe('dirty', () => {
    it('names staged, changed, removed and untracked files, and nothing that is ignored', async () => {
      repo = await openedRepository({ files });
      expect(await repo.checkout.dirty()).toEqual([]);
      await repo.write({ 'a.ts': 'A\n', 'lib/c.ts': null, 'new/ü.ts': 'x', 'staged.ts': 's', 'x.secret': 's' });
      await repo.git('add', 'staged.ts');
      await repo.git('config', '--global', 'core.excludesFile', '~/ignored');
      await writeFile(join(repo.env.HOME ?? '', 'ignored'), '.DS_Store\n');
      await repo.write({ '.DS_Store': 'x' });
      await repo.git('rm', '-q', '--cached', 'b.ts');
      const expected = ['a.ts', 'b.ts', 'lib/c.ts', 'new/ü.ts', 'staged.ts'];
      expect(await repo.checkout.dirty()).toEqual(expected);
      await repo.git('config', 'core.splitIndex', 'true');
      await repo.git('update-index', '--split-index');
      expect(await repo.checkout.dirty()).toEqual(expected);
    });

    it('does not call a touched file dirty', async () => {
      repo = await openedRepository({ files });
      await utimes(join(repo.root, 'a.ts'), 1, 1);
      expect(await repo.checkout.dirty()).toEqual([]);
    });

    it('is capped', async () => {
      repo = await openedRepository({ files });
      await repo.write(Object.fromEntries(Array.from({ length: 1_100 }, (_, i) => [`n/${i}`, ''])));
      expect(await repo.checkout.dirty()).toHaveLength(1_000);
    });
  });

  describe('moveBranch', () => {
    it('brings the objects over and moves the branch', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n', 'deep/er/d.ts': 'd\n' });
      expect(await repo.checkout.moveBranch('main', repo.base, to)).toBe('moved');
      expect(await repo.git('rev-parse', 'main')).toBe(to);
      expect(await repo.git('fsck', '--strict')).toBe('');
      expect(await repo.git('log', '-g', '-1', '--format=%gs', 'main')).toBe('prd: land');
      expect(await refs()).toEqual(['refs/heads/main']);
    });

    it('makes a new branch, and loses when it exists', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      expect(await repo.checkout.moveBranch('prd/run-1', null, to)).toBe('moved');
      expect(await repo.checkout.moveBranch('prd/run-1', null, repo.base)).toBe('lost');
      expect(await repo.checkout.tip('prd/run-1')).toBe(to);
    });

    it('changes nothing when somebody was faster', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      const human = await repo.commit('By hand', { 'b.ts': 'B\n' });
      await repo.write({ 'a.ts': 'mine\n' });
      const before = await everything();
      expect(await repo.checkout.moveBranch('main', repo.base, to)).toBe('lost');
      expect(await repo.checkout.tip('main')).toBe(human);
      expect(await everything()).toEqual(before);
    });

    it('is won by exactly one of many', async () => {
      repo = await openedRepository({ files });
      const all = Array.from({ length: 12 }, (_, i) => i);
      const commits = await Promise.all(all.map((i) => repo.candidate({ 'a.ts': `${i}\n` })));
      const outcomes = await Promise.all(commits.map((to) => repo.checkout.moveBranch('main', repo.base, to)));
      expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
      expect(await repo.checkout.tip('main')).toBe(commits[outcomes.indexOf('moved')]);
      expect(await repo.git('fsck')).not.toMatch(/missing|broken/);
    });

    it('says so when a lock that nobody gives back is in the way', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      await writeFile(join(repo.root, '.git/refs/heads/main.lock'), '');
      await expect(repo.checkout.moveBranch('main', repo.base, to)).rejects.toMatchObject({
        problem: { code: 'git-failed' },
      });
      expect(await repo.checkout.tip('main')).toBe(repo.base);
    });

    it.each(['../../evil', '-D', 'a b', 'x.lock', 'HEAD..'])('refuses the branch name `%s`', async (name) => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      await expect(repo.checkout.moveBranch(name, null, to)).rejects.toMatchObject({
        problem: { code: 'bad-branch-name' },
      });
    });

    it('carries a large landing as one pack', async () => {
      repo = await openedRepository({ files });
      const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`n/${i}`, `${i}\n`]));
      const work = await repo.workspace();
      for (const [path, text] of Object.entries(many)) await writeInto(work.dir, path, text);
      const { commit } = await repo.vault.snapshot({ dir: work.dir, base: repo.base }, 'refs/prd/attempts/1', 'Many');
      expect(await repo.checkout.moveBranch('main', repo.base, commit ?? '')).toBe('moved');
      expect(await repo.git('fsck', '--strict')).toBe('');
      expect(
        (await readdir(join(repo.root, '.git/objects/pack'))).filter((name) => name.endsWith('.pack')),
      ).toHaveLength(1);
    });
  });

  describe('a landing', () => {
    it('moves files and index of the checked out branch, and only them', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n', 'lib/c.ts': null, 'new/d.ts': 'd\n' });
      expect(await land(to)).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect(await repo.git('status', '--porcelain')).toBe('');
      expect(await repo.git('rev-parse', 'HEAD')).toBe(to);
      expect([await repo.read('a.ts'), await repo.read('new/d.ts')]).toEqual(['A\n', 'd\n']);
      expect(await readdir(repo.root)).toEqual(['.git', '.gitignore', 'a.ts', 'b.ts', 'new']);
      expect((await readdir(join(repo.root, '.git'))).filter((name) => /prd|lock/.test(name))).toEqual([]);
    });

    it('leaves every byte of the user’s own work: edited, staged, untracked, stashed', async () => {
      repo = await openedRepository({ files });
      await repo.write({ 'b.ts': 'stashed\n' });
      await repo.git('stash', '-q');
      await repo.write({ 'b.ts': 'staged\n', 'own.ts': 'untracked\n', 'x.secret': 'ignored\n' });
      await repo.git('add', 'b.ts');
      await repo.write({ 'b.ts': 'edited after staging\n' });
      const mine = async () => ({
        files: await Promise.all(['b.ts', 'own.ts', 'x.secret'].map(repo.read)),
        staged: await repo.git('show', ':b.ts'),
        stash: await repo.git('stash', 'list', '--format=%H %gs'),
        status: await repo.git('status', '--porcelain'),
        config: await readFile(join(repo.root, '.git/config'), 'utf8'),
      });
      const before = await mine();
      let from = repo.base;
      for (const round of [1, 2, 3]) {
        const to = await repo.candidate({ 'a.ts': `${round}\n`, [`new-${round}.ts`]: 'n\n' }, from);
        expect(await land(to, from)).toEqual({ could: true, moved: 'moved', followed: 'followed' });
        from = to;
      }
      expect(await mine()).toEqual(before);
      expect(await repo.read('a.ts')).toBe('3\n');
    });

    const inTheWay: [string, () => Promise<unknown>][] = [
      ['an edited file', () => repo.write({ 'a.ts': 'mine\n' })],
      ['an edit of the same length in the same second', () => repo.write({ 'a.ts': 'x\n' })],
      [
        'a staged file',
        async () => {
          await repo.write({ 'a.ts': 'mine\n' });
          await repo.git('add', 'a.ts');
          await repo.write({ 'a.ts': 'a\n' });
        },
      ],
      ['an untracked file', () => repo.write({ 'new/d.ts': 'mine\n' })],
      ['an ignored file', () => repo.write({ 'n.secret': 'mine\n' })],
      ['an ignored file in the place of a folder', () => repo.write({ 'deep.secret': 'mine\n' })],
      ['an ignored folder in the place of a file', () => repo.write({ 'n.secret/x': 'mine\n' })],
      ['a link in the place of a folder', () => symlink('lib', join(repo.root, 'new'))],
      [
        'a merge that is not finished',
        async () => {
          await repo.git('checkout', '-q', '-b', 'side');
          await repo.commit('Side', { 'b.ts': 'side\n' });
          await repo.git('checkout', '-q', 'main');
          await repo.git('checkout', '-q', '-b', 'other');
          await repo.commit('Other', { 'b.ts': 'other\n' });
          await repo.git('branch', '-f', 'main', 'other');
          await repo.git('checkout', '-q', 'main');
          await repo.git('merge', 'side').catch(() => {});
        },
      ],
      ['a held index', () => writeFile(join(repo.root, '.git/index.lock'), '')],
      ['no index at all', () => rm(join(repo.root, '.git/index'))],
    ];

    it.each(inTheWay)('is refused with %s in the way, and changes nothing', async (_, arrange) => {
      repo = await openedRepository({ files });
      await arrange();
      const from = await repo.git('rev-parse', 'main');
      const changed = { 'a.ts': 'A\n', 'new/d.ts': 'd\n', 'n.secret': 'n\n', 'deep.secret/x': 'x\n', 'b.ts': 'B\n' };
      const to = await repo.candidate(changed, from);
      const before = await everything();
      expect(await repo.checkout.canFollow('main', from, to)).toBe(false);
      expect(await everything()).toEqual(before);
      expect(await repo.checkout.follow('main', from, to)).toBe('left');
      expect(await everything()).toEqual(before);
    });

    it('is not stopped by files that were only touched', async () => {
      repo = await openedRepository({ files });
      for (const path of Object.keys(files)) await utimes(join(repo.root, path), 1, 1);
      expect(await land(await repo.candidate({ 'a.ts': 'A\n' }))).toMatchObject({ could: true, followed: 'followed' });
    });

    it('is not stopped by edits of other files', async () => {
      repo = await openedRepository({ files });
      await repo.write({ 'b.ts': 'mine\n', 'lib/c.ts': null });
      expect(await land(await repo.candidate({ 'a.ts': 'A\n' }))).toMatchObject({ could: true, followed: 'followed' });
      expect(await repo.git('status', '--porcelain')).toBe(' M b.ts\n D lib/c.ts');
    });

    it('is not stopped by files that already are what it brings, tracked or not', async () => {
      repo = await openedRepository({ files });
      await repo.write({ 'PRD.json': '{}\n', 'a.ts': 'A\n', 'x.secret': 's\n' });
      await symlink('a.ts', join(repo.root, 'link'));
      const link = { path: 'link', kind: 'blob', mode: '120000', blob: await hashed('a.ts') } as const;
      const texts = [
        ['PRD.json', '{}\n'],
        ['a.ts', 'A\n'],
        ['x.secret', 's\n'],
      ] as const;
      const edits = [...texts.map(([path, text]) => ({ path, kind: 'text', text }) as const), link];
      const to = await repo.vault.commit({ tree: repo.base, edits, parents: [repo.base], message: 'PRD.json' });
      expect(await land(to)).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect(await repo.git('status', '--porcelain')).toBe('');
    });

    it('is stopped when an untracked PRD.json differs', async () => {
      repo = await openedRepository({ files });
      await repo.write({ 'PRD.json': '{"mine": true}\n' });
      expect(await repo.checkout.canFollow('main', repo.base, await repo.candidate({ 'PRD.json': '{}\n' }))).toBe(
        false,
      );
    });

    it('keeps what is staged for a file whose bytes already are the new ones', async () => {
      repo = await openedRepository({ files });
      await repo.write({ 'a.ts': 'staged\n' });
      await repo.git('add', 'a.ts');
      await repo.write({ 'a.ts': 'A\n' });
      expect(await repo.checkout.canFollow('main', repo.base, await repo.candidate({ 'a.ts': 'A\n' }))).toBe(false);
      expect(await repo.git('show', ':a.ts')).toBe('staged');
    });

    it('on a branch that is not checked out touches no file', async () => {
      repo = await openedRepository({ files });
      await repo.git('branch', 'prd/cart');
      await repo.write({ 'a.ts': 'mine\n' });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      expect(await land(to, repo.base, 'prd/cart')).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect(await repo.read('a.ts')).toBe('mine\n');
      expect(await repo.git('rev-parse', 'HEAD')).toBe(repo.base);
    });

    it('with a detached HEAD goes to a named branch', async () => {
      repo = await openedRepository({ files });
      await repo.git('checkout', '-q', '--detach');
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      expect(await land(to)).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect([await repo.git('rev-parse', 'HEAD'), await repo.read('a.ts')]).toEqual([repo.base, 'a\n']);
    });

    it('from a linked worktree moves that worktree', async () => {
      const main = await openedRepository({ files });
      await main.git('worktree', 'add', '-q', '-b', 'side', join(main.folder, 'side'));
      repo = await openOn(main, join(main.folder, 'side'));
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      expect(await land(to, repo.base, 'side')).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect([await repo.read('a.ts'), await main.read('a.ts')]).toEqual(['A\n', 'a\n']);
      expect(await gitIn(join(main.folder, 'side'), repo.env)('status', '--porcelain')).toBe('');
    });

    it('moves the checkout of its branch, wherever that is', async () => {
      const main = await openedRepository({ files });
      await main.git('worktree', 'add', '-q', '-b', 'side', join(main.folder, 'side'));
      repo = await openOn(main, join(main.folder, 'side'));
      await writeFile(join(main.root, 'a.ts'), 'mine\n');
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      expect(await repo.checkout.canFollow('main', repo.base, to)).toBe(false);
      await writeFile(join(main.root, 'a.ts'), 'a\n');
      expect(await land(to)).toEqual({ could: true, moved: 'moved', followed: 'followed' });
      expect([await main.read('a.ts'), await repo.read('a.ts')]).toEqual(['A\n', 'a\n']);
    });

    it('forgets worktrees whose folder is gone', async () => {
      repo = await openedRepository({ files });
      await repo.git('worktree', 'add', '-q', '-b', 'side', join(repo.folder, 'side'));
      await rm(join(repo.folder, 'side'), { recursive: true });
      expect(await repo.checkout.canFollow('side', repo.base, await repo.candidate({ 'a.ts': 'A\n' }))).toBe(true);
    });

    it('uses the user’s own filters, and never a hook', async () => {
      repo = await openedRepository({ files: { ...files, '.gitattributes': '*.up filter=up\n', 'x.up': 'low\n' } });
      await repo.git('config', '--global', 'filter.up.smudge', 'tr a-z A-Z');
      await repo.git('config', '--global', 'filter.up.clean', 'tr A-Z a-z');
      await rm(join(repo.root, 'x.up'));
      await repo.git('checkout', '-q', 'x.up');
      await utimes(join(repo.root, 'x.up'), 1, 1);
      expect(await repo.read('x.up')).toBe('LOW\n');
      await mkdir(join(repo.root, '.husky'));
      await writeFile(join(repo.root, '.husky/post-checkout'), '#!/bin/sh\ntouch hooked\n');
      await chmod(join(repo.root, '.husky/post-checkout'), 0o755);
      await repo.git('config', 'core.hooksPath', '.husky');
      expect(await land(await repo.candidate({ 'x.up': 'new\n' }))).toMatchObject({
        could: true,
        followed: 'followed',
      });
      expect(await repo.read('x.up')).toBe('NEW\n');
      expect(await readdir(repo.root)).not.toContain('hooked');
      expect(await repo.git('status', '--porcelain')).toBe('?? .husky/');
    });

    it('waits for a git command of the user that holds the index for a moment', async () => {
      repo = await openedRepository({ files });
      const to = await repo.candidate({ 'a.ts': 'A\n' });
      await repo.checkout.moveBranch('main', repo.base, to);
      const lock = join(repo.root, '.git/index.lock');
      await writeFile(lock, '');
      const following = repo.checkout.follow('main', repo.base, to);
      await rm(lock);
      expect(await following).toBe('followed');
    });
  });

  async function land(to: Oid, from = repo.base, branch = 'main', checkout: Checkout = repo.checkout) {
    const could = await checkout.canFollow(branch, from, to);
    const moved = await checkout.moveBranch(branch, from, to);
    return { could, moved, followed: await checkout.follow(branch, from, to) };
  }

  /** Every file of the checkout with its bytes, what git holds beside it, and the index byte for byte. */
  async function everything() {
    const names = await readdir(repo.root, { recursive: true, withFileTypes: true });
    const plain = names.filter((entry) => entry.isFile() && !join(entry.parentPath, '').includes('.git/objects'));
    const contents = plain.map(async (entry) => [
      entry.name,
      (await readFile(join(entry.parentPath, entry.name))).toString('hex'),
    ]);
    return { files: await Promise.all(contents), refs: await refs() };
  }

  async function refs(): Promise<string[]> {
    return (await repo.git('for-each-ref', '--format=%(refname)')).split('\n');
  }

  async function hashed(text: string): Promise<Oid> {
    const call = { gitDir: repo.vault.dir, args: ['hash-object', '-w', '--stdin'], input: text };
    return (await repo.prdGit.run(call)).stdout.toString('utf8').trim();
  }
});

async function writeInto(dir: string, path: string, text: string): Promise<void> {
  await mkdir(join(dir, path, '..'), { recursive: true });
  await writeFile(join(dir, path), text);
}
