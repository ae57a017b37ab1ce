import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/run/events.ts';
import { fileStory, finished, runBench, runs, writes } from '../helpers/run.ts';

/** The moments of a run that decide, without the model's own chatter. */
const told = (records: readonly JournalRecord[]): string[] =>
  records.flatMap(({ type, data }) => {
    if (type === 'baseline.finished') return [`baseline ${data.checks.map(({ kind }) => kind).join(',')}`];
    if (type === 'attempt.started') return [`attempt ${data.attempt} ${data.role} ${data.model}`];
    if (type === 'attempt.finished') return [`end ${data.end}`];
    if (type === 'verdict') return [`verdict ${data.verdict}`];
    if (type === 'landing.done') return [`landed ${data.strength}`];
    if (type === 'story.finished') return [`${data.story} ${data.outcome}`];
    if (type === 'run.finished') return [`exit ${data.exitCode}`];
    return [];
  });

describe('one story', () => {
  it('goes from a red baseline to a landing that holds code, evidence and one flip', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });
    const { exit, records } = await bench.prd('run', '--json');
    expect(told(records)).toEqual([
      'baseline proof',
      'attempt 1 delegate sonnet',
      'end finished',
      'verdict passed',
      'landed proven',
      'US-1 passes',
      'exit 0',
    ]);
    expect(exit).toBe(0);
    expect((await bench.repository.git('show', '--stat', '--format=%B', 'main')).split('\n')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^US-1: Write a\.txt/), expect.stringMatching(/^Prd-Story: US-1/)]),
    );
    const changed = await bench.repository.git('show', '--name-only', '--format=', 'main');
    expect(changed.split('\n').map((path) => path.replace(/-[0-9a-f]{8}\.json/, '.json'))).toEqual([
      '.prd/.gitattributes',
      '.prd/evidence/US-1.json',
      'PRD.json',
      'a.txt',
    ]);
    expect(await bench.repository.git('status', '--short')).toBe('');
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it('a red finish is fed back into the same conversation', async () => {
    const conversation = [{ calls: [finished] }, ...writes('a.txt')];
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [conversation] } });
    const { records } = await bench.prd('run', '--json');
    expect(told(records)).toContain('US-1 passes');
    expect(bench.server.requests).toHaveLength(2);
    expect(JSON.stringify(bench.server.requests[1]?.body)).toContain('Check 1 of 1');
  });

  it('climbs from the delegate to the orchestrator to blocked, and says why', async () => {
    const lazy = [{ calls: [finished] }, { calls: [finished] }];
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [lazy] } });
    const { exit, records, stderr } = await bench.prd('run', '--json');
    expect(told(records).filter((line) => /attempt|US-1/.test(line))).toEqual([
      'attempt 1 delegate sonnet',
      'attempt 2 delegate sonnet',
      'attempt 3 orchestrator opus',
      'US-1 blocked',
    ]);
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: '' });
    expect(await bench.stories()).toEqual({ 'US-1': false });
  });

  it('a blocked story is not tried again until it changes or is named', async () => {
    const lazy = [{ calls: [finished] }, { calls: [finished] }];
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt')],
      script: { 'US-1': [lazy, lazy, lazy, writes('a.txt')] },
    });
    await bench.prd('run', '--json');
    const asked = bench.server.requests.length;
    const again = await bench.prd('run', '--json');
    expect(bench.server.requests).toHaveLength(asked);
    expect({ exit: again.exit, told: told(again.records) }).toEqual({ exit: 1, told: ['exit 1'] });
    expect(told((await bench.prd('run', '--json', 'US-1')).records)).toContain('US-1 passes');
  });

  it('a model that only talks ends as a red finish, never as done', async () => {
    const talk = [
      { say: 'I think it is done.', calls: [] },
      { say: 'Really.', calls: [] },
    ];
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [talk] } });
    const { exit } = await bench.prd('run', '--json');
    expect({ exit, stories: await bench.stories() }).toEqual({ exit: 3, stories: { 'US-1': false } });
  });

  it('an implementer that calls the story impossible is believed, once the orchestrator agrees', async () => {
    const blocked = [
      { calls: [{ tool: 'finish', input: { status: 'blocked', summary: 'criteria contradict', criteria: [] } }] },
    ];
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [blocked] } });
    const { exit, records } = await bench.prd('run', '--json');
    expect(told(records).filter((line) => line.startsWith('attempt'))).toEqual([
      'attempt 1 delegate sonnet',
      'attempt 2 orchestrator opus',
    ]);
    expect(exit).toBe(1);
  });
});

