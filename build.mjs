// Bundles src/ into dist/: split and minified, so that each command loads only what it uses.
// `--test` builds dist-test/ (or `--out=<folder>`) with the fault hooks that the published bundle does not contain; `--schemas` then writes
// schemas/ with the command that prints them.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { build } from 'esbuild';

const forTests = process.argv.includes('--test');
const outdir = process.argv.find((word) => word.startsWith('--out='))?.slice(6) ?? (forTests ? 'dist-test' : 'dist');
const result = await build({
  entryPoints: ['src/main.ts'],
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // The other half of jsonc-parser is a UMD file whose `require` no bundler can follow.
  mainFields: ['module', 'main'],
  outdir,
  chunkNames: 'chunks/[name]-[hash]',
  define: { __PRD_TEST__: String(forTests) },
  // CommonJS dependencies inside an ES module bundle need a `require`.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
writeFileSync(`${outdir}/meta.json`, JSON.stringify(result.metafile));

// What earlier builds left goes last, so that a `prd` that starts meanwhile still finds its files.
for (const name of existsSync(`${outdir}/chunks`) ? readdirSync(`${outdir}/chunks`) : []) {
  // As the metafile names it, whatever was said on the command line.
  const chunk = relative('', `${outdir}/chunks/${name}`);
  if (!(chunk in result.metafile.outputs)) rmSync(chunk, { force: true });
}

if (process.argv.includes('--schemas')) {
  for (const name of ['prd', 'config', 'user-config', 'event', 'evidence']) {
    writeFileSync(`schemas/${name}.schema.json`, execFileSync(process.execPath, ['bin/prd.js', 'schema', name]));
  }
}
