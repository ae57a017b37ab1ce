import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readScript, type Script } from '../../../src/models/scripted/script.ts';
import { startScriptedServer } from '../../../src/models/scripted/server.ts';
import type { JournalRecord } from '../../../src/run/events.ts';
import { type Files, temporaryRepository } from '../../helpers/repository.ts';
import type { BenchOutput } from '../bench.ts';
import { type Measured, prd, recordsOf } from '../prd-process.ts';
import { mb, ms, printTable, ratio } from '../table.ts';

const example = 'examples/consolidate';
const replyMs = 500;

/** The example with a fixed time per reply, at growing width, against what no width can beat. */
export async function exampleInParallel(out: BenchOutput): Promise<void> {
  const files = await filesIn(example);
  const script = await readScript(join(example, 'script', 'script.json'));
  const runs: (readonly [parallel: number, ran: Measured])[] = [];
  for (const parallel of [1, 2, 4, 8, 14]) runs.push([parallel, await runExample(files, script, parallel)]);
  const critical = criticalPath(recordsOf(runs[0]?.[1] as Measured));
  const rows = runs.map(([parallel, { wallMs, peakBytes, treeBytes }]) => {
    const alone = runs[0]?.[1].wallMs ?? Number.NaN;
    return [String(parallel), ms(wallMs), ratio(wallMs, critical), ratio(alone, wallMs), mb(peakBytes), mb(treeBytes)];
  });
  printTable(out, `parallel: ${example}, ${replyMs} ms a reply (target: 1.35 times the critical path at 14)`, [
    ['parallel', 'wall', 'of the critical path', 'faster than 1', 'memory', 'with children'],
    ...rows,
    ['critical path', ms(critical), '1.00x', '', '', ''],
  ]);
}

async function runExample(files: Files, script: Script, parallel: number): Promise<Measured> {
  const repository = await temporaryRepository({ files });
  const server = await startScriptedServer({ script, latencyMs: replyMs });
  try {
    const env = { ...repository.env, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'bench' };
    const ran = await prd(['run', '--json', '--parallel', String(parallel)], { cwd: repository.root, env });
    if (ran.exit !== 0) throw new Error(`the example ended with ${ran.exit}: ${ran.stderr}${ran.stdout.slice(-1_000)}`);
    return ran;
  } finally {
    await server.close();
    await repository.cleanup();
  }
}

/** The orchestrator's stories one after the other, then the longest of the others, each as long as it took alone, ms. */
function criticalPath(alone: readonly JournalRecord[]): number {
  const began = new Map<string, number>();
  const times = { orchestrator: [0], delegate: [0] };
  const roles = new Map<string, 'orchestrator' | 'delegate'>();
  for (const record of alone) {
    if (record.type === 'story.started') {
      began.set(record.data.story, record.mono);
      roles.set(record.data.story, record.data.role);
    }
    if (record.type === 'story.finished') {
      const { story } = record.data;
      times[roles.get(story) ?? 'delegate'].push(record.mono - (began.get(story) ?? 0));
    }
  }
  return times.orchestrator.reduce((sum, time) => sum + time, 0) + Math.max(...times.delegate);
}

async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.path, entry.name)));
  const kept = paths.filter((path) => !path.startsWith('script/'));
  return Object.fromEntries(await Promise.all(kept.map(async (path) => [path, await readFile(join(folder, path))])));
}
