import { mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';
import { inBox, noBox } from '../host/here.ts';

const bench = (): Promise<RunBench> =>
  runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });

/** A path with git, node and a shell, and without bubblewrap. */
async function withoutBox(made: RunBench): Promise<void> {
  const bin = join(made.repository.folder, 'bin');
  await mkdir(bin);
  for (const name of ['git', 'bash', 'sh', 'cp', 'grep', 'test']) await symlink(`/usr/bin/${name}`, join(bin, name));
  made.env.PATH = bin;
}

async function sandboxOf({ repository }: RunBench): Promise<string> {
  const files = await repository.git('ls-tree', '-r', '--name-only', 'main', '.prd/evidence');
  return JSON.parse(await repository.git('show', `main:${files.split('\n')[0]}`)).predicate.prd.sandbox;
}

describe('without bubblewrap', () => {
  it.each([
    ['run', '--sandbox', 'os'],
    ['verify', '--sandbox', 'os'],
  ])('%s %s %s stops before any model call, with the way out', async (...argv) => {
    const made = await bench();
    await withoutBox(made);
    const { exit, stderr } = await made.prd(...argv);
    expect(exit).toBe(4);
    expect(stderr).toBe(
      'error: no sandbox of level `os`: bubblewrap is not installed\n' +
        'hint: run `prd doctor`; `--sandbox auto` takes the best there is\n',
    );
    expect(made.server.requests).toEqual([]);
  });

  it('a run goes on at guard, says so, and so does its evidence', async () => {
    const made = await bench();
    await withoutBox(made);
    const { exit, stderr } = await made.prd('run');
    expect(exit).toBe(0);
    expect(stderr.replace(/\s+/g, ' ')).toContain('sandbox level guard, because bubblewrap is not installed');
    expect(await sandboxOf(made)).toBe('guard');
  });

  it('a plan does not look for one', async () => {
    const made = await bench();
    made.env.PRD_SANDBOX = 'os';
    await withoutBox(made);
    expect((await made.prd('run', '--dry-run')).exit).toBe(0);
  });

  it('verify says why it is not os, and can be asked for less', async () => {
    const made = await bench();
    await withoutBox(made);
    expect((await made.prd('verify')).stderr).toContain('sandbox: guard, bubblewrap is not installed\n');
    expect((await made.prd('verify', '--sandbox', 'guard')).stderr).not.toContain('sandbox:');
    expect((await made.prd('verify', '--sandbox', 'vm')).exit).toBe(2);
  });
});

describe.skipIf(noBox !== null)(inBox, () => {
  it('a run lands at os, and its evidence says so', async () => {
    const made = await bench();
    const { exit, stderr } = await made.prd('run', '--sandbox', 'os');
    expect(exit).toBe(0);
    expect(stderr.replace(/\s+/g, ' ')).toContain('commands run in a sandbox (level os)');
    expect(await sandboxOf(made)).toBe('os');
    expect((await made.prd('check', '--require-sandbox', 'os')).exit).toBe(0);
    expect((await made.prd('check', '--reverify')).exit).toBe(0);
  });

  it('checks see neither the repository of the user nor what prd keeps', async () => {
    const made = await bench();
    const { root, folder } = made.repository;
    const look = `ls -A ${root} ${folder} && exit 9; ls /tmp | wc -l; exit 0`;
    await made.repository.commit('Look', { 'PRD.json': prdWith(look) });
    expect(JSON.parse((await made.prd('verify', '--json')).stdout)).toMatchObject({ checks: [{ exitCode: 0 }] });
  });

  it('what the repository asks for is there once it was granted, and not before', async () => {
    const made = await bench();
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const connect = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}'`;
    const look = `test "$SECRET_URL" = x && grep -q A=1 .env.test && ${connect}`;
    await made.repository.commit('Look', { 'PRD.json': prdWith(look) });
    await made.repository.write({ '.env.test': 'A=1\n' });
    made.env.SECRET_URL = 'x';
    const exitCode = async () => JSON.parse((await made.prd('verify', '--json')).stdout).checks[0].exitCode;
    expect(await exitCode()).not.toBe(0);
    const needs = { env: ['SECRET_URL'], network: 'host', copy: ['.env.test'] };
    await made.repository.write({ 'prd.config.json': JSON.stringify({ needs }) });
    made.env.PRD_NEEDS = 'allow';
    expect(await exitCode()).toBe(0);
  });
});

function prdWith(run: string): string {
  const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: [{ text: 'x', verify: { run } }] });
  return JSON.stringify({ project: 'bench', userStories: [story] });
}
