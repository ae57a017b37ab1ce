import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo } from '../helpers/cli.ts';
import { passingRepository } from '../helpers/passing.ts';
import { gitIn, type TemporaryRepository } from '../helpers/repository.ts';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';
import { sarifErrors } from '../helpers/sarif.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A repository after a real run: US-1 and US-2 landed with evidence. */
async function landed(): Promise<RunBench> {
  const bench = await runBench({
    stories: [fileStory('US-1', 'a.txt'), fileStory('US-2', 'b.txt'), fileStory('US-3', 'c.txt', { phase: 2 })],
    script: { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')] },
  });
  expect((await bench.prd('run', 'US-1', 'US-2', '--quiet')).exit).toBe(0);
  return bench;
}

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly story: string | null;
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

interface Judged {
  readonly exit: number;
  readonly findings: readonly Found[];
  readonly stories: readonly { readonly id: string; readonly strength: string | null }[];
  readonly stderr: string;
}

async function check(
  { env, root }: { readonly env: Readonly<Record<string, string>>; readonly root: string },
  ...argv: string[]
): Promise<Judged> {
  const io = fakeIo({ argv: ['check', '--json', ...argv], env, cwd: root });
  const exit = await main(io);
  return { exit, stderr: io.written.stderr, findings: [], stories: [], ...JSON.parse(io.written.stdout) };
}

const judge = ({ repository }: RunBench, ...argv: string[]): Promise<Judged> => check(repository, ...argv);
const rulesOf = ({ findings }: Judged) => findings.map(({ rule, story }) => `${rule} ${story}`);

async function edit({ root }: TemporaryRepository, change: (text: string) => string): Promise<void> {
  const file = join(root, 'PRD.json');
  await writeFile(file, change(await readFile(file, 'utf8')));
}

/** Sets the last story to true, as a hand or another tool would. */
const flip = (text: string): string => text.replace(/"passes": false/, '"passes": true');

async function evidenceFile({ root }: TemporaryRepository, id: string): Promise<string> {
  const folder = join(root, '.prd/evidence');
  const name = (await readdir(folder)).find((one) => one.startsWith(id));
  return join(folder, name ?? '');
}

describe('after a run', () => {
  it('what landed holds, also on a detached HEAD, in a depth-1 clone and after a squash merge', async () => {
    const bench = await landed();
    const { repository } = bench;
    const strengths = { 'US-1': 'proven', 'US-2': 'proven', 'US-3': null };
    const asLanded = async (root: string): Promise<void> => {
      const { exit, findings, stories } = await check({ env: repository.env, root }, '--strict');
      expect({ exit, findings }).toEqual({ exit: 0, findings: [] });
      expect(Object.fromEntries(stories.map(({ id, strength }) => [id, strength]))).toEqual(strengths);
    };
    await asLanded(repository.root);
    await repository.git('checkout', '-q', '--detach');
    await asLanded(repository.root);
    const shallow = join(repository.folder, 'shallow');
    await repository.git('clone', '-q', '--depth', '1', `file://${repository.root}`, shallow);
    await asLanded(shallow);
    const start = await repository.git('rev-list', '--max-parents=0', 'main');
    await repository.git('checkout', '-q', '-b', 'squashed', start);
    await repository.git('merge', '-q', '--squash', 'main');
    await repository.commit('Everything at once');
    await asLanded(repository.root);
  });

  it('T06: a flip by hand is named, with how to get back to green', async () => {
    const bench = await landed();
    await edit(bench.repository, flip);
    const judged = await judge(bench);
    expect(judged).toMatchObject({ exit: 1, findings: [{ rule: 'no-evidence', severity: 'error', story: 'US-3' }] });
    expect(judged.findings[0]?.hint).toContain('prd run US-3');
    await bench.repository.commit('Flip it');
    expect(rulesOf(await judge(bench))).toEqual(['no-evidence US-3']);
  });

  it('T07: a criterion edited after the pass makes it stale', async () => {
    const bench = await landed();
    await edit(bench.repository, (text) => text.replace('`a.txt` has content', '`a.txt` has much content'));
    expect(await judge(bench)).toMatchObject({ exit: 1, findings: [{ rule: 'stale-story', story: 'US-1' }] });
  });

  it('T07: evidence of another story and edited evidence are forged', async () => {
    const bench = await landed();
    const { repository } = bench;
    const [one, two] = [await evidenceFile(repository, 'US-1'), await evidenceFile(repository, 'US-2')];
    const honest = await readFile(two, 'utf8');
    await copyFile(one, two);
    expect(await judge(bench)).toMatchObject({ exit: 7, findings: [{ rule: 'evidence-mismatch', story: 'US-2' }] });
    await writeFile(two, honest.replace('"proven"', '"accepted"'));
    expect(await judge(bench)).toMatchObject({ exit: 7, findings: [{ message: expect.stringContaining('edited') }] });
    await writeFile(two, honest.replaceAll('\n', '\r\n'));
    expect((await judge(bench)).exit).toBe(0);
  });

  it('evidence through a link, or of a size that evidence never has, is none', async () => {
    const bench = await landed();
    const [one, two] = [await evidenceFile(bench.repository, 'US-1'), await evidenceFile(bench.repository, 'US-2')];
    const elsewhere = join(bench.repository.folder, 'elsewhere.json');
    await copyFile(one, elsewhere);
    await bench.repository.write({ [one.slice(bench.repository.root.length + 1)]: null });
    await symlink(elsewhere, one);
    await writeFile(two, (await readFile(two, 'utf8')) + ' '.repeat(70_000));
    const judged = await judge(bench);
    expect({ exit: judged.exit, rules: rulesOf(judged) }).toEqual({
      exit: 7,
      rules: ['no-evidence US-1', 'evidence-mismatch US-2'],
    });
  });

  it('T11: a file that changed since is a warning, and an error with --strict', async () => {
    const bench = await landed();
    await bench.repository.commit('Touch it', { 'a.txt': 'other\n' });
    expect(await judge(bench)).toMatchObject({ exit: 0, findings: [{ rule: 'stale-files', severity: 'warning' }] });
    expect(await judge(bench, '--strict')).toMatchObject({ exit: 1, findings: [{ severity: 'error' }] });
    expect(await judge(bench, '--strict', '--reverify')).toMatchObject({ exit: 0, findings: [] });
  });

  it('T09: consistent evidence for code that fails is found by running the checks again', async () => {
    const bench = await landed();
    await bench.repository.commit('Break it', { 'b.txt': '' });
    expect((await judge(bench)).exit).toBe(0);
    const again = await judge(bench, '--reverify');
    expect({ exit: again.exit, rules: rulesOf(again) }).toEqual({
      exit: 1,
      rules: ['not-green US-2'],
    });
    expect(again.stderr.split('\n').filter((line) => line.startsWith('US-'))).toEqual([
      'US-1: test -s a.txt',
      'US-2: test -s b.txt',
    ]);
    expect((await judge(bench, '--reverify', '--stories', 'US-1')).exit).toBe(0);
  });
});

describe('compared with a base', () => {
  it('T10: a removed story and a weakened check need a person, from the fork point on', async () => {
    const bench = await landed();
    const { repository } = bench;
    await repository.git('checkout', '-q', '-b', 'work');
    await edit(repository, (text) => text.replace('Verify: test -s c.txt', 'Verify: true'));
    await repository.commit('Weaken it');
    await repository.git('checkout', '-q', 'main');
    await edit(repository, (text) => text.replace('"US-3"', '"US-9"'));
    await repository.commit('Later on main');
    await repository.git('checkout', '-q', 'work');
    const weakened = await judge(bench, '--base', 'main');
    expect({ exit: weakened.exit, rules: rulesOf(weakened) }).toEqual({ exit: 6, rules: ['check-weakened US-3'] });
    await edit(repository, (text) => text.replace('"US-3"', '"US-4"'));
    expect(rulesOf(await judge(bench, '--base', 'main'))).toEqual(['story-removed US-3']);
    expect((await judge(bench)).exit).toBe(0);
  });

  it('a PRD that moved is still compared', async () => {
    const bench = await landed();
    const { repository } = bench;
    await mkdir(join(repository.root, 'tasks'));
    await repository.git('mv', 'PRD.json', 'tasks/prd.json');
    const file = join(repository.root, 'tasks/prd.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"US-3"', '"US-4"'));
    expect(rulesOf(await judge(bench, 'tasks/prd.json', '--base', 'main'))).toEqual(['story-removed US-3']);
  });

  it('a shallow clone that hides the fork point is compared with the ref itself, and says so', async () => {
    const bench = await landed();
    const { repository } = bench;
    const clone = join(repository.folder, 'shallow');
    await repository.git('checkout', '-q', '-b', 'work');
    await repository.commit('More', { 'd.txt': 'd\n' });
    await repository.git('clone', '-q', '--depth', '1', `file://${repository.root}`, clone);
    await gitIn(clone, repository.env)('fetch', '-q', '--depth', '1', 'origin', 'main:refs/remotes/origin/main');
    const judged = await check({ env: repository.env, root: clone }, '--base', 'origin/main');
    expect({ exit: judged.exit, findings: judged.findings }).toEqual({ exit: 0, findings: [] });
    expect(judged.stderr).toMatch(/compared with `origin\/main` itself/);
  });

  it('a base that git does not know is a mistake, and one without a PRD is said', async () => {
    const bench = await landed();
    const io = bench.start('check', '--base', 'nowhere');
    expect(await io.ended).toMatchObject({ exit: 2, stderr: expect.stringContaining('does not know the base') });
    const { repository } = bench;
    await repository.git('checkout', '-q', '--orphan', 'empty');
    await repository.git('rm', '-rfq', '.');
    await repository.commit('Nothing', { 'x.txt': 'x\n' });
    await repository.git('checkout', '-q', 'main');
    const judged = await judge(bench, '--base', 'empty');
    expect({ exit: judged.exit, said: /nothing to compare/.test(judged.stderr) }).toEqual({ exit: 0, said: true });
  });
});

