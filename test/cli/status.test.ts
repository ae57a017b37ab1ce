import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import { statePaths } from '../../src/host/paths.ts';
import { main } from '../../src/main.ts';
import { storyDigest } from '../../src/prd/digest.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { openGit } from '../../src/workspace/git.ts';
import { findRepository } from '../../src/workspace/repository.ts';
import { fakeIo } from '../helpers/cli.ts';
import { type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';
import { record } from '../report/builders.ts';

const story = { title: 'Cart', implementModel: 'delegate', acceptanceCriteria: ['`npm test` passes'] };
const stories = [
  { ...story, id: 'US-1', passes: true },
  { ...story, id: 'US-2', passes: false },
];

let repository: TemporaryRepository;

beforeEach(async () => {
  repository = await temporaryRepository({ files: { 'PRD.json': prd({}) } });
});

afterEach(() => repository.cleanup());

function prd(facts: object): string {
  return `${JSON.stringify({ project: 'shop', userStories: stories, ...facts }, null, 2)}\n`;
}

async function status(argv: readonly string[] = [], cwd = repository.root) {
  const io = fakeIo({ argv: ['status', ...argv], cwd, env: repository.env });
  const exit = await main(io);
  return { exit, ...io.written };
}

async function passing(argv: readonly string[] = []): Promise<readonly string[]> {
  const { stdout } = await status(['--json', ...argv]);
  return JSON.parse(stdout).stories.flatMap((one: { id: string; passes: boolean }) => (one.passes ? [one.id] : []));
}

/** A journal of this repository, as an earlier run left it. */
async function journalOf(records: readonly JournalRecord[], change = (text: string): string => text): Promise<void> {
  const runs = await runsFolder();
  await mkdir(runs, { recursive: true });
  const lines = records.map((one, seq) => `${JSON.stringify({ ...one, seq })}\n`).join('');
  await writeFile(join(runs, '20260101-000000-abcdef.jsonl'), change(lines));
}

async function runsFolder(): Promise<string> {
  const git = await openGit(openCommands(), repository.env);
  const found = await findRepository(git, repository.root);
  return join(statePaths(repository.env, repository.env.HOME ?? '').stateHome, found.id, 'runs');
}

function digestOf(id: string): string {
  const parsed = parsePrd(prd({}), 'PRD.json');
  const story = parsed.kind === 'read' ? parsed.document.prd.stories.find((one) => one.id === id) : undefined;
  return story === undefined ? '' : storyDigest(story);
}

describe('status', () => {
  it('names the branch it read and what is next', async () => {
    const head = await repository.git('rev-parse', '--short=7', 'HEAD');
    expect(await status()).toEqual({
      exit: 0,
      stderr: '',
      stdout: [
        `PRD.json on main at ${head}`,
        '1  US-2  delegate  sonnet  Cart',
        'US-1: already passes',
        '1 of 2 stories passes',
        '',
      ].join('\n'),
    });
  });

  it('believes the branch, not the working tree, about what passes', async () => {
    await repository.write({ 'PRD.json': prd({ userStories: stories.map((one) => ({ ...one, passes: true })) }) });
    expect(await passing()).toEqual(['US-1']);
  });

  it('reads the branch that the PRD names, although another is checked out', async () => {
    await repository.git('branch', 'prd/cart');
    const open = stories.map((one) => ({ ...one, passes: false }));
    await repository.commit('Start over', { 'PRD.json': prd({ branchName: 'prd/cart', userStories: open }) });
    expect(await passing()).toEqual(['US-1']);
  });

  it('reads HEAD for a branch that will start there', async () => {
    await repository.write({ 'PRD.json': prd({ branchName: 'prd/new' }) });
    const { stdout } = await status();
    expect(stdout).toMatch(/^PRD\.json for prd\/new, which does not exist yet\n/);
    expect(await passing()).toEqual(['US-1']);
  });

  it('takes the word of a file that was never committed', async () => {
    await repository.write({ 'docs/plan.json': prd({}) });
    expect(await passing(['docs/plan.json'])).toEqual(['US-1']);
  });

  it('follows a link to the file that is committed', async () => {
    await repository.commit('Move', { 'plans/cart.json': prd({}), 'PRD.json': null });
    await symlink('plans/cart.json', join(repository.root, 'PRD.json'));
    expect(await passing()).toEqual(['US-1']);
  });

  it('refuses a PRD that the branch holds in pieces: every pass would be unknown', async () => {
    await repository.commit('Break', { 'PRD.json': '{ "userStories": [' });
    await repository.write({ 'PRD.json': prd({}) });
    const { exit, stderr } = await status();
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error: .*\n {2}--> PRD\.json at [0-9a-f]{7}:1:\d+\n/);
  });

  it('says which story an earlier run gave up on, until its text changes', async () => {
    await journalOf([
      record(0, 'story.started', { story: 'US-2', digest: digestOf('US-2') }),
      record(1, 'story.finished', { story: 'US-2', outcome: 'blocked', reason: 'still red after 3 attempts' }),
    ]);
    expect((await status()).stdout).toContain('US-2: blocked: still red after 3 attempts; change the story');
    const changed = stories.map((one) => ({ ...one, title: `${one.title} screen` }));
    await repository.write({ 'PRD.json': prd({ userStories: changed }) });
    expect((await status()).stdout).toContain('1  US-2  delegate  sonnet  Cart screen');
  });

  it('refuses a damaged journal: what is blocked would be unknown', async () => {
    await journalOf([record(0, 'story.started'), record(1, 'story.finished')], (text) => text.replace('"seq"', 'seq'));
    expect(await status()).toMatchObject({
      exit: 7,
      stdout: '',
      stderr: expect.stringMatching(/^error: the journal .* is damaged in line 1/),
    });
  });

  it('writes nothing, neither in the repository nor in the home', async () => {
    await status();
    expect(await repository.git('status', '--porcelain')).toBe('');
    expect(await repository.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('is one JSON document on request, also about what would stop a run', async () => {
    await repository.write({ 'PRD.json': prd({ userStories: [{ ...stories[1], dependsOn: ['US-9'] }] }) });
    const { exit, stdout, stderr } = await status(['--json']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      file: 'PRD.json',
      branch: 'main',
      passes: 0,
      total: 1,
      stories: [{ id: 'US-2', role: 'delegate', model: 'sonnet', state: 'waits', why: 'waits for US-9' }],
      problems: [{ code: 'unknown-dependency', hint: 'did you mean `US-2`?' }],
    });
  });
});
