import type { BenchOutput } from '../bench.ts';
import { ms, printTable, ratio } from '../table.ts';
import { runWorkload } from '../workload.ts';

/** From 30 s on a check that was green once is believed; 60 s in real life. */
const suiteMs = 31_000;

const suite = `import { existsSync } from 'node:fs';
setTimeout(() => process.exit(existsSync('out.txt') ? 0 : 1), ${suiteMs});
`;

/** One green story whose only check is a long suite. */
export async function longSuite(out: BenchOutput): Promise<void> {
  const does = { write: 'out.txt', content: 'done\n' };
  const story = { id: 'US-0001', check: 'node suite.mjs', files: ['out.txt'], does };
  const ran = await runWorkload({ stories: [story], files: { 'suite.mjs': suite } });
  printTable(out, `suite: one green story whose only check takes ${suiteMs / 1_000} s (target: 2.2 times the suite)`, [
    ['', 'wall', 'of the suite'],
    ['the whole run', ms(ran.wallMs), ratio(ran.wallMs, suiteMs)],
  ]);
}
