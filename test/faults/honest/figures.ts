import type { Shape } from '../cheats/shape.ts';
import { twoAtOnce } from '../cheats/two-at-once.ts';
import type { Lab } from '../lab/build.ts';
import type { Figures } from '../suites/suites.ts';
import { playHonest, solutions } from './suite.ts';

/** Honest solutions through the same pipeline: a gate that holds them back would be switched off. */
export async function playSolutions(lab: Lab, chosen: readonly Shape[] = solutions): Promise<Figures> {
  const played = await twoAtOnce(chosen, async (shape) => ({ name: shape.name, ...(await playHonest(shape, lab)) }));
  const told = played.flatMap((one) => (one.kind === 'passed' ? [] : [one]));
  const left = told.filter(({ kind }) => kind === 'left out');
  const bad = told.filter(({ kind }) => kind !== 'left out');
  return {
    figures: [
      ['honest solutions tried', played.length - left.length],
      ['held back', bad.length],
    ],
    notes: left.map(({ name, detail }) => `left out, ${detail}: ${name}`),
    findings: bad.map(({ name, kind, detail }) => `${name}: ${kind}: ${detail.trim().replace(/\s*\n\s*/g, ' | ')}`),
  };
}
