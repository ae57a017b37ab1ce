import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evidencePath, readEvidence } from '../../src/land/evidence.ts';
import { land } from '../../src/land/land.ts';
import { recoverLanding } from '../../src/land/recover.ts';
import { storyDigest } from '../../src/prd/digest.ts';
import type { EventData, RunEvent } from '../../src/run/events.ts';
import { verdictReason } from '../../src/verify/verdict-words.ts';
import type { Files } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository } from '../workspace/opened-repository.ts';
import { type Attempted, attempt, landAttempt, landingOf, passedAttempt, prdAt } from './pipeline.ts';

const nodeTest = "import { test } from 'node:test';\nimport assert from 'node:assert';\n";
const cartTest = `${nodeTest}import { total } from '../src/cart.js';\ntest('adds', () => assert.equal(total([1, 2]), 3));\n`;
const good = 'export const total = (xs) => xs.reduce((a, b) => a + b, 0);\n';

/** With comments, as people write them: no landing may touch them. */
const prd = `{
  // the shop
  "userStories": [
    { "id": "US-001", "title": "Cart totals", "acceptanceCriteria": ["Verify: npm test"], "passes": false },
    { "id": "US-002", "title": "Later", "acceptanceCriteria": ["Verify: npm test"], "passes": false },
  ],
}
`;

const shop: Files = {
  'PRD.json': prd,
  'package.json': '{ "name": "shop", "type": "module", "scripts": { "test": "node --test test/*.test.js" } }\n',
  'src/cart.js': 'export const total = () => 0;\n',
  'test/cart.test.js': cartTest,
};

const said = ({ verdict }: Attempted) => `${verdict.kind}:${verdictReason(verdict)}`;

