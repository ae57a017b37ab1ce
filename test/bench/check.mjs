// What `prd check` costs above its start: `node test/bench/check.mjs`.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const folder = resolve('node_modules/.cache/prd-bench');
const outfile = `${folder}/check-${process.pid}.mjs`;
await mkdir(folder, { recursive: true });
await build({
  entryPoints: ['test/bench/check.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { __PRD_TEST__: 'false' },
  outfile,
});
const { benchCheck } = await import(outfile);
process.exitCode = await benchCheck(process.stdout);
