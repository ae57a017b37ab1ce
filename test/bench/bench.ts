import { cpus, loadavg } from 'node:os';
import { exampleInParallel } from './parts/example.ts';
import { largeRepositories } from './parts/large.ts';
import { manyConflicts } from './parts/many.ts';
import { memory } from './parts/memory.ts';
import { overhead } from './parts/overhead.ts';
import { delivered } from './parts/programs.ts';
import { scale } from './parts/scale.ts';
import { startUp } from './parts/start-up.ts';
import { longSuite } from './parts/suite.ts';
import { yardstick } from './parts/yardstick.ts';

export interface BenchOutput {
  write(text: string): unknown;
}

export type Part = (out: BenchOutput) => Promise<void>;

/** The parts by name, in the order in which they are run. */
const parts: Readonly<Record<string, Part>> = {
  'start-up': startUp,
  overhead,
  yardstick,
  parallel: exampleInParallel,
  many: manyConflicts,
  suite: longSuite,
  memory,
  scale,
  ...delivered(['lint', 'cost', 'check', 'sandbox']),
};

/** Takes minutes and gigabytes: only by name. */
const onRequest: Readonly<Record<string, Part>> = { large: largeRepositories };

/** Runs the named parts, all ordinary ones when none is named. Resolves with the exit code. */
export async function runBenches(names: readonly string[], out: BenchOutput): Promise<number> {
  const known = { ...parts, ...onRequest };
  const unknown = names.filter((name) => !(name in known));
  if (unknown.length > 0) {
    out.write(`no such part: ${unknown.join(', ')}. There are: ${Object.keys(known).join(', ')}\n`);
    return 2;
  }
  out.write(`node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before the start\n`);
  for (const name of names.length > 0 ? names : Object.keys(parts)) await known[name]?.(out);
  return 0;
}
