import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pastStories } from '../../src/cli/route-past.ts';
import { main } from '../../src/main.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { fakeIo, prdTest } from '../helpers/cli.ts';
import { runsFolder, writeJournal } from '../helpers/journals.ts';
import { type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';
import { record } from '../report/builders.ts';

const criteria = (name: string) => [`\`${name}\` in src/${name}.ts returns 3`, 'Verify: npm test'];
const clear = { id: 'US-1', title: 'Cart view', acceptanceCriteria: criteria('cart'), passes: false };
const design = { id: 'US-2', title: 'Restructure the cart', acceptanceCriteria: criteria('box'), passes: false };
const rename = {
  id: 'US-3',
  title: 'Rename the label',
  implementModel: 'opus',
  acceptanceCriteria: criteria('label'),
  passes: false,
};
const done = { id: 'US-4', title: 'Old view', acceptanceCriteria: criteria('old'), passes: true };
const document = { project: 'shop', userStories: [clear, design, rename, done] };

describe('prd route', () => {
  it('says of each open story what it is, why, and what its model should be', async () => {
    const { stdout } = await prdTest().prd(document).args('route').stdout(/^US-1/).run();
    expect(stdout).toMatchInlineSnapshot(`
      "US-1  making      none → delegate      Cart view
          specified: nothing in it is left to decide
      US-2  judgment    none → orchestrator  Restructure the cart
          \`Restructure\` is architectural work
      US-3  repetition  opus → haiku         Rename the label
          \`Rename\` is mechanical work
      3 stories: 1 judgment, 1 making, 1 repetition · 1 routed otherwise · 2 without
      \`implementModel\`
      next: \`prd route --write\` fills in what is missing
      "
    `);
  });

  it.each([
    ['a terminal of 80 columns', 80],
    ['a narrow one', 40],
  ])('keeps its reasons within %s', async (_, columns) => {
    const { stdout } = await prdTest().prd(document).args('route', '--no-color').tty(columns).stdout(/US-1/).run();
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('fills in what is missing, keeps what somebody wrote, and changes no other byte', async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    const field = (value: string) => `      "implementModel": "${value}",\n      "acceptanceCriteria"`;
    const [first = '', second = '', ...rest] = text.split('      "acceptanceCriteria"');
    const expected =
      first + field('delegate') + second + field('orchestrator') + rest.join('      "acceptanceCriteria"');
    await prdTest()
      .file('PRD.json', text)
      .args('route', '--write')
      .stdout(/wrote `implementModel` of 2 stories\n$/)
      .writes('PRD.json', expected)
      .run();
  });

  it('replaces what differs when it is asked to', async () => {
    const { stdout } = await prdTest()
      .prd(document)
      .args('route', '--write', '--all', '--json')
      .stdout(/^\{/)
      .writes('PRD.json', /"title": "Rename the label",\s+"implementModel": "haiku"/)
      .run();
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      file: 'PRD.json',
      written: ['US-1', 'US-2', 'US-3'],
      past: [],
    });
  });

  it('names the stories it was asked about, finished ones too', async () => {
    const { stdout } = await prdTest().prd(document).args('route', 'US-4', '--json').stdout(/^\{/).run();
    expect(JSON.parse(stdout).stories).toMatchObject([{ id: 'US-4', work: 'making', agreement: 'unset' }]);
  });

  it('says so when no story is open', async () => {
    const finished = { userStories: [done] };
    await prdTest().prd(finished).args('route').stdout('no story is open; name one to see its route\n').run();
  });

  it('writes nothing when nothing is missing', async () => {
    const text = JSON.stringify({ userStories: [rename] });
    await prdTest().file('PRD.json', text).args('route', '--write').stdout(/US-3/).writes('PRD.json', text).run();
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown story', ['US-11'], /no story has the id `US-11`[\s\S]*did you mean `US-1`/],
    ['--all alone', ['--all'], /`--all` goes with `--write`/],
  ])('refuses %s', async (_, argv, stderr) => {
    await prdTest()
      .prd(document)
      .args('route', ...argv)
      .stderr(stderr)
      .exit(2)
      .run();
  });

  it('finds the stories of an unknown shape by a pointer, and writes there', async () => {
    await prdTest()
      .prd({ work: [clear] })
      .args('route', '--stories', '/work', '--write')
      .stdout(/US-1/)
      .writes('PRD.json', /"implementModel": "delegate"/)
      .run();
  });

  it('sends repetition to the delegate of a user who chose one', async () => {
    const { stdout } = await prdTest()
      .prd(document)
      .env({ PRD_DELEGATE: 'haiku' })
      .args('route', 'US-3', '--json')
      .stdout(/^\{/)
      .run();
    expect(JSON.parse(stdout).stories).toMatchObject([{ work: 'repetition', model: 'delegate', agreement: 'differs' }]);
  });
});

describe('what the past says', () => {
  let repository: TemporaryRepository;
  beforeEach(async () => {
    repository = await temporaryRepository({ files: { 'PRD.json': JSON.stringify(document) } });
  });
  afterEach(() => repository.cleanup());

  it('is told beside the advice: how many delegated stories of a kind passed first time', async () => {
    await writeJournal(repository, '20260101-000000-abcdef', [
      ...climb('US-1', 'Cart view', 1),
      ...climb('US-9', 'Gone since', 2),
      ...climb('US-8', 'Rename all', 1),
    ]);
    const io = fakeIo({ argv: ['route'], cwd: repository.root, env: repository.env });
    expect(await main(io)).toBe(0);
    expect(io.written.stdout).toContain('so far: 1 of 2 delegated stories of making passed first time\n');
    expect(io.written.stdout).toContain('so far: 1 of 1 delegated story of repetition passed first time\n');
  });

  it('is never guessed from a damaged journal, and nothing is written', async () => {
    await writeJournal(repository, '20260101-000000-abcdef', climb('US-1', 'Cart view', 1));
    const file = join(await runsFolder(repository), '20260101-000000-abcdef.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"type"', '"tipe"'));
    const io = fakeIo({ argv: ['route', '--write'], cwd: repository.root, env: repository.env });
    expect(await main(io)).toBe(7);
    expect(await readFile(join(repository.root, 'PRD.json'), 'utf8')).toBe(JSON.stringify(document));
  });

  it('counts the end of each climb, whoever tried first, and no story that was stopped', () => {
    const stopped = record(0, 'story.finished', { ...finish('US-3', 1), outcome: 'stopped' });
    expect(
      pastStories([
        ...climb('US-1', 'A', 2),
        start('US-3', 'C'),
        attempt('US-3', 1),
        stopped,
        ...climb('US-1', 'A', 1),
      ]),
    ).toEqual([
      { story: 'US-1', title: 'A', role: 'delegate', passed: true, attempts: 2 },
      { story: 'US-1', title: 'A', role: 'delegate', passed: true, attempts: 1 },
    ]);
  });
});

function climb(story: string, title: string, attempts: number): readonly JournalRecord[] {
  const tries = Array.from({ length: attempts }, (_, index) => attempt(story, index + 1));
  return [start(story, title), ...tries, record(0, 'story.finished', finish(story, attempts))];
}

const oid = 'a'.repeat(40);

function start(story: string, title: string): JournalRecord {
  return record(0, 'story.started', { story, title, role: 'delegate', model: 'sonnet', base: oid, digest: 'd' });
}

function attempt(story: string, number: number): JournalRecord {
  return record(0, 'attempt.started', {
    story,
    attempt: number,
    role: number === 1 ? 'delegate' : 'orchestrator',
    model: 'sonnet',
    base: oid,
    from: oid,
    workspace: 'w',
    marker: 'm',
    why: '',
  });
}

function finish(story: string, attempts: number) {
  return {
    story,
    outcome: 'passes',
    verdict: 'passed',
    strength: 'proven',
    reason: '',
    key: 'k',
    attempts,
    commit: oid,
    costUsd: 0,
  } as const;
}
