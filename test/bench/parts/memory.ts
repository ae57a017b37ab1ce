import type { BenchOutput } from '../bench.ts';
import { mb, ms, printTable } from '../table.ts';
import { runWorkload, smallStories } from '../workload.ts';

/** A hundred stories at once: what the process itself holds, and with everything it has started. */
export async function memory(out: BenchOutput): Promise<void> {
  const rows: string[][] = [];
  for (const stories of [1, 10, 100]) {
    const latency = { firstToken: 2_000, perToken: 0 };
    const ran = await runWorkload({ stories: smallStories(stories), latency }, '--parallel', String(stories));
    rows.push([String(stories), mb(ran.peakBytes), mb(ran.treeBytes), ms(ran.wallMs)]);
  }
  printTable(out, 'memory: all stories at once, 2 s a reply (target: 400 MB at 100)', [
    ['stories', 'prd', 'with children', 'wall'],
    ...rows,
  ]);
}
