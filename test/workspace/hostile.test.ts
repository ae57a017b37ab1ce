import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository, openOn } from './opened-repository.ts';

const hooks = [
  ...['applypatch-msg', 'pre-applypatch', 'post-applypatch', 'pre-commit', 'pre-merge-commit', 'prepare-commit-msg'],
  ...['commit-msg', 'post-commit', 'pre-rebase', 'post-checkout', 'post-merge', 'pre-push', 'pre-receive', 'update'],
  ...['proc-receive', 'post-receive', 'post-update', 'reference-transaction', 'push-to-checkout', 'pre-auto-gc'],
  ...['post-rewrite', 'sendemail-validate', 'fsmonitor-watchman', 'p4-changelist', 'p4-prepare-changelist'],
  ...['p4-post-changelist', 'p4-pre-submit', 'post-index-change'],
];

describe('nothing of a hostile repository runs', () => {
  let repo: OpenedRepository;
  let markers: string;

  beforeEach(async () => {
    repo = await openedRepository({
      files: { 'a.ts': 'a\n', 'b.ts': 'b\n', '.gitattributes': '* filter=evil diff=evil merge=evil\n' },
    });
    markers = join(repo.folder, 'markers');
    await mkdir(markers);
  });

  afterEach(() => repo.cleanup());

  it('knows all 28 hooks', () => expect(new Set(hooks).size).toBe(28));

  it('from finding the repository to the landing on a branch', async () => {
    await plant(join(repo.root, '.git'), [...settings(), ...filters()]);
    const again = await openOn(repo);
    await again.vault.keep(again.base);
    const work = await again.workspace();
    await writeFile(join(work.dir, 'a.ts'), 'A\n');
    const { commit } = await again.vault.snapshot(
      { dir: work.dir, base: again.base },
      'refs/prd/attempts/1',
      'Attempt',
    );
    const merge = await again.vault.merge(again.base, commit ?? '');
    expect(merge).toMatchObject({ kind: 'clean' });
    expect(await again.vault.diff(again.base, commit ?? '')).toContain('+A');
    const candidate = await again.candidate({ 'PRD.json': '{}\n' }, commit ?? '');
    const verify = await again.trees.open(candidate, 'verify');
    expect(await verify.changedFiles()).toEqual([]);
    await writeFile(join(repo.root, 'b.ts'), 'dirty\n');
    expect(await again.checkout.dirty()).toEqual(['b.ts']);
    expect(await again.checkout.identity()).toMatchObject({ name: 'Ada' });
    expect(await again.checkout.canFollow('prd/run', again.base, candidate)).toBe(true);
    expect(await again.checkout.moveBranch('prd/run', null, candidate)).toBe('moved');
    expect(await again.checkout.moveBranch('main', again.base, candidate)).toBe('moved');
    expect(await again.trees.sweep()).toBe(0);
    expect(await ran()).toEqual([]);
    expect(await provoked(repo.root)).toEqual(expect.arrayContaining(['fsmonitor', 'filter-process']));
  });

  it('in the fast-forward of the checkout, but for the user’s own filters', async () => {
    await plant(join(repo.root, '.git'), [...settings(), ['core.hooksPath', '.husky']]);
    await plantHooks(join(repo.root, '.husky'));
    const again = await openOn(repo);
    const to = await again.candidate({ 'a.ts': 'A\n', 'new.ts': 'n\n' });
    // Touched: every path of the fast-forward has to look twice.
    execFileSync('touch', ['-d', '2001-01-01', 'a.ts', 'b.ts'], { cwd: repo.root });
    expect(await again.checkout.canFollow('main', again.base, to)).toBe(true);
    expect(await again.checkout.moveBranch('main', again.base, to)).toBe('moved');
    expect(await again.checkout.recoverFollow('main', again.base, to)).toEqual({ kind: 'clean' });
    expect(await again.read('new.ts')).toBe('n\n');
    expect(await again.checkout.follow('main', again.base, to)).toBe('followed');
    expect(await ran()).toEqual([]);
    expect(await provoked(repo.root)).toEqual(expect.arrayContaining(['fsmonitor', 'post-index-change']));
  });

  it('in a workspace whose git folder the agent made its own', async () => {
    const work = await repo.workspace();
    await plant(join(work.dir, '.git'), [...settings(), ...filters()]);
    await writeFiles(work.dir, {
      'a.ts': 'A\n',
      '.gitattributes': '* filter=evil diff=evil merge=evil text=auto\n',
      'nested/x.ts': 'x\n',
      'bare/refs/x': 'x',
      'bare/objects/x': 'x',
      'bare/HEAD': 'ref: refs/heads/x\n',
    });
    execFileSync('git', ['init', '-q', '--template=', join(work.dir, 'nested')], { env: repo.env });
    await plant(join(work.dir, 'nested/.git'), [...settings(), ...filters()]);
    await plant(join(work.dir, 'bare'), [...settings(), ...filters(), ['core.bare', 'true']]);
    expect(await work.changedFiles()).toEqual(['.gitattributes', 'a.ts']);
    const taken = await repo.vault.snapshot({ dir: work.dir, base: work.base }, 'refs/prd/attempts/1', 'Attempt');
    expect(taken.refused).toMatchObject([{ path: 'bare/HEAD' }, { path: 'nested/.git' }]);
    expect(taken.changes.map(({ path }) => path)).toEqual(expect.arrayContaining(['.gitattributes', 'a.ts']));
    await writeFile(join(work.dir, '..', 'owner.json'), '{"pid":4194399,"startTicks":"1"}');
    expect(await repo.trees.sweep()).toBe(1);
    expect(await ran()).toEqual([]);
  });

  const ran = async () => (await readdir(markers)).sort();

  /** What an ordinary git in the same place would have run: shows that the traps work. */
  async function provoked(root: string): Promise<string[]> {
    execFileSync('touch', ['-d', '2002-02-02', 'a.ts'], { cwd: root });
    for (const args of [['status'], ['add', '-A'], ['diff', 'HEAD']]) {
      try {
        execFileSync('git', args, { cwd: root, env: repo.env, stdio: 'ignore' });
      } catch {
        // Some traps make git fail, which is as good.
      }
    }
    return ran();
  }

  const trap = (name: string) => `touch ${join(markers, name)};`;

  function settings(): [string, string][] {
    return [
      ['core.fsmonitor', trap('fsmonitor')],
      ['core.pager', trap('pager')],
      ['core.editor', trap('editor')],
      ['core.askPass', trap('askpass')],
      ['core.sshCommand', trap('ssh')],
      ['core.gitProxy', trap('proxy')],
      ['core.alternateRefsCommand', trap('alternate-refs')],
      ['sequence.editor', trap('sequence-editor')],
      ['interactive.diffFilter', trap('diff-filter')],
      ['diff.external', trap('diff-external')],
      ['diff.evil.command', trap('diff-command')],
      ['diff.evil.textconv', trap('textconv')],
      ['merge.evil.driver', trap('merge-driver')],
      ['merge.default', 'evil'],
      ['gpg.program', trap('gpg')],
      ['commit.gpgSign', 'true'],
      ['log.showSignature', 'true'],
      ['credential.helper', `!${trap('credential')}`],
      ['uploadpack.packObjectsHook', trap('pack-objects')],
      ['remote.origin.url', `ext::sh -c ${trap('ext')}`],
      ['remote.origin.uploadpack', trap('upload-pack')],
      ['url.ext::sh.insteadOf', 'file://'],
      ['protocol.ext.allow', 'always'],
      ['alias.write-tree', `!${trap('alias')}`],
      ['trailer.evil.command', trap('trailer')],
      ['gc.auto', '1'],
      ['submodule.recurse', 'true'],
    ];
  }

  function filters(): [string, string][] {
    return [
      ['filter.evil.clean', trap('filter-clean')],
      ['filter.evil.smudge', trap('filter-smudge')],
      ['filter.evil.process', trap('filter-process')],
      ['filter.evil.required', 'true'],
    ];
  }

  async function plant(gitDir: string, config: readonly (readonly [string, string])[]): Promise<void> {
    await plantHooks(join(gitDir, 'hooks'));
    await appendFile(join(gitDir, 'config'), '');
    for (const [key, value] of config) execFileSync('git', ['config', '-f', join(gitDir, 'config'), key, value]);
  }

  async function plantHooks(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const name of hooks) {
      await writeFile(join(folder, name), `#!/bin/sh\n${trap(name)}\n`);
      await chmod(join(folder, name), 0o755);
    }
  }
});
