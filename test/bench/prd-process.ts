import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JournalRecord } from '../../src/run/events.ts';

/** What one process did, seen from outside. */
export interface Measured {
  readonly exit: number | null;
  readonly wallMs: number;
  /** Most resident memory of the process itself, in bytes, as the kernel counted it. */
  readonly peakBytes: number;
  /** Most resident memory of it and of all that it had started, at one of the looks; shared pages count twice. */
  readonly treeBytes: number;
  /** Processor time of it and of all that it had waited for by the last look, ms: what a loaded machine does not change. */
  readonly cpuMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const bin = resolve('bin/prd.js');
const lookMs = 200;
/** No part is worth more than this. */
const patienceMs = 15 * 60_000;

/** Runs the built `prd` to its end. */
export function prd(argv: readonly string[], place: Place): Promise<Measured> {
  return measured(process.execPath, [bin, ...argv], place);
}

/** Runs a program to its end and looks at its memory meanwhile, where there is a `/proc`. */
export function measured(file: string, argv: readonly string[], { cwd, env }: Place): Promise<Measured> {
  return new Promise((settle, reject) => {
    const started = performance.now();
    const child = spawn(file, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const peak = { own: 0, tree: 0, cpuMs: 0 };
    const written = { stdout: [] as string[], stderr: [] as string[] };
    const look = setInterval(() => {
      peak.own = Math.max(peak.own, statusOf(child.pid ?? 0)?.peakBytes ?? 0);
      peak.cpuMs = Math.max(peak.cpuMs, cpuMsOf(child.pid ?? 0));
      peak.tree = Math.max(peak.tree, treeOf(child.pid ?? 0));
    }, lookMs);
    const limit = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => written.stdout.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => written.stderr.push(text));
    child.on('error', reject);
    child.on('close', (exit) => {
      const wallMs = performance.now() - started;
      clearInterval(look);
      clearTimeout(limit);
      const [stdout, stderr] = [written.stdout.join(''), written.stderr.join('')];
      settle({ exit, wallMs, peakBytes: peak.own, treeBytes: peak.tree, cpuMs: peak.cpuMs, stdout, stderr });
    });
  });
}

/** The records that `run --json` printed. */
export function recordsOf({ stdout }: Measured): readonly JournalRecord[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"v":1'));
  return lines.map((line) => JSON.parse(line) as JournalRecord);
}

interface Status {
  readonly parent: number;
  readonly bytes: number;
  readonly peakBytes: number;
}

function treeOf(root: number): number {
  const all = new Map(processIds().map((pid) => [pid, statusOf(pid)]));
  const below = (pid: number): number => {
    const children = [...all].filter(([, status]) => status?.parent === pid);
    return children.reduce((sum, [child]) => sum + below(child), all.get(pid)?.bytes ?? 0);
  };
  return below(root);
}

function processIds(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** A tick of the kernel's clock, ms, as `/proc` counts everywhere. */
const clockTickMs = 10;

function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // From the third field on: the program's name may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * clockTickMs, 0);
  } catch {
    return 0;
  }
}

function statusOf(pid: number): Status | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { parent: figure('PPid'), bytes: figure('VmRSS') * 1_024, peakBytes: figure('VmHWM') * 1_024 };
  } catch {
    return null;
  }
}
