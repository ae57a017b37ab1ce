import type { BenchOutput } from '../bench.ts';
import { recordsOf } from '../prd-process.ts';
import { mb, ms, printTable, ratio } from '../table.ts';
import { type BenchStory, runWorkload, smallStories, storyId } from '../workload.ts';

const stories = 200;
const perStory = { firstToken: 1_000, perToken: 0 };

/** Many stories, some of which write the same lines: every one lands once, and more hands land more. */
export async function manyConflicts(out: BenchOutput): Promise<void> {
  const rows: string[][] = [];
  let alone: number | null = null;
  for (const [parallel, count] of [
    [1, stories / 8],
    [2, stories / 4],
    [4, stories / 2],
    [8, stories],
  ] as const) {
    const ran = await runWorkload(
      { stories: withConflicts(count), files: { 'shared.txt': 'start\n' }, latency: perStory },
      '--parallel',
      String(parallel),
    );
    const records = recordsOf(ran);
    const landed = records.flatMap((one) => (one.type === 'landing.done' ? [one.data.story] : []));
    const conflicts = records.filter((one) => one.type === 'verdict' && one.data.verdict === 'conflict').length;
    const each = ran.wallMs / count;
    alone ??= each;
    const once = new Set(landed).size === count && landed.length === count ? 'each once' : 'NOT each once';
    rows.push([
      String(parallel),
      `${landed.length} of ${count}`,
      once,
      String(conflicts),
      ms(ran.wallMs),
      ms(each),
      ratio(alone / each, parallel),
      mb(ran.peakBytes),
    ]);
  }
  printTable(out, 'many: 1 s a reply, one story in ten writes where others write (target: 0.8 linear up to 4)', [
    ['parallel', 'landed', '', 'conflicts', 'wall', 'a story', 'of linear', 'memory'],
    ...rows,
  ]);
}

/** One story in ten adds a line to a file that the others of its kind add to as well. */
function withConflicts(count: number): readonly BenchStory[] {
  return smallStories(count).map((story, at) => ([5, 6].includes(at % 20) ? sharing(at) : story));
}

function sharing(at: number): BenchStory {
  const line = `line of ${storyId(at)}`;
  const check = `grep -q "${line}" shared.txt`;
  return { id: storyId(at), check, files: [], does: { run: `echo "${line}" >> shared.txt` } };
}
