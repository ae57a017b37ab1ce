import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';
import { wireRefinement } from '../spec/wire-refinement.ts';

const submits = (...stories: readonly object[]) => [{ calls: [{ tool: 'submit_refinement', input: { stories } }] }];

/** A story that needs judgment, and what the orchestrator makes of it. */
const vague = fileStory('US-1', 'a.txt', {
  implementModel: 'haiku',
  acceptanceCriteria: ['The text is nice and intuitive', 'Verify: test -s a.txt'],
});
const ready = fileStory('US-2', 'b.txt');
const refinement = wireRefinement('US-1', {
  files: [{ path: 'a.txt', action: 'create', why: 'the text' }],
  steps: ['Write the word done into a.txt'],
  signatures: ['a.txt: one line'],
  extraCriteria: ['`a.txt` holds the word done'],
  verify: ['test -s README.md', 'curl https://example.com'],
  outOfScope: ['other files'],
});

async function bench(refine = submits(refinement), stories: readonly object[] = [vague, ready]): Promise<RunBench> {
  return runBench({ stories, script: { 'US-1': { refine: [refine], implement: [writes('a.txt')] } } });
}

const prdOf = ({ repository }: RunBench) => readFile(join(repository.root, 'PRD.json'), 'utf8');

describe('refine', () => {
  it('asks about the stories that are not ready, shows what each gains, and changes nothing', async () => {
    const shop = await bench();
    const before = await prdOf(shop);
    const { exit, stdout } = await shop.prd('refine');
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'US-1: Write a.txt',
      '  + criterion     `a.txt` holds the word done',
      '  + verify        test -s README.md',
      '  + create        a.txt (the text)',
      '  + signature     a.txt: one line',
      '  + step          Write the word done into a.txt',
      '  + not in scope  other files',
      expect.stringMatching(/^ {2}- left out {6}"curl https:\/\/example\.com": /),
      expect.stringMatching(/^1 of 1 story refined · \$0\.\d{3}$/),
      '',
    ]);
    expect({ prd: await prdOf(shop), requests: shop.server.requests.length }).toEqual({ prd: before, requests: 1 });
  });

  it('what was refined before and still holds costs nothing', async () => {
    const shop = await bench();
    await shop.prd('refine');
    const { stdout } = await shop.prd('refine');
    expect(stdout).toContain('US-1: Write a.txt (kept from before)\n');
    expect(stdout).toContain('1 of 1 story refined, 1 of them kept from before · $0.000\n');
    expect(shop.server.requests).toHaveLength(1);
  });

  it('the next run builds with it, and does not ask again', async () => {
    const shop = await bench();
    await shop.prd('refine');
    const { records } = await shop.prd('run', 'US-1', '--refine', 'always', '--review', 'never', '--json');
    expect(records.find(({ type }) => type === 'spec.decided')?.data).toMatchObject({ refined: true, reused: true });
    expect(JSON.stringify(shop.server.requests[1]?.body)).toContain('Write the word done into a.txt');
  });

  it('is booked like a run', async () => {
    const shop = await bench();
    await shop.prd('refine');
    const { stdout } = await shop.prd('report', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      reason: 'done',
      exitCode: 0,
      bill: { total: { requests: 1 }, byStep: [{ step: 'refine' }], byModel: [{ role: 'orchestrator' }] },
    });
  });

  it('several stories go in one question, and each is shown', async () => {
    const other = { ...vague, id: 'US-3' };
    const shop = await bench(submits(refinement, { ...refinement, storyId: 'US-3' }), [vague, other]);
    const { stdout } = await shop.prd('refine', '--json');
    expect(JSON.parse(stdout).stories.map((one: { story: string }) => one.story)).toEqual(['US-1', 'US-3']);
    expect(shop.server.requests).toHaveLength(1);
  });

  it('--json is one document', async () => {
    const { stdout } = await (await bench()).prd('refine', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      file: 'PRD.json',
      written: [],
      unpriced: 0,
      stories: [
        { story: 'US-1', refined: true, reused: false, extraCriteria: ['`a.txt` holds the word done'], open: [] },
      ],
      problems: [],
    });
  });

  it('says so where every story is ready, and asks nobody', async () => {
    const shop = await bench(submits(refinement), [ready]);
    const { exit, stdout } = await shop.prd('refine');
    expect({ exit, requests: shop.server.requests.length }).toEqual({ exit: 0, requests: 0 });
    expect(stdout).toContain('nothing to refine: every delegated story is ready as it is written');
  });
});

describe('refine --write', () => {
  it('puts the additions behind what is there, keeps every other byte, and what stays open is not asked again', async () => {
    const shop = await bench();
    const before = await prdOf(shop);
    const { stdout } = await shop.prd('refine', '--write');
    expect(stdout).toContain('PRD.json: 1 story changed, nothing removed\n');
    const plan = 'Refined: create a.txt. a.txt: one line. 1. Write the word done into a.txt. not in scope: other files';
    expect(await prdOf(shop)).toBe(
      before
        .replace(
          '"Verify: test -s a.txt"\n',
          '"Verify: test -s a.txt",\n        "`a.txt` holds the word done",\n        "Verify: test -s README.md"\n',
        )
        .replace('"passes": false\n', `"passes": false,\n      "notes": ${JSON.stringify(plan)}\n`),
    );
    const again = await shop.prd('refine', 'US-1');
    expect(again.stdout).toContain('(kept from before)');
    expect(shop.server.requests).toHaveLength(1);
  });
});

describe('what can go wrong', () => {
  it('an answer that cannot be used leaves the story as it is, exit 1', async () => {
    const shop = await bench([
      { say: 'I would rather talk.', calls: [] },
      { say: 'Still.', calls: [] },
    ] as never);
    const before = await prdOf(shop);
    const { exit, stdout } = await shop.prd('refine', '--write');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^ {2}! not refined {2}/m);
    expect(await prdOf(shop)).toBe(before);
  });

  it('a refused key stops it with the problem and its way out', async () => {
    const shop = await runBench({ stories: [vague], script: {}, keys: ['right'] });
    const { exit, stderr } = await shop.prd('refine');
    expect(exit).toBe(4);
    expect(stderr).toContain('refused the key');
    expect(stderr).toContain('hint:');
  });

  it('a refused key stands in the JSON document too', async () => {
    const shop = await runBench({ stories: [vague], script: {}, keys: ['right'] });
    const { exit, stdout } = await shop.prd('refine', '--json');
    expect(exit).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ stories: [], problems: [{ code: 'key-refused' }] });
  });

  it('without a key it says which variable to set', async () => {
    const shop = await bench();
    shop.env.ANTHROPIC_API_KEY = '';
    expect(await shop.prd('refine')).toMatchObject({ exit: 4, stderr: expect.stringContaining('ANTHROPIC_API_KEY') });
  });

  it.each([
    [['US-9'], 2, 'did you mean `US-2`'],
    [['--max-cost', '0.001'], 3, 'does not pay for one call to `opus`'],
  ])('%j is refused before anything is spent', async (argv, exit, words) => {
    const shop = await bench();
    expect(await shop.prd('refine', ...argv)).toMatchObject({ exit, stderr: expect.stringContaining(words) });
    expect(shop.server.requests).toHaveLength(0);
  });

  it('a story that passes keeps its text', async () => {
    const shop = await bench(submits(refinement), [{ ...vague, passes: true }, ready]);
    const { exit, stderr } = await shop.prd('refine', 'US-1');
    expect({ exit, requests: shop.server.requests.length }).toEqual({ exit: 2, requests: 0 });
    expect(stderr).toContain('`US-1` passes already');
  });
});
