import type { BenchOutput } from '../bench.ts';
import { ms, printTable, ratio } from '../table.ts';
import { runWorkload } from '../workload.ts';

const suiteMs = 3_000;

/** One green story whose only check is a long suite; 60 s in real life, 3 s here. */
export async function longSuite(out: BenchOutput): Promise<void> {
  const check = `sleep ${suiteMs / 1_000} && test -s out.txt`;
  const does = { write: 'out.txt', content: 'done\n' };
  const ran = await runWorkload({ stories: [{ id: 'US-0001', check, files: ['out.txt'], does }] });
  const red = await runWorkload({ stories: [{ id: 'US-0001', check: `test -s out.txt`, files: ['out.txt'], does }] });
  printTable(out, 'suite: one green story whose only check takes 3 s (target: 2.2 times the suite)', [
    ['', 'wall', 'of the suite'],
    ['the whole run', ms(ran.wallMs), ratio(ran.wallMs, suiteMs)],
    ['without what a run costs anyway', ms(ran.wallMs - red.wallMs), ratio(ran.wallMs - red.wallMs, suiteMs)],
  ]);
}