describe('what is judged', () => {
  it('an attempt that flips PRD.json is tampered, exits 7 and lands nothing', async () => {
    const cheat = runs(`sed -i 's/"passes": false/"passes": true/' PRD.json && echo x > a.txt`);
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [cheat] } });
    const { exit, records } = await bench.prd('run', '--json');
    expect(told(records)).toContain('verdict tampered');
    expect({ exit, stories: await bench.stories() }).toEqual({ exit: 7, stories: { 'US-1': false } });
  });

  it('a flip over red checks is tampered as well, and exits 7', async () => {
    const cheat = runs(`sed -i 's/"passes": false/"passes": true/' PRD.json`);
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [[...cheat, ...cheat]] } });
    const { exit, records } = await bench.prd('run', '--json');
    expect(told(records)).toContain('verdict tampered');
    expect({ exit, stories: await bench.stories() }).toEqual({ exit: 7, stories: { 'US-1': false } });
  });

  it('a check that is green before any work proves nothing, so the story does not land', async () => {
    const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: ['Verify: test -s README.md'] });
    const bench = await runBench({ stories: [story], script: { 'US-1': [writes('a.txt')] } });
    const { records, exit } = await bench.prd('run', '--json');
    expect(told(records)).toContain('baseline guard');
    expect({ exit, stories: await bench.stories() }).toEqual({ exit: 3, stories: { 'US-1': false } });
  });

  it('a protected file is left out and named to the implementer, and the checks decide', async () => {
    const stories = [fileStory('US-1', 'a.txt')];
    const edit = { tool: 'write', input: { path: '.npmrc', content: 'script-shell=./evil.sh\n' } };
    const bench = await runBench({ stories, script: { 'US-1': [[{ calls: [edit] }, ...writes('a.txt')]] } });
    const { records } = await bench.prd('run', '--json');
    expect(JSON.stringify(bench.server.requests[1]?.body)).toContain('this story may not change .npmrc');
    expect(records.find(({ type }) => type === 'snapshot.stored')?.data).toMatchObject({ dropped: ['.npmrc'] });
    expect(await bench.repository.git('ls-tree', '--name-only', 'main')).not.toContain('.npmrc');
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it('a write through a link that leaves the workspace is refused, and the host file is as it was', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt')],
      script: {
        'US-1': [[{ calls: [{ tool: 'write', input: { path: 'out/a.txt', content: 'evil' } }] }, ...writes('a.txt')]],
      },
    });
    await bench.repository.write({ 'keep/a.txt': 'mine' });
    await symlink(join(bench.repository.folder, 'home'), join(bench.repository.root, 'out'));
    await bench.repository.commit('A link out');
    await bench.prd('run', '--json');
    expect(JSON.stringify(bench.server.requests[1]?.body)).toMatch(/outside|not there|missing/);
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });
});

describe('what stops before money is spent', () => {
  it.each([
    ['a program that is not installed', { text: 'checked', verify: { run: 'no-such-program-here --check' } }, 1],
    ['a check that never ends', { text: 'ends', verify: { run: 'sleep 60', timeout: '1s' } }, 1],
  ])('%s', async (_, criterion, exit) => {
    const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: [criterion] });
    const bench = await runBench({ stories: [story], script: {} });
    const ran = await bench.prd('run', '--json');
    expect({ exit: ran.exit, requests: bench.server.requests.length }).toEqual({ exit, requests: 0 });
    expect(told(ran.records)).toContain('US-1 blocked');
  });

  it('a story without any verify command never passes by itself, and the plan says what to add', async () => {
    const story = fileStory('US-1', 'a.txt', { acceptanceCriteria: ['It looks nice'] });
    const bench = await runBench({ stories: [story], script: {} });
    const { exit, stderr } = await bench.prd('run');
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 1, requests: 0 });
    expect(stderr).toContain('add `Verify: <command>`');
  });

  it('an unknown story id suggests the nearest', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: {} });
    expect(await bench.prd('run', 'US-2')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('did you mean `US-1`'),
    });
  });

  it('without a key the run says which variable to set', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: {} });
    bench.env.ANTHROPIC_API_KEY = '';
    expect(await bench.prd('run')).toMatchObject({ exit: 4, stderr: expect.stringContaining('ANTHROPIC_API_KEY') });
  });

  it('--dry-run prints the plan and starts nothing', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: {} });
    const before = await bench.repository.git('for-each-ref');
    const { exit, stdout } = await bench.prd('run', '--dry-run');
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 0, requests: 0 });
    expect(stdout).toMatch(/1\s+US-1\s+delegate\s+sonnet\s+Write a\.txt/);
    expect(await bench.repository.git('for-each-ref')).toBe(before);
  });
});