describe('what is demanded', () => {
  it.each([
    [['--all-pass'], 1, ['not-passing US-3']],
    [['--all-pass', '--stories', 'US-1,US-2'], 0, []],
    [['--all-pass', '--stories', 'US-1', '--stories', 'US-3'], 1, ['not-passing US-3']],
    [['--all-pass', '--phase', '2'], 1, ['not-passing US-3']],
    [['--min', '60'], 0, []],
    [['--min', '70%'], 1, ['too-few null']],
    [['--require', 'proven', '--require-sandbox', 'guard'], 0, []],
    [['--require-sandbox', 'os'], 1, ['sandbox-too-weak US-1', 'sandbox-too-weak US-2']],
  ] as const)('%j exits %i', async (argv, exit, rules) => {
    const repository = await twoOfThree();
    const judged = await check(repository, ...argv);
    expect({ exit: judged.exit, rules: rulesOf(judged) }).toEqual({ exit, rules });
  });

  it.each([
    [['--stories', 'US-99'], /no story has the id `US-99`/],
    [['--stories', ','], /no story has the id/],
    [['--phase', '7'], /no story is in phase `7`/],
    [['--min', '101'], /0 to 100/],
    [['--require', 'accepted'], /allowed are proven, reviewed/],
  ] as const)('%j is a mistake', async (argv, words) => {
    const repository = await twoOfThree();
    const io = fakeIo({ argv: ['check', ...argv], env: repository.env, cwd: repository.root });
    expect(await main(io)).toBe(2);
    expect(io.written).toEqual({ stdout: '', stderr: expect.stringMatching(words) });
  });
});

