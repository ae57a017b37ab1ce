// Time and memory of `prd lint` at 10, 1,000 and 10,000 stories of six criteria, beside `node -e 0`.
// Processor time decides: on a busy machine the clock measures the others. Each row is the best of its runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = 5;
const sizes = [10, 1_000, 10_000];
const criteria = [
  'The cart screen lists its items with a quantity stepper and a line total',
  'Upload errors are handled gracefully in the whole editor',
  '`POST /api/orders` returns 201 with the id of the order',
  'When the list is empty, the page shows "Nothing here yet"',
  'The sidebar stays readable and existing filters still work',
  'npm test -- cart passes',
];

if (!process.argv.includes('--no-build')) must(spawnSync(process.execPath, ['build.mjs'], { stdio: 'inherit' }));
const folder = mkdtempSync(join(tmpdir(), 'prd-bench-'));
try {
  const bare = best(['-e', '0']);
  const rows = sizes.map((size) => ({ size, ...best(['bin/prd.js', 'lint', '--exit-zero', '--json', prd(size)]) }));
  process.stdout.write(table(bare, rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A PRD of that many stories, as a file. No two criteria are equal. */
function prd(size) {
  const userStories = Array.from({ length: size }, (_, index) => ({
    id: `US-${index + 1}`,
    title: `Screen ${index + 1} of the shop`,
    description: `As a guest I want screen ${index + 1} so that I find what I came for`,
    implementModel: 'delegate',
    acceptanceCriteria: criteria.map((text) => text.replace(/cart|editor|orders|page|sidebar/, `$& ${index + 1}`)),
    priority: index + 1,
    passes: false,
  }));
  const file = join(folder, `${size}.json`);
  writeFileSync(file, JSON.stringify({ project: 'bench', userStories }, null, 2));
  return file;
}

/** Best wall and processor time in ms, and the smallest peak memory in MiB, over some runs of node. */
function best(args) {
  const probe = `data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\n'+JSON.stringify([u.userCPUTime+u.systemCPUTime,u.maxRSS]))})`;
  const seen = Array.from({ length: runs }, () => {
    const from = performance.now();
    const { stderr } = must(
      spawnSync(process.execPath, ['--import', probe, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
    const [micros, kib] = JSON.parse(stderr.trim().split('\n').at(-1));
    return { wall: performance.now() - from, cpu: micros / 1_000, memory: kib / 1_024 };
  });
  const least = (key) => Math.min(...seen.map((run) => run[key]));
  return { wall: least('wall'), cpu: least('cpu'), memory: least('memory') };
}

function must(result) {
  if (result.status === 0) return result;
  throw new Error(`exit ${result.status}: ${result.stderr ?? result.error ?? ''}`);
}

function table(bare, rows) {
  const line = (name, { wall, cpu, memory }) =>
    [
      name.padEnd(16),
      wall.toFixed(0).padStart(8),
      cpu.toFixed(0).padStart(8),
      (cpu / bare.cpu).toFixed(1).padStart(8),
      memory.toFixed(0).padStart(9),
    ].join('');
  return [
    `${''.padEnd(16)}${'wall ms'.padStart(8)}${'cpu ms'.padStart(8)}${'ratio'.padStart(8)}${'peak MiB'.padStart(9)}`,
    line('node -e 0', bare),
    ...rows.map((row) => line(`${row.size} stories`, row)),
    after(rows[0], rows.at(-1)),
    '',
  ].join('\n');
}

/** What a large document costs beyond a small one. */
function after(small, { size, wall, cpu }) {
  const share = size / (size - small.size);
  const [clock, processor] = [wall - small.wall, cpu - small.cpu].map((ms) => (ms * share).toFixed(0));
  return `after start: ${clock} ms, ${processor} ms of processor time for ${size * criteria.length} criteria`;
}
