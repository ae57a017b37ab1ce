import { passingRepository } from '../helpers/passing.ts';
import { type Measured, prd } from './prd-process.ts';
import { median, ms, printTable, ratio } from './table.ts';

const sizes = [100, 1_000, 4_000];
const rounds = 5;
/** What 1,000 passed stories may cost above the start of the program, ms. */
const budgetMs = 1_000;

interface Out {
  write(text: string): unknown;
}

/**
 * `prd check` on passed stories with evidence, above what starting `prd` costs. Exit 1 where the budget is missed in time of
 * the processor: on a busy machine the clock says something about the others.
 */
export async function benchCheck(out: Out): Promise<number> {
  const rows: string[][] = [];
  let missed = false;
  let least = Number.NaN;
  for (const size of sizes) {
    const { start, check } = await measure(size);
    const above = { wall: check.wall - start.wall, cpu: Math.max(0, check.cpu - start.cpu) };
    if (size === sizes[0]) least = above.wall / size;
    missed ||= size === 1_000 && above.cpu >= budgetMs;
    const budget = size === 1_000 ? ms(budgetMs) : '';
    const perStory = ratio(above.wall / size, least);
    rows.push([`${size}`, ms(start.wall), ms(check.wall), ms(above.wall), ms(above.cpu), perStory, budget]);
  }
  const head = ['passed stories', 'start', 'check', 'above', 'of processor', 'per story', 'budget'];
  printTable(out, `check: median of ${rounds}`, [head, ...rows]);
  return missed ? 1 : 0;
}

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

async function measure(size: number): Promise<{ readonly start: Time; readonly check: Time }> {
  const repository = await passingRepository(size);
  const place = { cwd: repository.root, env: repository.env };
  const [starts, checks]: [Measured[], Measured[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      starts.push(ended(await prd(['--version'], place)));
      checks.push(ended(await prd(['check', '--all-pass', '--strict'], place)));
    }
    return { start: timeOf(starts), check: timeOf(checks) };
  } finally {
    await repository.cleanup();
  }
}

function timeOf(all: readonly Measured[]): Time {
  return { wall: median(all.map(({ wallMs }) => wallMs)), cpu: median(all.map(({ cpuMs }) => cpuMs)) };
}

function ended(measured: Measured): Measured {
  if (measured.exit === 0) return measured;
  throw new Error(`prd ended with ${measured.exit}: ${measured.stderr.slice(-500)}`);
}
