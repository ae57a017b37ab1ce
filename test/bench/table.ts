import type { BenchOutput } from './bench.ts';

/** Prints rows under a title, their columns under each other; figures stand to the right. */
export function printTable(out: BenchOutput, title: string, rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const lines = rows.map((row) =>
    row
      .map((cell, at) => aligned(cell, widths[at] ?? 0, at))
      .join('  ')
      .trimEnd(),
  );
  out.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

function aligned(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

export function ms(value: number): string {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

export function ratio(value: number, to: number): string {
  return `${(value / to).toFixed(2)}x`;
}

export function mb(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
