import { playCheats } from '../cheats/figures.ts';
import { escapeSuite } from '../escape/suite.ts';
import { playSolutions } from '../honest/figures.ts';
import type { Lab } from '../lab/build.ts';
import type { Amount, Tally } from '../lab/tally.ts';
import { cutStreams, providerFaults } from './api.ts';
import { placeCanaries } from './canary.ts';
import { contend } from './cas.ts';
import { failEach } from './fail-nth.ts';
import { killInFlip } from './flip.ts';
import { killAtPoints, landingPoints, otherPoints } from './kill.ts';
import { endChildren } from './proc.ts';
import { killAtRandom } from './random.ts';
import { killInSplit } from './split.ts';
import { cutFiles } from './tear.ts';
import { startTwo } from './two.ts';

export interface Suite {
  readonly name: string;
  /** Runs, or rounds, of the fast and of the long tier. */
  readonly fast: number;
  readonly long: number;
  run(lab: Lab, amount: Amount, seed: number): Promise<Tally>;
}

/** A suite with figures of its own: what it tried, and what came of it. */
export interface FigureSuite {
  readonly name: string;
  run(lab: Lab): Promise<Figures>;
}

export interface Figures {
  /** `['cheats tried', 64]`, in the order of the report. */
  readonly figures: readonly (readonly [label: string, count: number])[];
  /** What a reader should know, a line each. */
  readonly notes?: readonly string[];
  /** What should not be, a line each; the exit code is 1 when there is any. */
  readonly findings: readonly string[];
}

export const figureSuites: readonly FigureSuite[] = [
  { name: 'canary', run: placeCanaries },
  escapeSuite,
  { name: 'cheat', run: playCheats },
  { name: 'honest', run: playSolutions },
];

/** Every suite of the lab, the cheap ones first. */
export const suites: readonly Suite[] = [
  { name: 'CAS', fast: 3, long: 100, run: contend },
  { name: 'PROC', fast: 4, long: 40, run: endChildren },
  // 0: every byte.
  { name: 'TEAR', fast: 60, long: 0, run: cutFiles },
  { name: 'API-faults', fast: 1, long: 1, run: providerFaults },
  { name: 'API-cuts', fast: 8, long: 200, run: cutStreams },
  { name: 'FS-nth', fast: 3, long: 0, run: failEach },
  { name: 'TWO', fast: 1, long: 100, run: startTwo },
  { name: 'KILL-flip', fast: 4, long: 20, run: killInFlip },
  { name: 'KILL-landing', fast: 5, long: 25 * landingPoints.length, run: killAtLanding },
  { name: 'KILL-other', fast: 0, long: 3 * otherPoints.length, run: killElsewhere },
  { name: 'KILL-split', fast: 3, long: 60, run: killInSplit },
  { name: 'KILL-rand', fast: 5, long: 500, run: killAtRandom },
];

function killAtLanding(lab: Lab, amount: Amount): Promise<Tally> {
  return killAtPoints('KILL-landing', lab, landingPoints, amount);
}

function killElsewhere(lab: Lab, amount: Amount): Promise<Tally> {
  return killAtPoints('KILL-other', lab, otherPoints, amount);
}
