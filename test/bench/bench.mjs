// `npm run bench -- [part…] [--large]`: builds the bundle, then prints a table for each part.
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const folder = resolve('node_modules/.cache/prd-bench');
const outfile = `${folder}/bench-${process.pid}.mjs`;
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
await mkdir(folder, { recursive: true });
await build({
  entryPoints: ['test/bench/bench.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { __PRD_TEST__: 'false' },
  outfile,
});
try {
  const { runBenches } = await import(outfile);
  process.exitCode = await runBenches(process.argv.slice(2), process.stdout);
} finally {
  await rm(outfile, { force: true });
}
