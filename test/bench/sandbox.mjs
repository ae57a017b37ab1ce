// What a command costs at each level, as a ratio to a plain spawn: `node test/bench/sandbox.mjs`, or `sandboxCost(runs)`.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Median milliseconds of a command by level, and its ratio to a plain spawn. `os` is null where there is none. */
export async function sandboxCost(runs = 60) {
  const folder = resolve('node_modules/.cache/prd-bench');
  const outfile = `${folder}/sandbox-${process.pid}.mjs`;
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ['test/bench/sandbox-cost.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { __PRD_TEST__: 'false' },
    outfile,
  });
  const { measure } = await import(pathToFileURL(outfile).href);
  return measure(runs);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [script, { plainMs, runs, ...levels }] of Object.entries(await sandboxCost())) {
    console.log(`${script}: plain spawn ${plainMs} ms, median of ${runs}`);
    for (const [level, cost] of Object.entries(levels)) {
      console.log(`  ${level.padEnd(5)} ${cost === null ? 'not here' : `${cost.ms} ms, ${cost.ratio}x`}`);
    }
  }
}
