import { expect, it } from 'vitest';
import { fileStory, runBench, runs, writes } from '../helpers/run.ts';

it('of stories that are green at once each is judged on the head it lands on, once, and nobody is asked twice', async () => {
  const ids = ['US-1', 'US-2', 'US-3', 'US-4', 'US-5'];
  const stories = ids.map((id) => fileStory(id, `${id}.txt`, { files: [`${id}.txt`] }));
  const script = Object.fromEntries(ids.map((id) => [id, [writes(`${id}.txt`)]]));
  const bench = await runBench({ stories, script });
  const { exit, records } = await bench.prd(
    'run',
    '--json',
    '--parallel',
    '14',
    '--review',
    'never',
    '--refine',
    'never',
  );
  const judged = records.flatMap((one) => (one.type === 'verdict' ? [one.data.story] : []));
  expect({ exit, judged: judged.sort() }).toEqual({ exit: 0, judged: ids });
  expect(records.filter(({ type }) => type === 'landing.lost')).toEqual([]);
});

it('two stories that write the same lines at once both land, each once', async () => {
  const stories = ['US-1', 'US-2'].map((id) =>
    fileStory(id, 'shared.txt', { acceptanceCriteria: [`Verify: grep -q ${id} shared.txt`] }),
  );
  const appends = (id: string) => [runs(`echo ${id} >> shared.txt`), runs(`echo ${id} >> shared.txt`)];
  const script = { 'US-1': appends('US-1'), 'US-2': appends('US-2') };
  const bench = await runBench({ stories, script, files: { 'shared.txt': 'start\n' } });
  const { exit, records } = await bench.prd(
    'run',
    '--json',
    '--parallel',
    '14',
    '--review',
    'never',
    '--refine',
    'never',
  );
  const landed = records.flatMap((one) => (one.type === 'landing.done' ? [one.data.story] : []));
  const conflicts = records.filter((one) => one.type === 'verdict' && one.data.verdict === 'conflict');
  expect({ exit, landed: landed.sort(), conflicts: conflicts.length }).toEqual({
    exit: 0,
    landed: ['US-1', 'US-2'],
    conflicts: 1,
  });
});
