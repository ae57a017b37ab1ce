import type { BenchOutput } from '../bench.ts';
import { type Measured, measured, prd } from '../prd-process.ts';
import { median, ms, printTable } from '../table.ts';
import { openBench, smallStories } from '../workload.ts';

const rounds = 9;

/** What a command costs before it does anything, above a Node that does nothing. */
export async function startUp(out: BenchOutput): Promise<void> {
  const bench = await openBench({ stories: smallStories(10) });
  const commands: Readonly<Record<string, () => Promise<Measured>>> = {
    'node -e 0': () => measured(process.execPath, ['-e', '0'], bench),
    'prd --version': () => prd(['--version'], bench),
    'prd lint': () => prd(['lint'], bench),
    'prd status': () => prd(['status'], bench),
    'prd run --dry-run': () => prd(['run', '--dry-run'], bench),
  };
  const budgets: Readonly<Record<string, string>> = {
    'prd --version': '60 ms',
    'prd lint': '60 ms',
    'prd run --dry-run': '400 ms',
  };
  try {
    const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
    // In turn, so that a busy moment of the machine meets all of them.
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, start] of Object.entries(commands)) times.get(name)?.push((await start()).wallMs);
    }
    const bare = median(times.get('node -e 0') ?? []);
    const rows = [...times].map(([name, all]) => {
      const time = median(all);
      return [name, ms(time), ms(Math.min(...all)), `+${ms(time - bare)}`, budgets[name] ?? ''];
    });
    printTable(out, `start-up: 10 stories, median of ${rounds}`, [['', 'median', 'best', 'above', 'budget'], ...rows]);
  } finally {
    await bench.close();
  }
}