describe('a landing', () => {
  let repo: OpenedRepository;
  let passed: Attempted;

  beforeEach(async () => {
    repo = await openedRepository({ files: shop });
    passed = await passedAttempt(repo, 'US-001', { 'src/cart.js': good });
  });

  afterEach(async () => {
    await repo.cleanup();
  });

  it('is one commit of code, evidence and flip', async () => {
    const { landed, events } = await landAttempt(repo, passed);
    const evidence = evidencePath('US-001', storyDigest(passed.story));
    const commit = await repo.git('rev-parse', 'main');
    expect(landed).toEqual({ kind: 'landed', branch: 'main', commit, flipped: true, followed: 'followed' });
    expect((await repo.git('diff', '--name-only', repo.base, commit)).split('\n')).toEqual([
      '.prd/.gitattributes',
      evidence,
      'PRD.json',
      'src/cart.js',
    ]);
    expect(await repo.git('rev-parse', `${commit}^@`)).toBe(repo.base);
    expect(await repo.git('log', '-1', '--format=%an <%ae>%n%B', commit)).toBe(
      `Ada <ada@example.com>\nUS-001: Cart totals\n\nPrd-Story: US-001\nPrd-Attempt: run-1/1\nPrd-Evidence: ${evidence}\n`,
    );
    expect(await repo.read('PRD.json')).toBe(prd.replace('"passes": false', '"passes": true'));
    expect(readEvidence(await repo.read(evidence)).kind).toBe('read');
    expect(await repo.git('status', '--porcelain')).toBe('');
    const about = { story: 'US-001', attempt: 1, branch: 'main', from: repo.base };
    expect(events).toEqual([
      { type: 'landing.intent', data: { ...about, commit } },
      { type: 'landing.done', data: { ...about, commit, strength: 'proven', evidence } },
      { type: 'follow.intent', data: { branch: 'main', from: repo.base, to: commit } },
      { type: 'follow.done', data: { branch: 'main', to: commit, how: 'followed' } },
    ]);
  });

  it('that lost the race changes nothing and says so', async () => {
    const other = await repo.commit('By hand', { 'README.md': 'by hand\n' });
    const { landed, events } = await landAttempt(repo, passed, { target: { name: 'main', tip: repo.base } });
    expect(landed).toEqual({ kind: 'lost', branch: 'main', head: other });
    expect(await repo.git('rev-parse', 'main')).toBe(other);
    expect(events.map(({ type }) => type)).toEqual(['landing.intent', 'landing.lost']);
    expect(await repo.read('PRD.json')).toBe(prd);
  });

  it('never undoes a commit that came after the head it was judged on', async () => {
    const other = await repo.commit('By hand', { 'README.md': 'by hand\n' });
    const { landed, events } = await landAttempt(repo, passed, { target: { name: 'main', tip: other } });
    expect(landed).toEqual({ kind: 'lost', branch: 'main', head: other });
    expect(await repo.git('rev-parse', 'main')).toBe(other);
    expect(events.map(({ type }) => type)).toEqual(['landing.lost']);
  });

  it('goes to a branch of the run when the checkout could not follow without losing an edit', async () => {
    await repo.write({ 'src/cart.js': '// my own edit\n' });
    const { landed } = await landAttempt(repo, passed);
    expect(landed).toMatchObject({ kind: 'landed', branch: 'prd/run-1', followed: 'followed' });
    expect(await repo.git('rev-parse', 'main')).toBe(repo.base);
    expect(await repo.git('rev-parse', 'prd/run-1^')).toBe(repo.base);
    expect(await repo.read('src/cart.js')).toBe('// my own edit\n');
  });

  it('does nothing when it could not follow and has nowhere else to go', async () => {
    await repo.write({ 'src/cart.js': '// my own edit\n' });
    const { landed, events } = await landAttempt(repo, passed, { aside: async () => null });
    expect({ landed, events }).toEqual({ landed: { kind: 'cannot-follow', branch: 'main' }, events: [] });
    expect(await repo.git('rev-parse', 'main')).toBe(repo.base);
  });

  it('creates a branch that is not there yet', async () => {
    const { landed } = await landAttempt(repo, passed, { target: { name: 'prd/cart', tip: null } });
    expect(landed).toMatchObject({ kind: 'landed', branch: 'prd/cart', followed: 'followed' });
    expect(await repo.git('rev-parse', 'prd/cart^')).toBe(repo.base);
    expect(await repo.git('rev-parse', 'main')).toBe(repo.base);
  });

  it('flips nothing where the PRD is not tracked, and says so', async () => {
    const { landed } = await landAttempt(repo, passed, { prdPath: 'untracked.json' });
    expect(landed).toMatchObject({ kind: 'landed', flipped: false });
    expect(await repo.git('diff', '--name-only', repo.base, 'main', '--', 'PRD.json')).toBe('');
  });

  it('is refused when the story is gone from the PRD at the head', async () => {
    const head = await repo.commit('Drop the story', { 'PRD.json': prd.replace(/ *\{ "id": "US-001".*\n/, '') });
    await repo.vault.keep(head);
    const { landed, events } = await landAttempt(repo, passed, { head });
    expect(landed).toMatchObject({ kind: 'refused', problem: { code: 'unknown-story', story: 'US-001' } });
    expect(events).toEqual([]);
  });

  it('keeps an edit of the PRD that was made at the head meanwhile', async () => {
    const renamed = prd.replace('"Later"', '"Much later"');
    const head = await repo.commit('Rename', { 'PRD.json': renamed });
    await repo.vault.keep(head);
    const merge = await repo.vault.merge(head, passed.candidate ?? '');
    const tree = merge.kind === 'clean' ? merge.tree : '';
    const candidate = await repo.vault.commit({ tree, parents: [head], message: 'candidate' });
    const { landed } = await landAttempt(repo, passed, { head, candidate, target: { name: 'main', tip: head } });
    expect(landed).toMatchObject({ kind: 'landed', branch: 'main' });
    expect(await repo.read('PRD.json')).toBe(renamed.replace('"passes": false', '"passes": true'));
  });

  it('adds the attributes of its folder once', async () => {
    await landAttempt(repo, passed);
    expect(await repo.read('.prd/.gitattributes')).toBe('evidence/** linguist-generated=true\n');
    await repo.commit('My attributes', { '.prd/.gitattributes': '* -diff\n' });
    const next = await passedAttempt(repo, 'US-002', { 'src/later.js': 'export {};\n' });
    await landAttempt(repo, next);
    expect(await repo.read('.prd/.gitattributes')).toBe('* -diff\n');
    expect((await prdAt(repo, await repo.git('rev-parse', 'main'))).stories.map(({ passes }) => passes)).toEqual([
      true,
      true,
    ]);
  });
});

describe('a landing cut off by a crash', () => {
  let repo: OpenedRepository;
  let passed: Attempted;
  let events: RunEvent[];
  const emit = async (event: RunEvent) => {
    events.push(event);
  };

  beforeEach(async () => {
    events = [];
    repo = await openedRepository({ files: shop });
    passed = await passedAttempt(repo, 'US-001', { 'src/cart.js': good });
  });

  afterEach(async () => {
    await repo.cleanup();
  });

  /** Lands with a process that dies at the first event of this type, before it is written. */
  const dieAt = async (type: RunEvent['type']): Promise<EventData<'landing.intent'>> => {
    const written: RunEvent[] = [];
    const dying = async (event: RunEvent) => {
      if (event.type === type) throw new Error('killed');
      written.push(event);
    };
    const landing = await landingOf(repo, passed);
    await expect(land(landing, { ...repo, emit: dying })).rejects.toThrow('killed');
    const intent = written.find((event) => event.type === 'landing.intent');
    if (intent?.type !== 'landing.intent') throw new Error('no intent');
    return intent.data;
  };

  it('before the branch moved is done again, as the same commit', async () => {
    const landing = await landingOf(repo, passed);
    const failing = { ...repo.checkout, moveBranch: () => Promise.reject(new Error('killed')) };
    const written: RunEvent[] = [];
    const record = async (event: RunEvent) => {
      written.push(event);
    };
    await expect(land(landing, { vault: repo.vault, checkout: failing, emit: record })).rejects.toThrow('killed');
    const [intent] = written;
    if (intent?.type !== 'landing.intent') throw new Error('no intent');
    expect(await recoverLanding(intent.data, { ...repo, emit })).toEqual({
      kind: 'redone',
      commit: intent.data.commit,
    });
    expect(await repo.git('rev-parse', 'main')).toBe(intent.data.commit);
    expect(events.map(({ type }) => type)).toEqual(['landing.done', 'follow.intent', 'follow.done']);
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  it('after the branch moved is adopted, and the checkout follows', async () => {
    const intent = await dieAt('landing.done');
    expect(await repo.git('rev-parse', 'main')).toBe(intent.commit);
    expect(await recoverLanding(intent, { ...repo, emit })).toEqual({ kind: 'adopted', commit: intent.commit });
    expect(await repo.git('rev-list', '--count', `${repo.base}..main`)).toBe('1');
    expect(await repo.git('status', '--porcelain')).toBe('');
    expect(events.map(({ type }) => type)).toEqual(['adopted', 'landing.done', 'follow.done']);
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'adopted', data: { what: 'landing', story: 'US-001' } },
      {
        type: 'landing.done',
        data: { story: 'US-001', strength: 'proven', evidence: evidencePath('US-001', storyDigest(passed.story)) },
      },
    ]);
  });

  it('is adopted under commits that came after it, and twice does no harm', async () => {
    const intent = await dieAt('follow.intent');
    await recoverLanding(intent, { ...repo, emit });
    const later = await repo.commit('More', { 'README.md': 'more\n' });
    expect(await recoverLanding(intent, { ...repo, emit })).toMatchObject({ kind: 'adopted' });
    expect(await repo.git('rev-parse', 'main')).toBe(later);
    expect(await repo.read('README.md')).toBe('more\n');
  });

  it('is lost when somebody else moved the branch', async () => {
    const landing = await landingOf(repo, passed);
    const commit =
      (await repo.vault.commit({ tree: await repo.vault.treeOf(repo.base), parents: [repo.base], message: 'x' })) ?? '';
    const other = await repo.commit('By hand', { 'README.md': 'by hand\n' });
    const intent = { story: 'US-001', attempt: 1, branch: 'main', from: repo.base, commit };
    expect(landing.head).toBe(repo.base);
    expect(await recoverLanding(intent, { ...repo, emit })).toEqual({ kind: 'lost', commit });
    expect(await repo.git('rev-parse', 'main')).toBe(other);
    expect(events).toMatchObject([{ type: 'landing.lost', data: { head: other } }]);
  });

  it('is never redone from a commit without evidence of its story', async () => {
    const commit = await repo.candidate({ 'PRD.json': prd.replace('"passes": false', '"passes": true') });
    const intent = { story: 'US-001', attempt: 1, branch: 'main', from: repo.base, commit };
    expect(await recoverLanding(intent, { ...repo, emit })).toEqual({ kind: 'lost', commit });
    expect(await repo.git('rev-parse', 'main')).toBe(repo.base);
  });
});

