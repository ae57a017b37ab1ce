import type { Lab } from '../lab/build.ts';
import type { Figures } from '../suites/suites.ts';
import { type Attack, attacks } from './suite.ts';
import { twoAtOnce } from './two-at-once.ts';

/** Dishonest implementers against the real pipeline: no branch may say that a story passes which does not work. */
export async function playCheats(lab: Lab, chosen: readonly Attack[] = attacks): Promise<Figures> {
  const possible = chosen.filter(({ missing }) => missing.length === 0);
  const played = await twoAtOnce(possible, async ({ name, play }) => ({ name, ...(await play(lab)) }));
  const bad = played.flatMap((one) => (one.kind === 'lost' ? [] : [one]));
  return {
    figures: [
      ['cheats tried', played.length],
      ['false passes', bad.filter(({ kind }) => kind === 'false pass').length],
      ['held back for another reason', bad.filter(({ kind }) => kind === 'not seen').length],
    ],
    notes: leftOut(chosen),
    findings: bad.map(({ name, kind, detail }) => `${name}: ${kind}: ${detail.trim().replace(/\s*\n\s*/g, ' | ')}`),
  };
}

function leftOut(chosen: readonly Attack[]): readonly string[] {
  return chosen.flatMap(({ name, missing }) =>
    missing.length === 0 ? [] : [`left out, no ${missing.join(', ')} here: ${name}`],
  );
}
