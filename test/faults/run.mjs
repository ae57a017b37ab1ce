// The long tier: `npm run faults -- [suite…] [--report] [--scale 0.1] [--minutes 15] [--seed 1] [--runs 5]`.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const folder = resolve('node_modules/.cache/prd-faults');
const outfile = `${folder}/report-${process.pid}.mjs`;
await mkdir(folder, { recursive: true });
await build({
  entryPoints: ['test/faults/report.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { __PRD_TEST__: 'true' },
  outfile,
});
const { runFaults } = await import(outfile);
process.exitCode = await runFaults(process.argv.slice(2), process.stdout);
