import { expect, it } from 'vitest';
import type { EventData, JournalRecord, RunEvent } from '../../src/run/events.ts';
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

it('who waits is proven on what those before leave, and not again when the turn comes', async () => {
  const ids = ['US-1', 'US-2', 'US-3', 'US-4'];
  const stories = ids.map((id) => fileStory(id, `${id}.txt`, { files: [`${id}.txt`] }));
  const script = Object.fromEntries(ids.map((id) => [id, [writes(`${id}.txt`)]]));
  const bench = await runBench({ stories, script });
  const { exit, records } = await bench.prd('run', '--json', '--parallel', '4', '--review', 'never');
  const proofs = records.flatMap((one) =>
    one.type === 'check.finished' && one.data.where === 'candidate' && !one.data.cached ? [one.data.story] : [],
  );
  const each = ids.map((id) => proofs.filter((story) => story === id).length);
  expect(exit).toBe(0);
  // A proof has to be green twice; the first story has the result of its own `finish` for one of the two.
  expect(Math.max(...each)).toBe(2);
  expect(each.filter((times) => times === 1)).toHaveLength(1);
});

it('who was proven behind one that did not land is proven again', async () => {
  const onlyAPerson = fileStory('US-1', 'one.txt', {
    files: ['one.txt'],
    acceptanceCriteria: ['Verify: test -s one.txt', 'Verify in browser'],
  });
  const without = ['US-2', 'US-3'].map((id) =>
    fileStory(id, `${id}.txt`, {
      files: [`${id}.txt`],
      acceptanceCriteria: [`Verify: test -s ${id}.txt && ! ls | grep -q one`],
    }),
  );
  const script = { 'US-1': [writes('one.txt')], 'US-2': [writes('US-2.txt')], 'US-3': [writes('US-3.txt')] };
  const bench = await runBench({ stories: [onlyAPerson, ...without], script });
  const { records } = await bench.prd('run', '--json', '--parallel', '3', '--review', 'never');
  const attempts = records.filter(({ type }) => type === 'attempt.started').length;
  expect({ attempts, stories: await bench.stories() }).toEqual({
    attempts: 3,
    stories: { 'US-1': false, 'US-2': true, 'US-3': true },
  });
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

/** The data of all events of one type. */
function dataOf<T extends RunEvent['type']>(records: readonly JournalRecord[], type: T): readonly EventData<T>[] {
  return records.flatMap((one) => (one.type === type ? [one.data as EventData<T>] : []));
}

it('many stories that append to one file all land, each once, in few attempts of nobody but the delegate', async () => {
  const ids = Array.from({ length: 5 }, (_, at) => `US-${at + 1}`);
  const stories = ids.map((id) =>
    fileStory(id, 'shared.txt', { acceptanceCriteria: [`Verify: grep -q "${id} was here" shared.txt`] }),
  );
  const append = (id: string) => Array.from({ length: 3 }, () => runs(`echo "${id} was here" >> shared.txt`));
  const script = Object.fromEntries(ids.map((id) => [id, append(id)]));
  const bench = await runBench({ stories, script, files: { 'shared.txt': 'start\n' } });
  const { exit, records } = await bench.prd('run', '--json', '--parallel', '5', '--review', 'never');
  const landed = dataOf(records, 'landing.done').map(({ story }) => story);
  expect({ exit, landed: landed.sort() }).toEqual({ exit: 0, landed: ids });
  const attempts = dataOf(records, 'attempt.started');
  expect([...new Set(attempts.map(({ role }) => role))]).toEqual(['delegate']);
  expect(dataOf(records, 'diagnosis.finished')).toEqual([]);
  expect(attempts.length).toBeLessThanOrEqual(5 + 4 + 3);
  const text = await bench.repository.git('show', 'main:shared.txt');
  expect(text.match(/was here/g)).toHaveLength(5);
});

it('what is right alone and red beside what landed goes on from both, told what it met', async () => {
  const once = (file: string) => `Verify: grep -qv none ${file} && test $(cat *.txt | grep -c '^one$') -le 1`;
  const stories = ['a', 'b'].map((name) =>
    fileStory(name, `${name}.txt`, { files: [`${name}.txt`], acceptanceCriteria: [once(`${name}.txt`)] }),
  );
  const both = (name: string) => ['one', 'two'].map((word) => runs(`echo ${word} > ${name}.txt`));
  const files = { 'a.txt': 'none\n', 'b.txt': 'none\n' };
  const bench = await runBench({ stories, script: { a: both('a'), b: both('b') }, files });
  const { exit, records } = await bench.prd('run', '--json', '--parallel', '2', '--review', 'never');
  const [overtaken] = dataOf(records, 'attempt.overtaken');
  const [first, second] = overtaken?.story === 'a' ? ['b', 'a'] : ['a', 'b'];
  expect({ exit, overtaken }).toMatchObject({
    exit: 0,
    overtaken: { story: second, paths: [], files: [`${second}.txt`], met: [{ story: first, files: [`${first}.txt`] }] },
  });
  expect(dataOf(records, 'attempt.started')).toHaveLength(3);
  const asked = bench.server.requests.map(({ body }) => JSON.stringify(body)).filter((body) => body.includes('Landed'));
  expect(asked[0]).toContain(`Landed meanwhile:\\n- ${first}: ${first}.txt`);
  expect(asked[0]).toContain('The files hold both now.');
  expect(await bench.repository.git('show', `main:${second}.txt`)).toContain('two');
});
