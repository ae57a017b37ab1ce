import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOutput } from '../bench.ts';
import { prd } from '../prd-process.ts';
import { mb, ms, printTable } from '../table.ts';
import { openBench, smallStories } from '../workload.ts';

/** Documents of growing length: reading and planning them, and ten landings in them. */
export async function scale(out: BenchOutput): Promise<void> {
  const rows: string[][] = [];
  for (const stories of [20, 200, 2_000]) {
    const bench = await openBench({ stories: smallStories(stories) });
    try {
      const plan = await prd(['run', '--dry-run'], bench);
      const ids = smallStories(10).map(({ id }) => id);
      const run = await prd(['run', '--json', ...ids], bench);
      if (run.exit !== 0) throw new Error(run.stderr.slice(-500));
      const journal = await journalBytes(bench.repository.folder);
      rows.push([
        String(stories),
        ms(plan.wallMs),
        mb(plan.peakBytes),
        ms(run.wallMs / 10),
        mb(run.peakBytes),
        mb(journal),
      ]);
    } finally {
      await bench.close();
    }
  }
  printTable(out, 'scale: stories in one PRD, ten of them run', [
    ['stories', 'dry run', 'its memory', 'a landing', 'its memory', 'journal'],
    ...rows,
  ]);
}

async function journalBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
