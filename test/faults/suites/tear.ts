import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJournal } from '../../../src/journal/parse-journal.ts';
import { readEvidence } from '../../../src/land/evidence.ts';
import { parsePrd } from '../../../src/prd/parse.ts';
import { foldRuns } from '../../../src/run/state.ts';
import type { Lab } from '../lab/build.ts';
import { inspectWith, runArgs } from '../lab/outcome.ts';
import { stories, twoTurns } from '../lab/script.ts';
import type { Amount, Finding, Tally } from '../lab/tally.ts';
import { openWorld, said, type World } from '../lab/world.ts';

/** The files of a finished run, cut at bytes: damage is found or harmless. With `runs` 0 at every byte, else at so many. */
export async function cutFiles(lab: Lab, { runs, until }: Amount): Promise<Tally> {
  const all = stories(2);
  const world = await openWorld(lab, { stories: all, answer: twoTurns(all) });
  try {
    const ended = await world.prd(runArgs).ended;
    if (ended.exit !== 0) throw new Error(said(ended));
    const found = [await cutJournal(world, runs, until), await cutDocuments(world, runs), await cutForReal(world)];
    return {
      suite: 'TEAR',
      runs: found.reduce((sum, one) => sum + one.runs, 0),
      findings: found.flatMap((one) => one.findings),
    };
  } finally {
    await world.close();
  }
}

type Found = Omit<Tally, 'suite'>;

/** The records of a cut journal are those before the cut, and what follows from them can be told. */
async function cutJournal(world: World, runs: number, until: number): Promise<Found> {
  const { bytes } = await journalOf(world);
  const whole = recordsOf(bytes);
  const findings: Finding[] = [];
  const cuts = cutsOf(bytes.length, runs);
  let done = 0;
  for (const cut of cuts) {
    if (performance.now() > until) break;
    const records = recordsOf(bytes.subarray(0, cut));
    const lines = bytes.subarray(0, cut).toString('latin1').split('\n').length - 1;
    foldRuns(records ?? []);
    done += 1;
    if (records?.length === lines && records.every((record, index) => record.seq === whole?.[index]?.seq)) continue;
    findings.push({
      column: 'torn files',
      detail: `journal cut at ${cut}: ${records?.length} records of ${lines} lines`,
    });
  }
  return { runs: done, findings };
}

/** Half a document is refused, never taken for a shorter one. */
async function cutDocuments({ repository }: World, runs: number): Promise<Found> {
  const prd = await readFile(join(repository.root, 'PRD.json'), 'utf8');
  const folder = join(repository.root, '.prd/evidence');
  const [name = ''] = await readdir(folder);
  const evidence = await readFile(join(folder, name), 'utf8');
  const findings: Finding[] = [];
  const prdCuts = cutsOf(prd.trimEnd().length, runs);
  for (const cut of prdCuts) {
    if (parsePrd(prd.slice(0, cut), 'PRD.json').kind === 'read')
      findings.push({ column: 'torn files', detail: `PRD.json cut at ${cut} is read` });
  }
  const evidenceCuts = cutsOf(evidence.trimEnd().length, runs);
  for (const cut of evidenceCuts) {
    if (readEvidence(evidence.slice(0, cut)).kind === 'read')
      findings.push({ column: 'false passes', detail: `evidence cut at ${cut} is read` });
  }
  return { runs: prdCuts.length + evidenceCuts.length, findings };
}

/** A run over a journal whose end is lost lands nothing twice; one over damage in the middle is refused and says where. */
async function cutForReal(world: World): Promise<Found> {
  const { bytes, file } = await journalOf(world);
  const findings: Finding[] = [];
  for (const part of [0.35, 0.6, 0.85]) {
    await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * part)));
    const ended = await world.prd(runArgs).ended;
    if (ended.exit !== 0) findings.push({ column: 'unrecovered', detail: `journal cut at ${part}: ${said(ended)}` });
    // What the lost records knew of money is lost with them.
    findings.push(...(await inspectWith(world, 'ended', { answersAtMost: null, maxCostUsd: null, billed: [] })));
  }
  const middle = Buffer.from(bytes);
  middle.fill(0, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 16);
  await writeFile(file, middle);
  const refused = await world.prd(runArgs).ended;
  if (refused.exit !== 7) findings.push({ column: 'torn files', detail: `damage was not refused: ${said(refused)}` });
  return { runs: 4, findings };
}

async function journalOf({ stateDir }: World): Promise<{ readonly bytes: Buffer; readonly file: string }> {
  const [id = ''] = await readdir(join(stateDir, 'prd'));
  const runs = join(stateDir, 'prd', id, 'runs');
  const [name = ''] = (await readdir(runs)).sort();
  return { bytes: await readFile(join(runs, name)), file: join(runs, name) };
}

function recordsOf(bytes: Uint8Array) {
  const read = parseJournal(bytes, 'journal');
  return read.kind === 'read' ? read.records : null;
}

/** Places to cut, spread evenly; 0 asks for every byte. */
function cutsOf(length: number, wanted: number): readonly number[] {
  const step = wanted === 0 ? 1 : Math.max(1, Math.floor(length / wanted));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}
