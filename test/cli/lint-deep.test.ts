import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type RunBench, runBench } from '../helpers/run.ts';

const says = (...opinions: readonly object[]) => [
  { calls: [{ tool: 'submit_opinions', input: { opinions } }], stop: 'tool_use' },
];
const needs = (number: number, reason: string) => ({ number, needsJudgment: true, reason });
const clear = (number: number) => ({ number, needsJudgment: false, reason: '' });

const story = {
  id: 'US-1',
  title: 'Tell the story of `src/tale.md`',
  implementModel: 'delegate',
  acceptanceCriteria: [
    'The attic becomes the heart of the tale',
    'Errors are handled gracefully',
    '`src/tale.md` has 3 chapters',
    'Each guest belongs to one family',
    'Verify: test -s src/tale.md',
  ],
  passes: false,
};

async function bench(
  turns: object[] = says(needs(1, 'when is it the heart'), clear(2)),
  fields = {},
): Promise<RunBench> {
  return runBench({ stories: [{ ...story, ...fields }], script: { 'US-1': { lint: [turns] } } } as never);
}

interface Listed {
  readonly rule: string;
  readonly severity: string;
  readonly criterion: number | null;
  readonly message: string;
}

const opinionsOf = (stdout: string): readonly Listed[] =>
  (JSON.parse(stdout).findings as Listed[]).filter(({ rule }) => rule === 'judgment/second-opinion');

describe('lint --deep', () => {
  it('asks once about the criteria that no rule decides, and marks what comes back with the name of the model', async () => {
    const shop = await bench();
    const { stdout } = await shop.prd('lint', '--deep', '--json');
    expect(opinionsOf(stdout)).toMatchObject([
      { severity: 'warning', criterion: 0, message: 'sonnet thinks this needs judgment: when is it the heart' },
    ]);
    const text = JSON.stringify(shop.server.requests.map(({ body }) => body));
    expect(shop.server.requests).toHaveLength(1);
    expect(text).toContain('Each guest belongs to one family');
    for (const decided of ['gracefully', '3 chapters', 'test -s']) expect(text).not.toContain(decided);
  });

  it('asks nobody about a text that was answered before', async () => {
    const shop = await bench();
    const first = await shop.prd('lint', '--deep', '--json');
    const again = await shop.prd('lint', '--deep', '--json');
    expect(opinionsOf(again.stdout)).toEqual(opinionsOf(first.stdout));
    expect(shop.server.requests).toHaveLength(1);
  });

  it('is on the bill', async () => {
    const shop = await bench();
    await shop.prd('lint', '--deep');
    const { stdout } = await shop.prd('report', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      reason: 'done',
      bill: { total: { requests: 1 }, byStep: [{ step: 'lint' }], byModel: [{ role: 'delegate' }] },
    });
  });

  it('says nothing and asks nobody without the flag', async () => {
    const shop = await bench();
    const { stdout } = await shop.prd('lint', '--json');
    expect({ opinions: opinionsOf(stdout), requests: shop.server.requests.length }).toEqual({
      opinions: [],
      requests: 0,
    });
  });

  it('never fails the gate by itself', async () => {
    const shop = await bench(says(needs(1, 'a'), needs(2, 'b')), {
      acceptanceCriteria: ['The attic becomes the heart of the tale', 'Verify: test -s src/tale.md'],
    });
    expect((await shop.prd('lint', '--deep')).exit).toBe(0);
  });

  it('without a key says so, and the plain lint still runs', async () => {
    const shop = await bench();
    delete shop.env.ANTHROPIC_API_KEY;
    const { stdout, stderr, exit } = await shop.prd('lint', '--deep', '--json');
    const plain = await shop.prd('lint', '--json');
    expect({ stdout, exit }).toEqual({ stdout: plain.stdout, exit: plain.exit });
    expect(stderr).toMatch(/^note: no second opinion: no key for `.*`: `ANTHROPIC_API_KEY` is not set/);
  });

  it('an answer that cannot be used is said, and the plain findings stand', async () => {
    const shop = await bench([{ say: 'I would rather talk.', calls: [] }]);
    const { stdout, stderr } = await shop.prd('lint', '--deep', '--json');
    expect(opinionsOf(stdout)).toEqual([]);
    expect(stderr).toContain('note: no second opinion: sonnet gave no usable answer\n');
  });

  it('a criterion whose judgment is disabled is not asked about', async () => {
    const disable = [{ rule: 'judgment/*', criterion: 'attic', reason: 'the author decides it' }];
    const shop = await bench(says(clear(1)), { lint: { disable } });
    await shop.prd('lint', '--deep');
    expect(JSON.stringify(shop.server.requests[0]?.body)).not.toContain('attic');
  });

  it('tells on stderr whom it asked, and what that cost', async () => {
    const shop = await bench();
    expect((await shop.prd('lint', '--deep')).stderr).toMatch(/^note: asked sonnet about 2 criteria \(\$0\.\d{3}\)\n$/);
    expect((await shop.prd('lint', '--deep')).stderr).toBe('');
  });

  it('writes nothing into the repository', async () => {
    const shop = await bench();
    const before = await readdir(shop.repository.root);
    await shop.prd('lint', '--deep');
    expect(await readdir(shop.repository.root)).toEqual(before);
    expect(await shop.repository.git('status', '--porcelain')).toBe('');
  });
});
