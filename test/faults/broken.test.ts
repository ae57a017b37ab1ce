import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Break } from '../../src/host/crash-point.ts';
import { brokenLab, buildLab, type Lab } from './lab/build.ts';
import type { columns, Tally } from './lab/tally.ts';
import { cutStreams, endlessModel } from './suites/api.ts';
import { contend } from './suites/cas.ts';
import { killInFlip } from './suites/flip.ts';
import { killAtPoints } from './suites/kill.ts';
import { endChildren } from './suites/proc.ts';
import { startTwo } from './suites/two.ts';

interface Row {
  readonly name: Break;
  /** What the oracle must say, at least once. */
  readonly finds: (typeof columns)[number];
  readonly run: (lab: Lab) => Promise<Tally>;
}

const until = Number.POSITIVE_INFINITY;
const once = { runs: 1, until };
/** Each kind of child, and each moment of a flip. */
const each = { runs: 4, until };

/** Each defence is switched off alone; a suite that stays green then proves nothing. */
const table: readonly Row[] = [
  { name: 'in-place-write', finds: 'torn files', run: (lab) => killInFlip(lab, each) },
  { name: 'no-cas', finds: 'double landings', run: (lab) => contend(lab, once) },
  { name: 'partial-turn', finds: 'false passes', run: (lab) => cutStreams(lab, { runs: 8, until }) },
  { name: 'intent-late', finds: 'unrecovered', run: (lab) => killAtPoints('KILL', lab, ['land.after-cas'], once) },
  { name: 'delete-early', finds: 'lost attempts', run: (lab) => killAtPoints('KILL', lab, ['snap.after-tree'], once) },
  { name: 'bad-lock-is-free', finds: 'torn files', run: (lab) => startTwo(lab, once) },
  { name: 'pipes', finds: 'unrecovered', run: (lab) => endChildren(lab, each) },
  { name: 'no-reservation', finds: 'unrecovered', run: (lab) => endlessModel(lab, { until }) },
];

describe('a build without one of its defences turns its suite red', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await buildLab();
  });
  afterAll(() => lab.remove());

  it.each(table)('$name', { timeout: 120_000 }, async ({ name, finds, run }) => {
    const { findings } = await run(brokenLab(lab, name));
    expect(findings.map(({ column }) => column)).toContain(finds);
  });
});
