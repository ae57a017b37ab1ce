import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseSandbox } from '../../src/host/choose-sandbox.ts';
import { openCommands } from '../../src/host/command.ts';
import { openSandbox, type Sandbox } from '../../src/host/sandbox.ts';
import { findProgram } from '../../src/workspace/program.ts';

/** A command that does nothing and one that starts node: what a check costs at least, and what it costs often. */
const scripts = { nothing: ':', node: `${process.execPath} -e 0` } as const;

interface Cost {
  readonly ms: number;
  /** To a plain spawn of the same shell, without logs, limits or sweep. */
  readonly ratio: number;
}

export interface SandboxCost {
  readonly runs: number;
  readonly plainMs: number;
  readonly none: Cost;
  readonly guard: Cost;
  readonly os: Cost | null;
}

/** Medians over so many runs of each script, the levels in turn, so that the load of the machine hits all alike. */
export async function measure(runs: number): Promise<Readonly<Record<keyof typeof scripts, SandboxCost>>> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'prd-bench-')));
  try {
    const levels = await openLevels();
    return {
      nothing: await compare(scripts.nothing, levels, cwd, runs),
      node: await compare(scripts.node, levels, cwd, runs),
    };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function openLevels(): Promise<readonly Sandbox[]> {
  const bwrap = await findProgram('bwrap', process.env.PATH);
  const means = { platform: process.platform, bwrap, commands: openCommands(), env: process.env };
  const best = await chooseSandbox('auto', { ...means, masked: [], network: false });
  return [openSandbox('none'), openSandbox('guard'), ...(best.level === 'os' ? [best] : [])];
}

async function compare(script: string, levels: readonly Sandbox[], cwd: string, runs: number): Promise<SandboxCost> {
  const commands = openCommands();
  const env = { PATH: process.env.PATH ?? '' };
  const plain: number[] = [];
  const taken = new Map(levels.map(({ level }) => [level, [] as number[]]));
  for (let run = 0; run < runs; run += 1) {
    plain.push(await timed(() => once(spawn('sh', ['-c', script], { cwd, env, stdio: 'ignore' }), 'exit')));
    for (const sandbox of levels) {
      const spec = sandbox.enclose({ file: 'sh', args: ['-c', script], cwd }, { writable: [cwd] });
      taken.get(sandbox.level)?.push(await timed(() => commands.run({ ...spec, env, timeoutMs: 60_000 })));
    }
  }
  const plainMs = median(plain);
  const cost = (times: readonly number[] = []): Cost => ({ ms: median(times), ratio: round(median(times) / plainMs) });
  const os = taken.get('os');
  return {
    runs,
    plainMs,
    none: cost(taken.get('none')),
    guard: cost(taken.get('guard')),
    os: os === undefined ? null : cost(os),
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
