import type { BenchOutput } from '../bench.ts';
import type { Measured } from '../prd-process.ts';
import { mb, ms, printTable } from '../table.ts';
import { runWorkload, smallStories } from '../workload.ts';

const stories = 14;
/** An assumed, realistic latency, ms. */
const realistic = { firstToken: 1_200, perToken: 13 };

/** Fourteen independent small stories, as agents and orchestrators were measured on them. */
export async function yardstick(out: BenchOutput): Promise<void> {
  const work = smallStories(stories, 400);
  const wide = await runWorkload({ stories: work, latency: realistic }, '--parallel', String(stories));
  const narrow = await runWorkload({ stories: work, latency: realistic, places: 4 }, '--parallel', String(stories));
  const serial = await runWorkload({ stories: work });
  const each = serial.wallMs / stories;
  printTable(out, `yardstick: ${stories} small stories; first token after 1.2 s, then 13 ms a token`, [
    ['', 'wall', 'target', 'bare', 'agents', 'memory', 'with children', 'processor', 'requests'],
    ['parallel 14', ms(wide.wallMs), '13 s', '7.5 s', '15.5-18 s', ...rest(wide)],
    ['four at once, else 429', ms(narrow.wallMs), '30 s', '14.6 s', '55-98 s', ...rest(narrow)],
    ['zero latency, in turn', `${ms(each)} a story`, '700 ms', '135 ms', '475-815 ms', ...rest(serial)],
  ]);
}

function rest({ peakBytes, treeBytes, cpuMs, requests }: Measured & { readonly requests: number }): readonly string[] {
  return [mb(peakBytes), mb(treeBytes), ms(cpuMs), String(requests)];
}
