import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOutput } from '../bench.ts';
import { measured, recordsOf } from '../prd-process.ts';
import { steps, timeBySteps } from '../spans.ts';
import { median, ms, printTable, ratio } from '../table.ts';
import { type Bench, openBench, runWorkload, smallStories } from '../workload.ts';

const stories = 20;
const rounds = 9;

/** What a story costs when the model takes no time, next to one clone and one start of its check. */
export async function overhead(out: BenchOutput): Promise<void> {
  const unit = await unitMs();
  const ran = await runWorkload({ stories: smallStories(stories) });
  const spent = timeBySteps(recordsOf(ran));
  const perStory = [...spent.values()].reduce((sum, time) => sum + time, 0) / stories;
  const rows = steps.map((step) => {
    const time = (spent.get(step) ?? 0) / stories;
    return [step, ms(time), ratio(time, unit)];
  });
  printTable(out, `overhead: ${stories} stories one after the other, zero-latency model, 30 files`, [
    ['a story', 'time', 'of a clone and a check'],
    ...rows,
    ['all', ms(perStory), `${ratio(perStory, unit)} (target 12)`],
    ['the unit', ms(unit), '1.00x'],
    ['processor time', ms(ran.cpuMs / stories), ''],
  ]);
}

/** One `git clone --depth 1` of the same repository and one start of a check in it. */
async function unitMs(): Promise<number> {
  const bench = await openBench({ stories: smallStories(stories) });
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await cloneAndCheck(bench));
    return median(times);
  } finally {
    await bench.close();
  }
}

async function cloneAndCheck({ repository, env }: Bench): Promise<number> {
  const to = join(repository.folder, 'clone');
  const at = { cwd: repository.folder, env };
  const clone = await measured('git', ['clone', '-q', '--depth', '1', `file://${repository.root}`, to], at);
  const check = await measured('bash', ['-e', '-o', 'pipefail', '-c', 'test -s PRD.json'], { ...at, cwd: to });
  if (clone.exit !== 0 || check.exit !== 0) throw new Error(clone.stderr);
  await rm(to, { recursive: true });
  return clone.wallMs + check.wallMs;
}
