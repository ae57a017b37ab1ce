import { expect, it } from 'vitest';
import { fileStory, runBench, writes } from '../helpers/run.ts';

it('a run that cannot go on names what is left, what it waits for, and the next command', async () => {
  const stories = [
    fileStory('US-1', 'a.txt', { implementModel: 'opus' }),
    fileStory('US-2', 'b.txt', { dependsOn: ['US-1'] }),
    fileStory('US-3', 'c.txt', { dependsOn: ['US-2'] }),
    fileStory('US-4', 'd.txt', { dependsOn: ['US-5'] }),
    fileStory('US-5', 'e.txt'),
  ];
  const input = { status: 'blocked', summary: 'the criteria contradict', criteria: [] };
  const script = {
    'US-1': [[{ calls: [{ tool: 'finish', input }] }]],
    'US-4': [writes('d.txt')],
    'US-5': [writes('e.txt')],
  };
  const bench = await runBench({ stories, script });
  const { exit, records } = await bench.prd('run', '--json', '--parallel', '3', '--review', 'never');
  expect(exit).toBe(1);
  expect(await bench.stories()).toMatchObject({ 'US-1': false, 'US-4': true, 'US-5': true });
  expect(records.at(-1)?.data).toMatchObject({
    waiting: [{ stories: ['US-2', 'US-3'], for: ['US-1'], why: 'US-1 is blocked', next: 'prd show US-1' }],
  });
  const { stdout } = await bench.prd('run', '--review', 'never');
  expect(stdout).toContain('US-2, US-3 wait: US-1 is blocked\n  prd show US-1\n');
});
