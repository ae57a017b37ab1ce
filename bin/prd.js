#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import module from 'node:module';

for (const stream of [process.stdout, process.stderr]) {
  // `prd status | head -1`: the reader has seen enough.
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const [first, ...rest] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && rest.length === 0) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  // What a lost promise would leave behind: a bug, never success.
  process.exitCode = 70;
  module.enableCompileCache?.();
  const { bugReport, main } = await import('../dist/main.js');
  process.once('uncaughtException', (error) => {
    process.stderr.write(bugReport(error));
    // Nobody is left who could end this cleanly.
    process.exit(70);
  });
  process.exitCode = await main(process);
}
