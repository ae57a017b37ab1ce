import type { Files } from '../../helpers/repository.ts';
import type { BenchOutput } from '../bench.ts';
import { recordsOf } from '../prd-process.ts';
import { steps, timeBySteps } from '../spans.ts';
import { mb, ms, printTable } from '../table.ts';
import { runWorkload, smallStories, someFiles } from '../workload.ts';

const stories = 5;

/** A repository of 20,000 files, and a monorepo whose setup makes 20,000 more: where the time of a story goes. */
export async function largeRepositories(out: BenchOutput): Promise<void> {
  const places: Readonly<Record<string, Files>> = {
    '30 files': {},
    '20,000 files': someFiles(20_000),
    'monorepo, 20,000 installed files': monorepo(20_000),
  };
  const rows: string[][] = [];
  for (const [name, files] of Object.entries(places)) {
    const ran = await runWorkload({ stories: smallStories(stories), files });
    const spent = timeBySteps(recordsOf(ran));
    const figures = steps.map((step) => ms((spent.get(step) ?? 0) / stories));
    rows.push([name, ...figures, ms(ran.wallMs / stories), mb(ran.peakBytes)]);
  }
  printTable(out, `large: ${stories} stories one after the other, zero-latency model`, [
    ['a story', ...steps, 'all', 'memory'],
    ...rows,
  ]);
}

/** Packages that link to each other; the install command writes what a package manager would. */
function monorepo(installed: number): Files {
  const packages = Array.from({ length: 20 }, (_, at) => [
    `packages/p${at}/package.json`,
    `{ "name": "@bench/p${at}", "dependencies": { "@bench/p${(at + 1) % 20}": "workspace:*" } }\n`,
  ]);
  const install = `const fs = require('node:fs');
for (let at = 0; at < ${installed}; at += 1) {
  const dir = \`node_modules/.store/pkg-\${at % 400}/lib\`;
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(\`\${dir}/file-\${at}.js\`, 'module.exports = 1;\\n'.repeat(10));
}
for (let at = 0; at < 20; at += 1) {
  fs.mkdirSync(\`packages/p\${at}/node_modules/@bench\`, { recursive: true });
  fs.symlinkSync(\`../../../p\${(at + 1) % 20}\`, \`packages/p\${at}/node_modules/@bench/p\${(at + 1) % 20}\`);
}
`;
  return {
    ...Object.fromEntries(packages),
    'install.cjs': install,
    'prd.config.json': `${JSON.stringify({ setup: ['node install.cjs'] })}\n`,
    '.gitignore': 'node_modules/\n',
  };
}
