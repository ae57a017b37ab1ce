import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo } from '../helpers/cli.ts';
import { runsFolder, writeJournal } from '../helpers/journals.ts';
import { type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';
import { record, smallRun } from '../report/builders.ts';

let repository: TemporaryRepository;
let empty: TemporaryRepository;

const [started, ...rest] = smallRun;
if (started === undefined) throw new Error('a run starts');

beforeAll(async () => {
  repository = await temporaryRepository();
  empty = await temporaryRepository();
  await writeJournal(repository, '20260101-000000-aaaaaa', [record(0, 'run.started', { run: 'old' })]);
  await writeJournal(repository, '20260102-000000-bbbbbb', [record(0, 'run.started', { scripted: true }), ...rest]);
  await writeJournal(repository, '20260103-000000-cccccc', [
    record(0, 'run.started', { implementer: 'a person', stories: [] }),
  ]);
});

afterAll(async () => {
  await repository.cleanup();
  await empty.cleanup();
});

async function report(argv: readonly string[], at = repository) {
  const io = fakeIo({ argv: ['report', ...argv], cwd: at.root, env: at.env });
  const exit = await main(io);
  return { exit, ...io.written };
}

describe('report', () => {
  it('shows the latest run as it was shown at its end, at most 80 columns wide; an acceptance is none', async () => {
    const { exit, stdout, stderr } = await report([]);
    const lines = stdout.split('\n');
    expect({ exit, stderr, first: lines[0], last: lines.at(-2) }).toEqual({
      exit: 0,
      stderr: '',
      first: 'US-054  passes   proven, 2 attempts, $0.080, 3f9c2ab',
      last: '1 of 2 stories passes · 4m 10s · $0.08 · needs you: US-055',
    });
    expect(lines).toContain('models: scripted; nothing was spent, these are list prices for simulated tokens');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('takes the prices for the comparison from what the user chose', async () => {
    const { stdout } = await report(['--format', 'json']);
    // 6,000 read, 2,000 fresh, 1,000 out at the list price of the default orchestrator; the second attempt landed.
    expect(JSON.parse(stdout).bill.alone.sameTokensUsd).toBeCloseTo((3_000 * 0.2 + 1_000 * 4 + 500 * 20) / 1e6);
  });

  it.each([
    ['its id', '20260101-000000-aaaaaa'],
    ['how it begins', '20260101'],
  ])('finds a run by %s', async (_, id) => {
    const { stdout } = await report([id, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, run: 'old', stories: [], reason: null });
  });

  it('prints Markdown', async () => {
    const { stdout } = await report(['--format', 'markdown']);
    expect(stdout.split('\n')[0]).toBe('### prd run r-1: 1 of 2 stories passes');
  });

  it.each([
    [['20991231'], 'error: no journal is kept of a run `20991231`', 'prd report 20260103-000000-cccccc'],
    [['2026'], 'error: more than one run begins with `2026`', 'prd report 20260101-000000-aaaaaa'],
  ])('%j is a mistake with a way out', async (argv, error, hint) => {
    const { exit, stdout, stderr } = await report(argv);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(error);
    expect(stderr).toContain(hint);
  });

  it('keeps its promise of JSON when there is nothing to report', async () => {
    const { exit, stdout } = await report(['--format', 'json'], empty);
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'usage' }] });
  });

  it('a damaged journal is refused, never read as an empty one', async () => {
    await writeFile(join(await runsFolder(repository), '20260104-000000-dddddd.jsonl'), 'not a record\n');
    const { exit, stderr } = await report([]);
    expect(exit).toBe(7);
    expect(stderr).toContain('is damaged in line 1');
  });
});
