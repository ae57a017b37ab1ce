import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineNode } from '../../src/cli/doctor-checks.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../helpers/cli.ts';
import { noBox } from '../host/here.ts';

const secret = 'sk-ant-canary-4711';
let folder = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'prd-doctor-')));
  await mkdir(join(folder, '.git'));
  await mkdir(join(folder, 'bin'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function doctor(env: Record<string, string>, argv: readonly string[] = []) {
  const path = [process.env.PATH ?? '', join(folder, 'bin')].join(':');
  const io = fakeIo({ argv: ['doctor', ...argv], cwd: folder, env: { PATH: path, HOME: folder, ...env } });
  const exit = await main(io);
  return { exit, ...io.written };
}

async function program(name: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), '#!/bin/sh\nexit 1\n');
  await chmod(join(folder, 'bin', name), 0o755);
}

describe('doctor', () => {
  it('is ready with a key, which it names and never shows', async () => {
    const { exit, stdout, stderr } = await doctor({ ANTHROPIC_API_KEY: secret });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ key +ANTHROPIC_API_KEY is set, for orchestrator \(opus\) and delegate \(sonnet\)$/m);
    expect(stdout).toMatch(/\nready: `prd run` can start\n$/);
    expect(stdout).not.toContain(secret);
  });

  it('without a key says what to set, exit 4', async () => {
    const { exit, stdout } = await doctor({ PATH: join(folder, 'bin') });
    expect(exit).toBe(4);
    expect(stdout).toMatch(/^✗ key +ANTHROPIC_API_KEY is not set/m);
    expect(stdout).toMatch(/^✗ git +cannot find `git`$/m);
    expect(stdout).toMatch(/\nnot ready: `prd run` could not start\n$/);
  });

  it('without a key is ready when Claude Code is there, and starts nothing to find out', async () => {
    await program('claude');
    const { exit, stdout } = await doctor({});
    expect(exit).toBe(0);
    expect(stdout).toContain(join(folder, 'bin', 'claude'));
  });

  it('asks for the keys of the models that the user has chosen', async () => {
    await mkdir(join(folder, '.config/prd'), { recursive: true });
    const models = { local: { baseUrl: 'http://localhost:8080', apiKeyEnv: 'LOCAL_KEY' } };
    await writeFile(join(folder, '.config/prd/config.json'), JSON.stringify({ models, roles: { delegate: 'local' } }));
    const { stdout } = await doctor({ ANTHROPIC_API_KEY: secret });
    expect(stdout).toMatch(/^✗ key +LOCAL_KEY is not set, for delegate \(local\)$/m);
  });

  it('is one JSON document on request', async () => {
    const { stdout } = await doctor({ ANTHROPIC_API_KEY: secret }, ['--json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ version: 1, ready: true });
    expect(document.examined.map((one: { name: string }) => one.name)).toEqual([
      'node',
      'git',
      'repository',
      'key',
      'claude',
      'sandbox',
      'state',
    ]);
  });

  it('names a state folder that cannot be written, and makes none', async () => {
    await writeFile(join(folder, 'file'), '');
    const { exit, stdout } = await doctor({ ANTHROPIC_API_KEY: secret, XDG_STATE_HOME: join(folder, 'file') });
    expect(exit).toBe(4);
    expect(stdout).toMatch(/^✗ state +cannot write .*\(ENOTDIR\)$/m);
  });

  it('says where commands run, and what is in the way of more', async () => {
    const bin = join(folder, 'bin');
    for (const name of ['git', 'sh']) await symlink(`/usr/bin/${name}`, join(bin, name));
    const key = { ANTHROPIC_API_KEY: secret, PATH: bin };
    const { exit, stdout } = await doctor(key);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^· sandbox +guard; bubblewrap is not installed$/m);
    expect(stdout).toMatch(/^ {4}hint: .*`apt-get install bubblewrap`/m);
    expect((await doctor({ ...key, PRD_SANDBOX: 'none' })).stdout).toMatch(/^· sandbox +none$/m);
    const asked = await doctor({ ...key, PRD_SANDBOX: 'os' });
    expect(asked).toMatchObject({ exit: 4, stdout: expect.stringMatching(/^✗ sandbox +no sandbox of level `os`/m) });
  });

  it.skipIf(noBox !== null)('tries to get out of a sandbox before it praises it', async () => {
    const { stdout } = await doctor({ ANTHROPIC_API_KEY: secret });
    expect(stdout).toMatch(/^✓ sandbox +os \(bubblewrap; nothing got out\)$/m);
  });

  it('says that a repository setting is ignored, with its place', async () => {
    await writeFile(join(folder, 'prd.config.json'), '{\n  "sandbox": "none"\n}');
    const { stderr } = await doctor({ ANTHROPIC_API_KEY: secret });
    expect(stderr).toBe('warning: prd.config.json:2:14 `sandbox` is ignored: only your own configuration may set it\n');
  });

  it.each([
    ['20.20.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.19.9', 'missing'],
    ['18.20.0', 'missing'],
  ])('node %s is %s', (version, state) => {
    expect(examineNode(version).state).toBe(state);
  });
});