/** Three stories, the first two with evidence: made, not run. */
async function twoOfThree(): Promise<TemporaryRepository> {
  const repository = await passingRepository(3, (n) => n < 2);
  cleanups.push(repository.cleanup);
  return repository;
}

describe('the formats', () => {
  it.each([
    [
      'pretty',
      /^PRD\.json\n {4}PRD\.json:22:13 +error +story `US-3` says .*\n[\s\S]*no-evidence[\s\S]*hint: [\s\S]*\n\n2 of 3 stories pass \(2 proven\), 1 claim does not hold · 1 finding \(1 error\)\n$/,
    ],
    [
      'junit',
      /<testsuites name="prd check" tests="3" failures="1"[\s\S]*<testcase name="US-1 Story 1" classname="PRD.json"\/>/,
    ],
    ['sarif', /"ruleId": "no-evidence"[\s\S]*"startLine": 22/],
    ['github', /^::error file=PRD\.json,line=22,col=13,title=no-evidence::story `US-3`.*Hint: .*\n1 error/],
  ])('%s names the story where it stands', async (format, expected) => {
    const repository = await twoOfThree();
    await edit(repository, flip);
    const io = fakeIo({ argv: ['check', '--format', format], env: repository.env, cwd: repository.root });
    expect(await main(io)).toBe(1);
    expect(io.written).toEqual({ stdout: expect.stringMatching(expected), stderr: '' });
    if (format === 'sarif') expect(sarifErrors(JSON.parse(io.written.stdout))).toEqual([]);
  });

  it('github also fills the summary of the job', async () => {
    const repository = await twoOfThree();
    await edit(repository, flip);
    const env = { ...repository.env, GITHUB_STEP_SUMMARY: 'summary.md' };
    await main(fakeIo({ argv: ['check', '--format', 'github'], env, cwd: repository.root }));
    expect(await readFile(join(repository.root, 'summary.md'), 'utf8')).toMatch(/^### prd check: 1 error/);
  });

  it.each([
    [[], { message: '2/3 proven', color: 'yellow' }],
    [['--all-pass'], { message: '2/3 proven', color: 'red' }],
    [['--stories', 'US-1'], { message: '1/1 proven', color: 'brightgreen' }],
  ] as const)('the badge of %j says how many hold', async (argv, expected) => {
    const repository = await twoOfThree();
    await check(repository, '--badge', 'badge.json', ...argv);
    const badge = JSON.parse(await readFile(join(repository.root, 'badge.json'), 'utf8'));
    expect(badge).toEqual({ schemaVersion: 1, label: 'prd', ...expected });
  });
});

describe('where it runs', () => {
  it('T03: starts nothing but git, whatever the repository configures', async () => {
    const repository = await twoOfThree();
    const bin = join(repository.folder, 'bin');
    await mkdir(bin);
    await symlink(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bin, 'git'));
    const evil = join(repository.folder, 'evil.sh');
    await writeFile(evil, `#!/bin/sh\ntouch ${repository.folder}/ran\n`, { mode: 0o755 });
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand', 'core.askPass']) {
      await repository.git('config', key, evil);
    }
    const judged = await check({ env: { ...repository.env, PATH: bin }, root: repository.root }, '--base', 'HEAD~1');
    expect(judged.exit).toBe(0);
    expect(await readdir(repository.folder)).not.toContain('ran');
  });

  it('needs a repository, and a PRD in it', async () => {
    const repository = await twoOfThree();
    const outside = join(repository.folder, 'elsewhere');
    await mkdir(outside);
    await writeFile(join(outside, 'PRD.json'), await readFile(join(repository.root, 'PRD.json')));
    const refused = async (cwd: string, ...argv: string[]) => {
      const io = fakeIo({ argv: ['check', ...argv], env: repository.env, cwd });
      return { exit: await main(io), stderr: io.written.stderr };
    };
    expect(await refused(outside)).toMatchObject({ exit: 4, stderr: expect.stringContaining('not in a git') });
    const other = join(outside, 'PRD.json');
    expect(await refused(repository.root, other)).toMatchObject({ exit: 4 });
  });

  const event = (head: string | null, base = 'ada/shop') => ({
    repository: { full_name: base },
    pull_request: { head: { repo: head === null ? null : { full_name: head } } },
    workflow_run: { head_repository: { full_name: head } },
  });

  it.each([
    ['pull_request_target', event('mallory/shop'), 6],
    ['pull_request_target', event(null), 6],
    ['workflow_run', event('mallory/shop'), 6],
    ['pull_request_target', '{', 6],
    ['pull_request_target', null, 6],
    ['pull_request_target', event('Ada/Shop'), 0],
    ['workflow_run', event('ada/shop'), 0],
    ['pull_request', event('mallory/shop'), 0],
    ['push', null, 0],
  ])('T01: on %s of %j --reverify exits %i', async (name, payload, exit) => {
    const repository = await twoOfThree();
    const file = join(repository.folder, 'event.json');
    if (payload !== null) await writeFile(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
    const env = { ...repository.env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file };
    expect((await check({ env, root: repository.root }, '--reverify', '--stories', 'US-1')).exit).toBe(exit);
    expect((await check({ env, root: repository.root })).exit).toBe(0);
  });

  it.each([['verify'], ['run', '--dry-run'], ['accept', 'US-3', '--reason', 'seen'], ['check', '--reverify']])(
    'T01: %s starts no process at all there',
    async (...argv) => {
      const repository = await twoOfThree();
      const env = { ...repository.env, PATH: '', GITHUB_EVENT_NAME: 'pull_request_target' };
      const io = fakeIo({ argv, env, cwd: repository.root });
      expect(await main(io)).toBe(6);
      expect(io.written.stderr).toMatch(/will not run commands of an unknown repository/);
    },
  );
});
