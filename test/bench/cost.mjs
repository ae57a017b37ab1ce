// What the split costs against the orchestrator alone: `npm run bench:cost -- [example…]`.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const folder = resolve('node_modules/.cache/prd-bench');
const outfile = `${folder}/cost-${process.pid}.mjs`;
await mkdir(folder, { recursive: true });
await build({
  entryPoints: ['test/bench/cost.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { __PRD_TEST__: 'false' },
  outfile,
});
const { benchCost } = await import(outfile);
process.exitCode = await benchCost(process.argv.slice(2), process.stdout);
