import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventData, JournalRecord } from '../../src/run/events.ts';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';

/** US-1 minds its own file, and what two other files say; nobody who looks at scopes would run it again for them. */
const guarded = fileStory('US-1', 'a.txt', {
  files: ['a.txt'],
  acceptanceCriteria: ['Verify: test -s a.txt && ! grep -qs evil b.txt c.txt'],
});

const stories = [guarded, ...['b', 'c', 'd'].map((name, n) => fileStory(`US-${n + 2}`, `${name}.txt`))].map(
  (story, n) => ({ ...story, files: [`${'abcd'[n]}.txt`] }),
);

const script = {
  'US-1': [writes('a.txt')],
  'US-2': [writes('b.txt')],
  'US-3': [writes('c.txt', 'evil\n')],
  'US-4': [writes('d.txt')],
};

function revokedIn(records: readonly JournalRecord[]): readonly EventData<'pass.revoked'>[] {
  return records.flatMap((record) => (record.type === 'pass.revoked' ? [record.data] : []));
}

const shown = async ({ repository }: RunBench) =>
  (await repository.git('ls-tree', '-r', '--name-only', 'main')).split('\n').filter((path) => /US-1-/.test(path));

describe('a story that passed and is red at the end of a run', () => {
  it('G29: goes back to false with its evidence gone, and the story that broke it is named', async () => {
    const bench = await runBench({ stories, script });
    const { exit, records } = await bench.prd('run', '--json');
    const [revoked] = revokedIn(records);
    expect(revoked).toEqual({
      story: 'US-1',
      why: expect.stringMatching(/^`test -s a\.txt && .*` failed \(exit 1\)$/),
      by: 'US-3',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(await bench.stories()).toEqual({ 'US-1': false, 'US-2': true, 'US-3': true, 'US-4': true });
    expect(await shown(bench)).toEqual([]);
    const message = await bench.repository.git(
      'log',
      '-1',
      '--format=%s|%(trailers:key=Prd-Broken-By,valueonly)',
      'main',
    );
    expect(message.trim()).toBe('Take back US-1: Write a.txt|US-3');
    expect(records.at(-1)).toMatchObject({ data: { exitCode: 1, passes: 3, needsYou: ['US-1'] } });
    expect(exit).toBe(1);
    expect(await bench.repository.git('status', '--short')).toBe('');
  });

  it('is said at the end of the summary, also to a person', async () => {
    const [first = {}, , third = {}] = stories;
    const bench = await runBench({ stories: [first, third], script });
    const { stdout, stderr } = await bench.prd('run');
    expect(stderr).toMatch(/US-1\s+taken back\s+back to false: .* since US-3 landed/);
    expect(stdout).toMatch(/US-1\s+blocked\s+back to false/);
    expect(stdout).toContain('needs you: US-1');
  });

  it('is found by the next run when somebody else broke it, and the run after that builds it again', async () => {
    const bench = await runBench({
      stories: [guarded],
      script: { 'US-1': [writes('a.txt'), writes('a.txt')] },
    });
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    await bench.repository.commit('Break it by hand', { 'a.txt': '' });
    const found = await bench.prd('run', '--json');
    expect({ exit: found.exit, by: revokedIn(found.records).map(({ by }) => by) }).toEqual({ exit: 1, by: [null] });
    expect(await bench.stories()).toEqual({ 'US-1': false });
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it('of a PRD that git ignores is flipped back on disk', async () => {
    const bench = await runBench({
      stories: [guarded],
      script: { 'US-1': [writes('a.txt')] },
      files: { '.gitignore': 'PRD.json\n' },
      untracked: true,
    });
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    await bench.repository.commit('Break it by hand', { 'a.txt': '' });
    expect((await bench.prd('run', '--quiet')).exit).toBe(1);
    expect(await readFile(join(bench.repository.root, 'PRD.json'), 'utf8')).toContain('"passes": false');
    expect(await shown(bench)).toEqual([]);
  });

  it('goes back beside the branch when the checkout could not follow', async () => {
    const bench = await runBench({ stories: [guarded], script: { 'US-1': [writes('a.txt')] } });
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    await bench.repository.commit('Break it by hand', { 'a.txt': '' });
    const [evidence = ''] = await shown(bench);
    await bench.repository.write({ [evidence]: 'my own notes\n' });
    const { records } = await bench.prd('run', '--json');
    const end = records.at(-1)?.data as EventData<'run.finished'>;
    expect(end.mergeBranch).toMatch(/^prd\//);
    expect(await bench.repository.git('show', `${end.mergeBranch}:PRD.json`)).toContain('"passes": false');
  });
});

describe('the end of a run', () => {
  it('leaves stories alone whose check cannot judge any more, and says so', async () => {
    const check = { text: 'holds', verify: { run: 'sh check.sh', timeout: '10s' } };
    const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: [check] });
    const bench = await runBench({
      stories: [story],
      script: { 'US-1': [writes('a.txt')] },
      files: { 'check.sh': 'test -s a.txt\n' },
    });
    expect((await bench.prd('run', '--quiet')).exit).toBe(0);
    await bench.repository.commit('Break the check', { 'check.sh': 'kill -9 $$\n' });
    const { exit, records } = await bench.prd('run', '--json');
    expect(records.filter(({ type }) => type === 'warning').map(({ data }) => data)).toEqual([
      { code: 'not-judged', story: 'US-1', message: expect.stringMatching(/^nobody knows whether US-1 still holds/) },
    ]);
    expect({ exit, stories: await bench.stories() }).toEqual({ exit: 0, stories: { 'US-1': true } });
  });

  it('runs nothing again that is known of these very files', async () => {
    const guard = 'Verify: test -s README.md';
    const story = (id: string, file: string) =>
      fileStory(id, file, { acceptanceCriteria: [`Verify: test -s ${file}`, guard], files: [file] });
    const bench = await runBench({
      stories: [story('US-1', 'a.txt'), story('US-2', 'b.txt')],
      script: { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')] },
    });
    const { records } = await bench.prd('run', '--json');
    const ran = records.flatMap((record) =>
      record.type === 'check.started' ? [`${record.data.where} ${record.data.run.replace('test -s ', '')}`] : [],
    );
    expect(ran).toEqual([
      // Red and, being quick, red again; green at `finish`, and green again for the landing.
      'baseline a.txt',
      'baseline a.txt',
      'baseline README.md',
      'finish a.txt',
      'finish README.md',
      'candidate a.txt',
      // The guard is known of what landed before, so it runs once.
      'baseline b.txt',
      'baseline b.txt',
      'finish b.txt',
      'finish README.md',
      'candidate b.txt',
      // Nothing that US-2 touched is in the scope of US-1: only the end asks.
      'regression a.txt',
    ]);
  });

  it('a check that another check spoils for it keeps its story', async () => {
    const holds = (run: string) => ({ acceptanceCriteria: [{ text: 'holds', verify: { run } }], passes: true });
    const clean = ['US-2', 'US-3', 'US-4', 'US-5', 'US-6'];
    const stories = [
      fileStory('US-1', 'a.txt', holds('touch left.tmp')),
      ...clean.map((id) => fileStory(id, 'a.txt', holds(`test ! -e left.tmp || { echo ${id} met it; exit 1; }`))),
    ];
    const bench = await runBench({ stories, script: {}, files: { 'a.txt': 'done\n' } });
    const { exit, records } = await bench.prd('run', '--json');
    const last = new Map(records.flatMap(({ type, data }) => (type === 'check.finished' ? [[data.story, data]] : [])));
    expect(exit).toBe(0);
    expect([...last.values()].map(({ outcome }) => outcome)).toEqual(stories.map(() => 'green'));
    expect(Object.values(await bench.stories())).toEqual(stories.map(() => true));
  });

  it('a check that is green when asked again keeps its story', async () => {
    const check = { text: 'holds', verify: { run: 'test -e seen || { touch seen; exit 1; }' } };
    const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: [check], passes: true });
    const bench = await runBench({ stories: [story], script: {}, files: { 'a.txt': 'done\n' } });
    const { exit, records } = await bench.prd('run', '--json');
    const ran = records.flatMap((record) => (record.type === 'check.finished' ? [record.data.outcome] : []));
    expect({ exit, ran, stories: await bench.stories() }).toEqual({
      exit: 0,
      ran: ['red', 'green'],
      stories: { 'US-1': true },
    });
  });
});
