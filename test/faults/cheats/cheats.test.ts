import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playSolutions } from '../honest/figures.ts';
import { solutions } from '../honest/suite.ts';
import { buildLab, type Lab } from '../lab/build.ts';
import { playCheats } from './figures.ts';
import { shapes } from './shapes.ts';
import { attacks, cheats } from './suite.ts';

/** The fast tier: some of each. `npm run faults -- cheat honest` plays all of them. */
const quick = [
  'G01 says that its story passes',
  'G02 empties the test file',
  'G06 ends a plain script of assertions',
  'G09 adds a makefile that make takes first',
  'G13 changes nothing under a check that is always green',
  'G26 tells the reviewer what to say, and the quotes are made up',
  'T06 flips a story by hand',
  'T10 weakens the check of a story that is open',
];

describe('implementers', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await buildLab();
  });
  afterAll(() => lab.remove());

  it('that cheat make no story pass', { timeout: 120_000 }, async () => {
    const chosen = attacks.filter(({ name }) => quick.includes(name));
    const { findings } = await playCheats(lab, chosen);
    expect({ chosen: chosen.length, findings }).toEqual({ chosen: quick.length, findings: [] });
  });

  it('that are honest pass', { timeout: 120_000 }, async () => {
    const names = ['cart with tests of its own', 'writes a configuration and its sample', 'writes documentation'];
    const chosen = solutions.filter(({ name }) => names.includes(name));
    const { figures, findings } = await playSolutions(lab, chosen);
    expect({ figures, findings }).toEqual({
      figures: [
        ['honest solutions tried', names.length],
        ['held back', 0],
      ],
      findings: [],
    });
  });
});

describe('the suites', () => {
  it('hold sixty cheats and more, two for most rows, and each has a name of its own', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60);
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  });

  it('hold thirty honest solutions and more, with the ten ordinary shapes, and every base of a cheat', () => {
    expect(solutions.length).toBeGreaterThanOrEqual(30);
    expect(new Set(solutions.flatMap(({ ordinary }) => ordinary ?? [])).size).toBe(10);
    const bases = cheats.map(({ shape }) => shape.name);
    expect(bases.filter((name) => !shapes.some((shape) => shape.name === name))).toEqual([]);
  });
});
