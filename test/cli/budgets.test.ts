import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { costRange, type RangeFacts } from '../../src/cli/cost-range.ts';
import { statePaths } from '../../src/host/paths.ts';
import { rosterOf } from '../../src/models/catalog.ts';
import { defaultLimits } from '../../src/plan/limits.ts';
import type { PlannedStory } from '../../src/plan/plan.ts';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';
import { record } from '../report/builders.ts';

async function userConfig({ env }: RunBench, config: object): Promise<void> {
  const { configFile } = statePaths(env, env.HOME ?? '');
  await mkdir(dirname(configFile), { recursive: true });
  await writeFile(configFile, JSON.stringify(config));
}

async function benchWith(config: object, story: object = {}): Promise<RunBench> {
  const bench = await runBench({
    stories: [fileStory('US-1', 'a.txt', story)],
    script: { 'US-1': [writes('a.txt')] },
  });
  await userConfig(bench, config);
  return bench;
}

const unpriced = { models: { sonnet: { price: null } } };

describe('a budget', () => {
  it.each([
    ['--max-cost', '0.001', '`--max-cost 0.001` does not pay for one call to `sonnet`, which may take $0.0'],
    ['--max-story-cost', '0.001', '`--max-story-cost 0.001` does not pay'],
    ['--max-tokens', '900', '`--max-tokens 900` does not pay for one call to `sonnet`, which may take '],
    ['--max-story-tokens', '900', '`prd run --max-story-tokens '],
  ])('%s %s too small for one call says so before anything is spent', async (flag, limit, words) => {
    const bench = await benchWith({});
    const { exit, stdout, stderr } = await bench.prd('run', flag, limit);
    expect({ exit, stdout, requests: bench.server.requests.length }).toEqual({ exit: 3, stdout: '', requests: 0 });
    expect(stderr).toContain(words);
  });

  it('what the hint proposes is enough for one call', async () => {
    const bench = await benchWith({});
    const { stderr } = await bench.prd('run', '--max-cost', '0.001');
    const [, proposed = ''] = /--max-cost ([\d.]+)` pays/.exec(stderr) ?? [];
    await bench.prd('run', '--max-cost', proposed);
    expect(bench.server.requests.length).toBeGreaterThanOrEqual(1);
  });

  it.each([['--max-cost'], ['--max-story-cost']])(
    '%s for a model without a price is refused before anything is spent',
    async (flag) => {
      const bench = await benchWith(unpriced);
      const { exit, stderr } = await bench.prd('run', flag, '5');
      expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 2, requests: 0 });
      expect(stderr).toContain('nobody knows the price of `sonnet`, so a limit in dollars cannot hold');
      expect(stderr).toContain('--max-tokens');
    },
  );

  it('in dollars goes with a model without a price when there is one in tokens, and the bill shows calls, not $0', async () => {
    const bench = await benchWith(unpriced);
    const { exit, stdout } = await bench.prd('run', '--review', 'never', '--max-cost', '5', '--max-tokens', '1000000');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^1 of 1 story passes · .* · 1 unpriced call$/m);
    expect(stdout).toContain('the orchestrator alone: unknown, a price or a count is missing');
  });

  it('holds for a flat price too: it counts as $0 and is shown as that', async () => {
    const bench = await benchWith({ models: { sonnet: { price: 'flat' } } });
    const { exit, stdout } = await bench.prd('run', '--review', 'never', '--max-cost', '0.5');
    expect(exit).toBe(0);
    expect(stdout).toContain('$0 (flat)');
    expect(stdout).toContain('1 call at a flat price count as $0');
    expect(stdout).toMatch(/about \$0\.\d+; 100% saved/);
  });

  it('a configured one is held as well as one of the command line', async () => {
    const bench = await benchWith({ limits: { runCostUsd: 0.0001 } });
    expect(await bench.prd('run')).toMatchObject({ exit: 3, stderr: expect.stringContaining('does not pay') });
  });
});

describe('--dry-run', () => {
  it('gives a range and what it stands on: assumptions first, then tokens of earlier runs', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt'), fileStory('US-2', 'b.txt'), fileStory('US-3', 'c.txt')],
      script: { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')] },
    });
    const before = (await bench.prd('run', '--dry-run')).stdout.replaceAll('\n', ' ');
    expect(before).toMatch(
      /cost: about \$\d+\.\d\d, from \$\d+\.\d\d if each passes at once to \$\d+\.\d\d if each climbs/,
    );
    expect(before).toContain('basis: assumed: 18 turns an attempt (a delegate 22)');
    await bench.prd('run', '--review', 'never', 'US-1', 'US-2');
    const after = (await bench.prd('run', '--dry-run')).stdout.replaceAll('\n', ' ');
    expect(after).toContain('basis: tokens that attempts of the delegate took in earlier runs here');
    const [dear, cheap] = [before, after].map((text) => Number(/about <?\$([\d.]+)/.exec(text)?.[1]));
    expect(cheap).toBeLessThan((dear ?? 0) / 2);
    expect(bench.server.requests.length).toBe(2);
  });
});

describe('the range', () => {
  const planned = (model: string, role: 'orchestrator' | 'delegate'): PlannedStory =>
    ({ model, role, state: { kind: 'ready' }, story: { id: model } }) as unknown as PlannedStory;
  const facts: RangeFacts = {
    stories: [planned('opus', 'orchestrator'), planned('haiku', 'delegate')],
    roster: rosterOf(),
    limits: defaultLimits,
    refine: 'never',
    review: 'never',
    readiness: { of: () => ({ verdict: 'delegate', reasons: [] }), open: () => [] },
    past: [],
  };
  const figures = (more: Partial<RangeFacts> = {}): readonly number[] =>
    [...(costRange({ ...facts, ...more })[0] ?? '').matchAll(/\$([\d.]+)/g)].map(([, value]) => Number(value));

  it('runs from one attempt each, over what is usual, to the whole ladder', () => {
    const [expected = 0, low = 0, high = 0] = figures();
    expect([low < expected, expected < high]).toEqual([true, true]);
  });

  it('grows with refine and review', () => {
    const [plain = 0] = figures();
    const [full = 0] = figures({ refine: 'always', review: 'always' });
    expect(full).toBeGreaterThan(plain);
  });

  it('ends at the limit of the run', () => {
    expect(figures({ limits: { ...defaultLimits, runCostUsd: 0.25 } })).toEqual([0.25, 0.25, 0.25]);
  });

  it('knows nothing of a model without a price, and says which', () => {
    const roster = rosterOf({ models: { haiku: { price: null } } });
    expect(costRange({ ...facts, roster })).toEqual([
      'cost: unknown, 1 story without a price for haiku or the orchestrator',
    ]);
  });

  it('stands on the attempts of both roles once both were seen', () => {
    const seen = (role: 'orchestrator' | 'delegate') =>
      ['1', '2'].map((story) => record(0, 'request.settled', { story, role }));
    const [, basis] = costRange({ ...facts, past: [...seen('orchestrator'), ...seen('delegate')] });
    expect(basis).toBe('basis: tokens that attempts took in earlier runs here, at present prices');
  });

  it('says nothing where nothing runs', () => {
    expect(costRange({ ...facts, stories: [] })).toEqual([]);
  });
});
