import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildLab, type Lab } from '../lab/build.ts';
import { sample, tryToEscape } from './suite.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.remove());

it('of a few ways out none leads out of a box, and some do at guard', { timeout: 120_000 }, async () => {
  const { figures, notes = [], findings } = await tryToEscape(lab, sample);
  expect(findings).toEqual([]);
  const found = Object.fromEntries(figures);
  // A suite that nobody can get out of would show nothing.
  expect(found['got out at guard']).toBeGreaterThan(3);
  if (process.env.PRD_TEST_REQUIRE_OS === '1') expect(found['got out at os']).toBe(0);
  expect(notes.length).toBeGreaterThan(0);
});
