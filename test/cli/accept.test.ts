import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/land/evidence.ts';
import { fileStory, finished, type RunBench, runBench, writes } from '../helpers/run.ts';

const reason = ['--reason', 'looked at it'] as const;

async function accept(bench: RunBench, ...argv: readonly string[]) {
  const { exit, stdout, stderr } = await bench.prd('accept', ...argv);
  return { exit, stdout, stderr };
}

async function answer(bench: RunBench, ...argv: readonly string[]) {
  const { exit, stdout } = await bench.prd('accept', '--json', ...reason, ...argv);
  return { exit, ...JSON.parse(stdout) };
}

/** What the branch holds of a story's evidence. */
async function evidenceOf({ repository }: RunBench, id: string, branch = 'main') {
  const names = (await repository.git('ls-tree', '-r', '--name-only', branch)).split('\n');
  const path = names.find((name) => name.startsWith(`.prd/evidence/${id}`));
  if (path === undefined) return null;
  const read = readEvidence(`${await repository.git('show', `${branch}:${path}`)}\n`);
  return read.kind === 'read' ? read.evidence.predicate.prd : null;
}

const head = ({ repository }: RunBench): Promise<string> => repository.git('rev-parse', 'main');

/** A story whose check `test -s README.md` is green from the start. */
const green = (id: string, fields: object = {}) =>
  fileStory(id, 'a.txt', { acceptanceCriteria: ['Verify: test -s README.md'], ...fields });
const red = (id: string, fields: object = {}) => fileStory(id, 'a.txt', fields);

