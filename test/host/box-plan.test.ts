import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BoxPlan, boxArguments } from '../../src/host/box-arguments.ts';
import { boxMasks, isWithin } from '../../src/host/box-masks.ts';
import { findToolchains } from '../../src/host/box-toolchains.ts';
import { tempFolder } from './temp-folder.ts';

const plan: BoxPlan = {
  frozen: ['/proc/sys'],
  masks: ['/home', '/tmp'],
  readable: [{ from: '/home/ada/.nvm', to: '/home/ada/.nvm' }],
  hidden: ['/home/ada/.nvm/.npmrc'],
  writable: ['/home/ada/.cache/prd/tree'],
  network: false,
  cwd: '/home/ada/.cache/prd/tree',
};

describe('the arguments of bubblewrap', () => {
  it('lay the root, then empty folders, then toolchains, then what may be written', () => {
    const args = boxArguments(plan).join(' ');
    expect(args).toBe(
      '--ro-bind / / --dev /dev --proc /proc --ro-bind /proc/sys /proc/sys --tmpfs /home --tmpfs /tmp --ro-bind /home/ada/.nvm /home/ada/.nvm ' +
        '--ro-bind /dev/null /home/ada/.nvm/.npmrc --bind /home/ada/.cache/prd/tree /home/ada/.cache/prd/tree ' +
        '--unshare-user --cap-drop ALL --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try --unshare-net ' +
        '--die-with-parent --new-session --info-fd 3 --chdir /home/ada/.cache/prd/tree --',
    );
  });

  it('leave the network where it was approved, and nothing else', () => {
    const [closed, open] = [boxArguments(plan), boxArguments({ ...plan, network: true })];
    expect(closed.filter((word) => !open.includes(word))).toEqual(['--unshare-net']);
  });
});

describe('what is empty inside', () => {
  it('is every home, temporary and runtime folder, and what `prd` and the user keep', () => {
    const mine = tempFolder();
    const masks = boxMasks([mine, join(mine, 'below'), '/usr/share', '/nonexistent']);
    expect(masks).toEqual(expect.arrayContaining(['/run', '/tmp', '/usr/share']));
    expect(masks.filter((mask) => mask.startsWith(mine))).toEqual([]);
  });

  it('is the folder that a link leads to', () => {
    const folder = tempFolder();
    symlinkSync('/usr/share', join(folder, 'link'));
    expect(boxMasks([join(folder, 'link')])).toContain('/usr/share');
  });

  it.each(['/', '/usr', '/etc'])('is never %s: nothing could run', (home) => {
    expect(boxMasks([home])).not.toContain(home);
  });

  it.each([
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/ab', '/a', false],
    ['/', '/a', false],
    ['/a/../b', '/a', false],
    ['/a/..b', '/a', true],
  ])('%s is within %s: %s', (path, folder, expected) => {
    expect(isWithin(path, folder)).toBe(expected);
  });
});

describe('toolchains below a mask', () => {
  /** A home with these files; a link is given by what it leads to. */
  function home(files: readonly string[], links: Readonly<Record<string, string>> = {}) {
    const folder = tempFolder();
    const inside = (path: string) => join(folder, path);
    for (const path of files) {
      mkdirSync(dirname(inside(path)), { recursive: true });
      writeFileSync(inside(path), '');
    }
    for (const [path, target] of Object.entries(links)) {
      mkdirSync(dirname(inside(path)), { recursive: true });
      symlinkSync(inside(target), inside(path));
    }
    return { folder, inside };
  }

  const found = (folder: string, env: Readonly<Record<string, string>>) => {
    const { readable, hidden } = findToolchains({ HOME: folder, ...env }, [folder]);
    const short = (path: string) => path.slice(folder.length + 1);
    return { readable: readable.map(({ to }) => short(to)), hidden: hidden.map(short) };
  };

  it.each<[string, readonly string[], string, readonly string[]]>([
    [
      'nvm: all of it',
      ['.nvm/versions/node/v20/bin/node', '.nvm/versions/node/v20/lib/x'],
      '.nvm/versions/node/v20/bin',
      ['.nvm'],
    ],
    ['pyenv', ['.pyenv/shims/python', '.pyenv/versions/3.12/bin/python'], '.pyenv/shims', ['.pyenv']],
    ['flutter, by what lies beside its bin', ['flutter/bin/flutter', 'flutter/packages/x'], 'flutter/bin', ['flutter']],
    [
      'cargo without its login',
      ['.cargo/bin/cargo', '.cargo/credentials.toml', '.cargo/registry/x'],
      '.cargo/bin',
      ['.cargo/bin', '.cargo/registry'],
    ],
    [
      'go without the sources of the user',
      ['go/bin/x', 'go/pkg/mod/x', 'go/src/secret/x'],
      'go/bin',
      ['go/bin', 'go/pkg'],
    ],
    ['a folder of loose programs', ['bin/tool', 'notes.txt'], 'bin', ['bin']],
    [
      '`~/.local/bin` alone',
      ['.local/bin/tool', '.local/lib/x', '.local/share/keyrings/x'],
      '.local/bin',
      ['.local/bin'],
    ],
    [
      'a project whose bin is on the path, without the project',
      ['shop/bin/x', 'shop/.env', 'shop/src/x'],
      'shop/bin',
      ['shop/bin'],
    ],
    ['nothing for a folder that is not there', [], 'nope/bin', []],
  ])('%s', (_, files, onPath, expected) => {
    const { folder, inside } = home(files);
    expect(found(folder, { PATH: `/usr/bin:${inside(onPath)}` }).readable).toEqual(expected);
  });

  it('never all of a home, even if the path names it', () => {
    const { folder } = home(['lib/x', 'bin/x']);
    expect(found(folder, { PATH: `${folder}:${folder}/bin` }).readable).toEqual(['bin']);
  });

  it('what the links of a folder of programs lead to', () => {
    const { folder, inside } = home(
      ['.local/share/pipx/venvs/black/bin/black', '.local/share/pipx/venvs/black/lib/x'],
      {
        '.local/bin/black': '.local/share/pipx/venvs/black/bin/black',
      },
    );
    expect(found(folder, { PATH: inside('.local/bin') }).readable).toEqual([
      '.local/bin',
      '.local/share/pipx/venvs/black',
    ]);
  });

  it('shown where the path names it, when that is a link elsewhere', () => {
    const { folder, inside } = home(['real/v20/bin/node', 'real/v20/lib/x'], { current: 'real/v20' });
    const { readable } = findToolchains({ HOME: folder, PATH: inside('current/bin') }, [folder]);
    expect(readable).toContainEqual({ from: inside('real/v20'), to: inside('current') });
  });

  it('with the files hidden that hold a login', () => {
    const { folder, inside } = home(['tool/bin/x', 'tool/lib/x', 'tool/.npmrc', 'tool/credentials.json']);
    expect(found(folder, { PATH: inside('tool/bin') }).hidden).toEqual(['tool/.npmrc', 'tool/credentials.json']);
  });

  it('of a variable that names one elsewhere below the mask', () => {
    const { folder, inside } = home(['sdk/java/bin/java']);
    expect(found(folder, { PATH: '/usr/bin', JAVA_HOME: inside('sdk/java') }).readable).toEqual(['sdk/java']);
  });
});