describe('provider failures', () => {
  it('a refused key stops the run after one request', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt'), fileStory('US-2', 'b.txt')],
      script: {},
      keys: ['right'],
    });
    const { exit, stderr } = await bench.prd('run');
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 4, requests: 1 });
    expect(stderr).toContain('refused the key');
  });

  it('a token budget too small for one call stops with work left', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });
    const { exit } = await bench.prd('run', '--max-tokens', '100', '--json');
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 3, requests: 0 });
  });
});

describe('the checkout', () => {
  it('edits, staged files and untracked files are as they were after a run', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });
    const { repository } = bench;
    await repository.write({ 'README.md': 'edited\n', 'staged.txt': 'staged\n', 'loose.txt': 'loose\n' });
    await repository.git('add', 'staged.txt');
    const before = await repository.git('status', '--short');
    await bench.prd('run', '--json');
    expect(await repository.git('status', '--short')).toBe(before);
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it('a landing that would overwrite an edit goes to a branch of its own, and the summary says how to merge it', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [writes('a.txt')] } });
    await bench.repository.write({ 'a.txt': 'mine, not committed\n' });
    const { stdout } = await bench.prd('run');
    expect(stdout).toMatch(/git merge prd\/\d{8}-\d{6}-[0-9a-f]{6}/);
    expect(await bench.stories()).toEqual({ 'US-1': false });
    expect(await bench.repository.git('status', '--short')).toBe('?? a.txt');
  });

  it('what landed on a branch of its own is not built again before the user has merged it', async () => {
    const stories = [fileStory('US-1', 'a.txt')];
    const bench = await runBench({ stories, script: { 'US-1': [writes('a.txt')] } });
    await bench.repository.write({ 'a.txt': 'mine, not committed\n' });
    await bench.prd('run', '--json');
    const asked = bench.server.requests.length;
    const again = await bench.prd('run');
    expect({ exit: again.exit, asked: bench.server.requests.length }).toEqual({ exit: 0, asked });
    expect(again.stdout).toMatch(/git merge prd\//);
  });

  it('a PRD that was never committed is committed first, alone', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt')],
      script: { 'US-1': [writes('a.txt')] },
      untracked: true,
    });
    expect((await bench.prd('run', '--json')).exit).toBe(0);
    expect(await bench.repository.git('log', '--format=%s')).toBe('US-1: Write a.txt\nAdd PRD.json\nStart');
    expect(await bench.repository.git('status', '--short')).toBe('');
  });
});

describe('several stories', () => {
  const three = ['a', 'b', 'c'].map((name, index) => fileStory(`US-${index + 1}`, `${name}.txt`));
  const script = { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')], 'US-3': [writes('c.txt')] };

  it('side by side, each lands once on one line of history', async () => {
    const bench = await runBench({ stories: three, script });
    expect((await bench.prd('run', '--parallel', '3', '--json')).exit).toBe(0);
    const subjects = (await bench.repository.git('log', '--format=%s')).split('\n');
    expect(subjects.sort()).toEqual(['Start', 'US-1: Write a.txt', 'US-2: Write b.txt', 'US-3: Write c.txt']);
    expect(await bench.repository.git('rev-list', '--merges', '--count', 'main')).toBe('0');
  });

  it('two that meet in one file both land: the second starts again from where the first landed', async () => {
    const says = (word: string) => ({ acceptanceCriteria: [`Verify: grep -q ${word} a.txt`] });
    const again = [
      { calls: [{ tool: 'read', input: { files: [{ path: 'a.txt' }] } }] },
      ...writes('a.txt', 'one\ntwo\n'),
    ];
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt', says('one')), fileStory('US-2', 'a.txt', says('two'))],
      script: { 'US-1': [writes('a.txt', 'one\n'), again], 'US-2': [writes('a.txt', 'two\n'), again] },
    });
    expect((await bench.prd('run', '--parallel', '2', '--json')).exit).toBe(0);
    expect(await bench.repository.git('show', 'main:a.txt')).toBe('one\ntwo');
  });

  it('--next stops after one story', async () => {
    const bench = await runBench({ stories: three, script });
    await bench.prd('run', '--next', '--json');
    expect(await bench.stories()).toEqual({ 'US-1': true, 'US-2': false, 'US-3': false });
  });

  it('a story that breaks what passes does not land', async () => {
    const breaking = fileStory('US-2', 'b.txt');
    const bench = await runBench({
      stories: [
        fileStory('US-1', 'a.txt', { acceptanceCriteria: ['Verify: test ! -e b.txt', 'Verify: test -s a.txt'] }),
        breaking,
      ],
      script: { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')] },
    });
    const { records } = await bench.prd('run', '--json');
    expect(records.find(({ type, data }) => type === 'verdict' && data.story === 'US-2')?.data).toMatchObject({
      verdict: 'failed',
      reason: 'regresses: US-1',
    });
    expect(await bench.stories()).toEqual({ 'US-1': true, 'US-2': false });
  });

  it('asks the last few that pass and those it touches before it lands, and all of them when the run ends', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `US-${at + 1}`);
    const touching = runs('echo more >> US-1.txt && echo done > US-8.txt');
    const bench = await runBench({
      stories: ids.map((id) => fileStory(id, `${id}.txt`)),
      script: Object.fromEntries(ids.map((id) => [id, [id === 'US-8' ? touching : writes(`${id}.txt`)]])),
    });
    const { exit, records } = await bench.prd('run', '--json');
    const asked = (run: string) =>
      records.filter(({ type, data }) => type === 'check.finished' && data.where === 'regression' && data.run === run)
        .length;
    // US-1 by the five that came after it, by the one that writes to its file, and at the end; US-2 not by that one.
    expect({ exit, first: asked('test -s US-1.txt'), second: asked('test -s US-2.txt') }).toEqual({
      exit: 0,
      first: 7,
      second: 6,
    });
  });
});