describe('one story', () => {
  it('passes under the name of a person, with the reason, as one commit that the gate takes', async () => {
    const bench = await runBench({ stories: [green('US-1', { files: ['*.md'] })], script: {} });
    const before = await head(bench);
    const { exit, stdout } = await accept(bench, 'US-1', '--reason', ' looked at it ');
    const commit = (await head(bench)).slice(0, 7);
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: `US-1  accepted  by Ada\n1 accepted · ${commit} on \`main\`\n`,
    });
    expect(await evidenceOf(bench, 'US-1')).toMatchObject({
      strength: 'accepted',
      acceptance: { name: 'Ada', reason: 'looked at it' },
      attempts: [],
      checks: [{ weight: 'guard', exits: [0] }],
    });
    expect(await bench.stories()).toEqual({ 'US-1': true });
    expect(await bench.repository.git('rev-list', '--count', `${before}..main`)).toBe('1');
    expect(await bench.repository.git('show', '-s', '--format=%an: %s', 'main')).toBe('Ada: Accept US-1: Write a.txt');
    expect(await bench.repository.git('status', '--short')).toBe('');
    expect((await bench.prd('check', '--all-pass', '--strict')).exit).toBe(0);
    expect((await bench.prd('check', '--require', 'reviewed')).exit).toBe(1);
    expect((await bench.prd('check', '--reverify')).exit).toBe(0);
  });

  it('without any check passes too: that is what a person is for', async () => {
    const story = green('US-1', { acceptanceCriteria: ['Verify in browser that it looks right'] });
    const bench = await runBench({ stories: [story], script: {} });
    expect(await answer(bench, 'US-1')).toMatchObject({ exit: 0, accepted: [{ story: 'US-1' }], branch: 'main' });
    expect(await evidenceOf(bench, 'US-1')).toMatchObject({ strength: 'accepted', checks: [] });
  });

  it('whose check is red does not pass, whoever says so, and nothing changes', async () => {
    const bench = await runBench({ stories: [red('US-1')], script: {} });
    const before = await bench.repository.git('for-each-ref', 'refs/heads');
    const { exit, stdout } = await accept(bench, 'US-1', ...reason);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^US-1 {2}failed {2}`test -s a\.txt` failed \(exit 1\).*\nnothing was changed\n$/);
    expect(await bench.repository.git('for-each-ref', 'refs/heads')).toBe(before);
    expect(await bench.repository.git('status', '--short')).toBe('');
  });

  it('runs its checks on the branch, not on what lies in the checkout', async () => {
    const bench = await runBench({ stories: [red('US-1')], script: {} });
    await bench.repository.write({ 'a.txt': 'only here\n' });
    expect(await answer(bench, 'US-1')).toMatchObject({ exit: 1, rejected: [{ story: 'US-1', verdict: 'failed' }] });
  });

  it('that was proven stays proven', async () => {
    const bench = await runBench({ stories: [red('US-1')], script: { 'US-1': [writes('a.txt')] } });
    await bench.prd('run', '--quiet');
    const before = await head(bench);
    expect(await accept(bench, 'US-1', ...reason)).toMatchObject({
      exit: 0,
      stdout: 'US-1  passes  proven already: nothing to accept\nnothing was changed\n',
    });
    expect(await head(bench)).toBe(before);
  });

  it('that nobody can prove is accepted after a run, and the next run leaves it alone', async () => {
    const lazy = [{ calls: [finished] }, { calls: [finished] }];
    const bench = await runBench({
      stories: [green('US-1'), red('US-2')],
      script: { 'US-1': [lazy], 'US-2': [writes('a.txt')] },
    });
    await bench.prd('run', 'US-1', '--quiet');
    expect(await bench.stories()).toEqual({ 'US-1': false, 'US-2': false });
    expect((await accept(bench, 'US-1', ...reason)).exit).toBe(0);
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    expect(await bench.stories()).toEqual({ 'US-1': true, 'US-2': true });
  });

  it('lands beside the branch when the checkout could not follow', async () => {
    const bench = await runBench({ stories: [green('US-1')], script: {} });
    await bench.repository.git('rm', '-q', '--cached', 'PRD.json');
    const before = await head(bench);
    const { exit, branch } = await answer(bench, 'US-1');
    expect({ exit, branch }).toEqual({ exit: 0, branch: expect.stringMatching(/^prd\//) });
    expect(await head(bench)).toBe(before);
    expect(await evidenceOf(bench, 'US-1', branch)).toMatchObject({ strength: 'accepted' });
  });

  it('of a PRD that git ignores is flipped on disk', async () => {
    const files = { '.gitignore': 'PRD.json\n' };
    const bench = await runBench({ stories: [green('US-1')], script: {}, files, untracked: true });
    expect((await accept(bench, 'US-1', ...reason)).exit).toBe(0);
    expect(await readFile(join(bench.repository.root, 'PRD.json'), 'utf8')).toContain('"passes": true');
    expect((await bench.prd('check', '--all-pass')).exit).toBe(0);
  });
});

describe('stories that already say true', () => {
  it('are adopted as one commit; those with a red check are named and stay as they were', async () => {
    const passes = { passes: true };
    const stories = [green('US-1', passes), red('US-2', passes), green('US-3', passes), green('US-4')];
    const bench = await runBench({ stories, script: {} });
    const before = await head(bench);
    expect((await bench.prd('check')).exit).toBe(1);
    const { exit, accepted, rejected } = await answer(bench, '--existing');
    expect({ exit, accepted: accepted.map(({ story }: { story: string }) => story) }).toEqual({
      exit: 1,
      accepted: ['US-1', 'US-3'],
    });
    expect(rejected).toMatchObject([{ story: 'US-2', verdict: 'failed' }]);
    expect(await bench.repository.git('log', '--format=%s', `${before}..main`)).toBe('Accept 2 stories');
    expect(await evidenceOf(bench, 'US-1')).toMatchObject({ strength: 'accepted', story: { id: 'US-1' } });
    expect(await evidenceOf(bench, 'US-3')).toMatchObject({ strength: 'accepted', story: { id: 'US-3' } });
    expect(await bench.stories()).toEqual({ 'US-1': true, 'US-2': true, 'US-3': true, 'US-4': false });
    expect((await bench.prd('check', '--stories', 'US-1,US-3', '--all-pass')).exit).toBe(0);
    const again = await answer(bench, '--existing');
    expect(again).toMatchObject({ exit: 1, accepted: [], rejected: [{ story: 'US-2' }], commit: null });
  });

  it('with evidence need nothing', async () => {
    const bench = await runBench({ stories: [green('US-1')], script: {} });
    await accept(bench, 'US-1', ...reason);
    expect(await accept(bench, '--existing', ...reason)).toEqual({
      exit: 0,
      stdout: 'nothing to accept: every story that passes has evidence\n',
      stderr: '',
    });
  });

  it('with forged evidence are never adopted in passing', async () => {
    const bench = await runBench({ stories: [green('US-1')], script: {} });
    await accept(bench, 'US-1', ...reason);
    const folder = join(bench.repository.root, '.prd/evidence');
    const [name = ''] = await readdir(folder);
    const text = await readFile(join(folder, name), 'utf8');
    await bench.repository.commit('Forge', { [`.prd/evidence/${name}`]: text.replace('"Ada"', '"Eve"') });
    expect(await answer(bench, '--existing')).toMatchObject({ exit: 7, accepted: [], forged: [{ story: 'US-1' }] });
    expect(await answer(bench, 'US-1')).toMatchObject({ exit: 0, accepted: [{ story: 'US-1' }] });
    expect((await bench.prd('check', '--all-pass')).exit).toBe(0);
  });
});

describe('what stops it', () => {
  it('a person without a name accepts nothing', async () => {
    const bench = await runBench({ stories: [green('US-1')], script: {} });
    await bench.repository.git('config', '--global', '--unset', 'user.name');
    const before = await head(bench);
    expect(await accept(bench, 'US-1', ...reason)).toMatchObject({
      exit: 4,
      stderr: expect.stringContaining('git does not know who you are'),
    });
    expect(await head(bench)).toBe(before);
  });

  it.each([
    [['US-1'], /required option `--reason <text>`/],
    [['US-1', '--reason', ' '], /`--reason` says nothing/],
    [[...reason], /name a story, or say `--existing`/],
    [['US-1', '--existing', ...reason], /cannot stand beside a story/],
    [['US-9', ...reason], /no story has the id `US-9`/],
  ] as const)('%j is a mistake', async (argv, words) => {
    const bench = await runBench({ stories: [green('US-1')], script: {} });
    const { exit, stdout, stderr } = await accept(bench, ...argv);
    expect({ exit, stdout, stderr }).toEqual({ exit: 2, stdout: '', stderr: expect.stringMatching(words) });
  });

  it.each([[true], [false]])('a PRD that is not on the branch as it stands (untracked: %s)', async (untracked) => {
    const bench = await runBench({ stories: [green('US-1')], script: {}, untracked });
    const file = join(bench.repository.root, 'PRD.json');
    await bench.repository.write({ 'PRD.json': (await readFile(file, 'utf8')).replace('a.txt', 'b.txt') });
    expect(await accept(bench, 'US-1', ...reason)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('commit or merge it first'),
    });
  });

  it('an interrupt accepts nothing', async () => {
    const story = green('US-1', { acceptanceCriteria: ['Verify: echo started && cat .never || sleep 60'] });
    const bench = await runBench({ stories: [story], script: {} });
    const before = await head(bench);
    const { io, ended } = bench.start('accept', 'US-1', ...reason);
    while (!io.written.stderr.includes('US-1: ')) await new Promise((resolve) => setImmediate(resolve));
    io.send('SIGTERM');
    expect((await ended).exit).toBe(143);
    expect(await head(bench)).toBe(before);
  });
});
