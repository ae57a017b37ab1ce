import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Part } from '../bench.ts';

/** The benches that are programs of their own, by the name of their file. */
export function delivered(names: readonly string[]): Readonly<Record<string, Part>> {
  const there = names.filter((name) => existsSync(fileOf(name)));
  return Object.fromEntries(there.map((name) => [name, () => runProgram(fileOf(name))]));
}

function fileOf(name: string): string {
  return `test/bench/${name}.mjs`;
}

function runProgram(file: string): Promise<void> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [file], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (exit) => (exit === 0 ? settle() : reject(new Error(`${file} ended with ${exit}`))));
  });
}
