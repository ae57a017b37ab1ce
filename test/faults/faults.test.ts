import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLab, type Lab } from './lab/build.ts';
import { suites } from './suites/suites.ts';

/** The fast tier: a little of every suite. `npm run faults` runs all of it. */
describe('whatever is killed, cut or torn, the oracle finds nothing', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await buildLab();
  });
  afterAll(() => lab.remove());

  it.each(suites.filter(({ fast }) => fast > 0))('$name', { timeout: 120_000 }, async ({ fast, run }) => {
    const { findings, runs } = await run(lab, { runs: fast, until: Number.POSITIVE_INFINITY }, 1);
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(0);
  });
});
