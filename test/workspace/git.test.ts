import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import type { Commands, TrustedSpec } from '../../src/host/process.ts';
import { gitOk, openGit } from '../../src/workspace/git.ts';

describe('git', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prd-git-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is missing when no absolute entry of PATH has it', async () => {
    for (const PATH of [undefined, '', folder, '.:bin:./node_modules/.bin']) {
      await expect(openGit(openCommands(), { PATH })).rejects.toMatchObject({ problem: { code: 'git-missing' } });
    }
  });

  it.each([
    ['git version 2.38.9', '2.38.9'],
    ['git version 1.99', '1.99'],
    ['nonsense', 'unknown'],
  ])('is too old when it says `%s`', async (said, version) => {
    await fakeGit(`echo '${said}'`);
    const problem = { code: 'git-too-old', version, needed: '2.39.0' };
    await expect(openGit(openCommands(), { PATH: folder })).rejects.toMatchObject({ problem });
  });

  it.each(['git version 2.39', 'git version 2.39.5 (Apple Git-154)', 'git version 3.0.1', 'git version 2.101.0'])(
    'is new enough when it says `%s`',
    async (said) => {
      await fakeGit(`echo '${said}'`);
      await expect(openGit(openCommands(), { PATH: folder })).resolves.toBeDefined();
    },
  );

  it('starts with exactly the environment that a call needs', async () => {
    const seen = recordingCommands();
    const git = await openGit(seen.commands, {
      PATH: process.env.PATH,
      HOME: '/home/ada',
      GIT_DIR: '/evil',
      LD_PRELOAD: 'x',
    });
    await git.run({ gitDir: '/v', workTree: '/w/tree', indexFile: '/v/i', args: ['write-tree'] });
    expect({ cwd: seen.last().cwd, env: seen.last().env }).toEqual({
      cwd: '/w/tree',
      env: {
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_PAGER: 'cat',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_DIR: '/v',
        GIT_WORK_TREE: '/w/tree',
        GIT_INDEX_FILE: '/v/i',
        GIT_CEILING_DIRECTORIES: '/w',
        GIT_AUTHOR_NAME: 'prd',
        GIT_AUTHOR_EMAIL: 'prd@localhost',
        GIT_COMMITTER_NAME: 'prd',
        GIT_COMMITTER_EMAIL: 'prd@localhost',
      },
    });
  });

  it('reads the configuration of the user only when a call asks for it', async () => {
    const seen = recordingCommands();
    const git = await openGit(seen.commands, { PATH: process.env.PATH, HOME: '/home/ada' });
    await git.run({ gitDir: '/v', config: 'user', args: ['var', 'GIT_AUTHOR_IDENT'] });
    expect(seen.last().env).toMatchObject({ HOME: '/home/ada' });
    expect(Object.keys(seen.last().env)).not.toContain('GIT_CONFIG_GLOBAL');
    expect(seen.last().args).toEqual(expect.arrayContaining(['core.hooksPath=/dev/null', 'core.fsmonitor=false']));
  });

  it('pins every setting that could start a program', async () => {
    const seen = recordingCommands();
    const git = await openGit(seen.commands, { PATH: process.env.PATH });
    await git.run({ gitDir: '/v', args: ['write-tree'], set: ['core.excludesFile=/x'] });
    const pins = seen.last().args.filter((_, place, all) => all[place - 1] === '-c');
    expect(pins).toEqual(
      expect.arrayContaining([
        'core.fsmonitor=false',
        'core.hooksPath=/dev/null',
        'core.pager=cat',
        'core.alternateRefsCommand=true',
        'credential.helper=',
        'gpg.program=false',
        'commit.gpgSign=false',
        'gc.auto=0',
        'maintenance.auto=false',
        'protocol.allow=never',
        'safe.bareRepository=explicit',
        'submodule.recurse=false',
      ]),
    );
    // An empty `diff.external` would kill git 2.39.
    expect(pins.filter((pin) => pin.startsWith('diff.'))).toEqual([]);
    expect(pins.at(-1)).toBe('core.excludesFile=/x');
  });

  it('tells a missing object from a failed command', async () => {
    const git = await openGit(openCommands(), { PATH: process.env.PATH });
    const oid = 'a'.repeat(40);
    await git.run({
      gitDir: join(folder, 'v'),
      cwd: folder,
      args: ['init', '-q', '--bare', '--template=', join(folder, 'v')],
    });
    const call = (...args: string[]) => gitOk(git, { gitDir: join(folder, 'v'), args });
    await expect(call('read-tree', oid)).rejects.toMatchObject({ problem: { code: 'objects-missing', commit: oid } });
    await expect(call('ls-tree', oid)).rejects.toMatchObject({ problem: { code: 'objects-missing' } });
    await expect(call('update-ref', '-x')).rejects.toMatchObject({ problem: { code: 'git-failed', exitCode: 129 } });
  });

  it('resolves with a reason when its folder is gone', async () => {
    const git = await openGit(openCommands(), { PATH: process.env.PATH });
    const result = await git.run({ gitDir: join(folder, 'nowhere'), args: ['write-tree'] });
    expect(result).toMatchObject({ exitCode: null, stderr: expect.stringContaining('nowhere') });
  });

  async function fakeGit(script: string): Promise<void> {
    await writeFile(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, 'git'), 0o755);
  }
});

function recordingCommands(): { readonly commands: Commands; last(): TrustedSpec } {
  const specs: TrustedSpec[] = [];
  const version = Buffer.from('git version 2.39.0\n');
  const commands: Commands = {
    run: () => Promise.reject(new Error('git is a trusted command')),
    runTrusted: async (spec) => {
      specs.push(spec);
      return { exitCode: 0, stdout: version, stderr: '', notStarted: null, timedOut: false };
    },
    endAll: async () => {},
  };
  return {
    commands,
    last: () => {
      const spec = specs.at(-1);
      if (spec === undefined) throw new Error('git was not started');
      return spec;
    },
  };
}
