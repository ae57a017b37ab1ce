import { parseArgs } from 'node:util';
import { useMemoryForScratch } from '../helpers/scratch.ts';
import { buildLab, type Lab } from './lab/build.ts';
import { columns, type Tally } from './lab/tally.ts';
import { type FigureSuite, type Figures, figureSuites, type Suite, suites } from './suites/suites.ts';

interface Out {
  write(text: string): unknown;
}

/** Runs the long tier and prints its table. Returns the exit code: 1 when the oracle found anything. */
export async function runFaults(argv: readonly string[], out: Out): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const isWanted = ({ name }: { readonly name: string }): boolean =>
    positionals.length === 0 || positionals.some((word) => isNamed(name, word));
  const [wanted, counted] = [suites.filter(isWanted), figureSuites.filter(isWanted)];
  if (wanted.length + counted.length === 0) {
    out.write(`no such suite; there are ${[...suites, ...figureSuites].map(({ name }) => name).join(', ')}\n`);
    return 2;
  }
  const cleanUp = useMemoryForScratch();
  const lab = await buildLab();
  try {
    const tallies = await runAll(wanted, lab, settings(values), out);
    const figures = await countAll(counted, lab, out);
    if (values.report && tallies.length > 0) out.write(table(tallies));
    return [...tallies, ...figures].some(({ findings }) => findings.length > 0) ? 1 : 0;
  } finally {
    await lab.remove();
    cleanUp();
  }
}

const options = {
  report: { type: 'boolean', default: false },
  scale: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '240' },
  seed: { type: 'string', default: '1' },
  runs: { type: 'string' },
} as const;

interface Settings {
  /** So many runs of each suite instead. */
  readonly runs: number | null;
  /** Part of the long tier that is run. */
  readonly scale: number;
  /** End of all, as a moment of `performance.now()`. */
  readonly until: number;
  readonly seed: number;
}

function settings(values: Readonly<Record<'scale' | 'minutes' | 'seed', string>> & { runs?: string }): Settings {
  const until = performance.now() + Number(values.minutes) * 60_000;
  const runs = values.runs === undefined ? null : Number(values.runs);
  return { runs, scale: Number(values.scale), until, seed: Number(values.seed) };
}

async function runAll(
  wanted: readonly Suite[],
  lab: Lab,
  { runs: wantedRuns, scale, until, seed }: Settings,
  out: Out,
): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  for (const { name, long, run } of wanted) {
    const started = performance.now();
    const runs = wantedRuns ?? (long === 0 ? 0 : Math.max(1, Math.round(long * scale)));
    const found = await run(lab, { runs, until, progress: progressOf(name, runs) }, seed);
    tallies.push(found);
    const seconds = Math.round((performance.now() - started) / 1_000);
    out.write(`${name}: ${found.runs} runs, ${found.findings.length} findings, ${seconds} s\n`);
    for (const { column, detail } of found.findings) out.write(`  ${column}: ${detail}\n`);
  }
  return tallies;
}

/** A line now and then: a long suite must not look stuck. */
function progressOf(name: string, runs: number): (done: number) => void {
  let told = performance.now();
  return (done) => {
    if (performance.now() - told < 20_000) return;
    told = performance.now();
    process.stderr.write(`  ${name}: ${done}${done > runs ? '' : ` of ${runs}`}\n`);
  };
}

/** Suites with figures of their own say them as they end. */
async function countAll(wanted: readonly FigureSuite[], lab: Lab, out: Out): Promise<readonly Figures[]> {
  const all: Figures[] = [];
  for (const { name, run } of wanted) {
    const counted = await run(lab);
    all.push(counted);
    out.write(`${name}: ${counted.figures.map(([label, count]) => `${label} ${count}`).join(', ')}\n`);
    for (const line of [...(counted.notes ?? []), ...counted.findings]) out.write(`  ${line}\n`);
  }
  return all;
}

/** One line for each suite; every figure but the runs should be 0. */
function table(tallies: readonly Tally[]): string {
  const rows = tallies.map(({ suite, runs, findings }) => {
    const count = (column: string): string => String(findings.filter((finding) => finding.column === column).length);
    return [suite, String(runs), ...columns.map(count)];
  });
  const all = [['suite', 'runs', ...columns], ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column)))).join('  ');
  return `\n${all.map(line).join('\n')}\n`;
}

function isNamed(name: string, word: string): boolean {
  const [long, short] = [name.toLowerCase(), word.toLowerCase()];
  return long === short || long.startsWith(`${short}-`);
}