describe('after a run', () => {
  it('show tells the attempts, take puts the work on a branch, gc removes what is old', async () => {
    const lazy = [
      { calls: [{ tool: 'write', input: { path: 'b.txt', content: 'half\n' } }, finished] },
      { calls: [finished] },
    ];
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt')], script: { 'US-1': [lazy] } });
    await bench.prd('run', '--json');
    const shown = await bench.prd('show', 'US-1');
    expect(shown.stdout).toContain('attempt 3  orchestrator (opus)');
    expect(shown.stdout).toContain('+half');
    expect((await bench.prd('take', 'US-1')).stdout).toContain('git switch prd/US-1');
    expect(await bench.repository.git('show', 'prd/US-1:b.txt')).toBe('half');
    expect((await bench.prd('gc', '--days', '0')).stdout).toMatch(/removed 1 journal, 3 attempts/);
    expect((await bench.prd('show', 'US-1')).stdout).toContain('nobody has tried it yet');
    expect(await bench.repository.git('for-each-ref', 'refs/prd')).toBe('');
  });

  it('verify says what each check is worth, without a model', async () => {
    const bench = await runBench({ stories: [fileStory('US-1', 'a.txt'), fileStory('US-2', 'README.md')], script: {} });
    const { stdout, exit } = await bench.prd('verify');
    expect(stdout).toMatch(/US-1\s+open\s+red: can prove the work/);
    expect(stdout).toMatch(/US-2\s+open\s+green/);
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 0, requests: 0 });
  });
});

describe('interrupts', () => {
  it('the first Ctrl-C ends cleanly with 130, and running again goes on', async () => {
    const hold = [{ calls: [{ tool: 'run', input: { command: 'sleep 20' } }] }, ...writes('a.txt')];
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt')],
      script: { 'US-1': [hold, writes('a.txt')] },
    });
    const { io, ended } = bench.start('run', '--json');
    while (!io.written.stdout.includes('"type":"agent.turn"')) await new Promise((resolve) => setTimeout(resolve, 20));
    io.send('SIGINT');
    const first = await ended;
    expect({ exit: first.exit, told: told(first.records).slice(-2) }).toEqual({
      exit: 130,
      told: ['US-1 stopped', 'exit 130'],
    });
    expect((await bench.prd('run', '--json')).exit).toBe(0);
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in the middle of checks blames none of the stories that ran at once', async (signal, exit) => {
    const ids = ['US-1', 'US-2', 'US-3'];
    const stories = ids.map((id) => fileStory(id, `${id}.txt`, { acceptanceCriteria: ['Verify: node slow.mjs'] }));
    const files = { 'slow.mjs': 'setTimeout(() => process.exit(1), 20_000);\n' };
    const bench = await runBench({ stories, script: {}, files });
    const { io, ended } = bench.start('run', '--json', '--parallel', '3', '--verify-jobs', '3');
    const started = () => io.written.stdout.split('"type":"check.started"').length - 1;
    while (started() < ids.length) await new Promise((resolve) => setTimeout(resolve, 20));
    io.send(signal);
    const { exit: code, records } = await ended;
    const outcomes = records.flatMap((one) => (one.type === 'story.finished' ? [one.data.outcome] : []));
    expect({ code, outcomes }).toEqual({ code: exit, outcomes: ['stopped', 'stopped', 'stopped'] });
    expect((await bench.prd('status')).stdout).not.toContain('blocked');
  });
});