describe('a cheat, over real git', () => {
  let repo: OpenedRepository;

  beforeAll(async () => {
    repo = await openedRepository({ files: shop });
  });

  afterAll(async () => {
    await repo.cleanup();
  });

  const rows: readonly [title: string, work: Files, verdict: string][] = [
    [
      'G01: sets the story true',
      { 'PRD.json': prd.replaceAll('"passes": false', '"passes": true') },
      'tampered:prd-file',
    ],
    ['T08: writes evidence', { '.prd/evidence/US-001-00000000.json': '{}', 'src/cart.js': good }, 'tampered:evidence'],
    ['G02: empties the test', { 'test/cart.test.js': `${nodeTest}test('adds', () => {});\n` }, 'failed:base-tests-red'],
    ['G03: deletes the tests', { test: null }, 'failed:exit-code: npm test'],
    ['G05: brings a runner configuration', { '.mocharc.json': '{}', 'conftest.py': 'x' }, 'failed:exit-code: npm test'],
    [
      'G06: ends the process before the tests',
      { 'src/cart.js': 'process.exit(0);\nexport const total = 1;\n' },
      'inconclusive:no-report',
    ],
    [
      'G08: brings its own shell',
      { '.npmrc': 'script-shell=./evil.sh\n', 'evil.sh': '#!/bin/sh\nexit 0\n' },
      'failed:exit-code: npm test',
    ],
    [
      'G09: rewrites the script',
      { 'package.json': '{ "name": "shop", "type": "module", "scripts": { "test": "exit 0" } }\n' },
      'failed:exit-code: npm test',
    ],
    [
      'G13: adds a test that always passes',
      {
        'src/cart.js': '// nothing\nexport const total = () => 0;\n',
        'test/more.test.js': `${nodeTest}test('more', () => {});\n`,
      },
      'failed:exit-code: npm test',
    ],
  ];
  it.each(rows)('%s: it does not pass', async (_title, work, verdict) => {
    expect(said(await attempt(repo, 'US-001', work))).toBe(verdict);
  });

  it('is not what an honest solution does', async () => {
    expect(said(await attempt(repo, 'US-001', { 'src/cart.js': good }))).toBe('passed:proven');
  });

  it('lands nothing: the branch and the PRD are as they were', async () => {
    expect(await repo.git('rev-parse', 'main')).toBe(repo.base);
    expect(await repo.git('status', '--porcelain')).toBe('');
  });
});
