import { existsSync } from 'node:fs';
import { inputOf } from '../../src/report/bill.ts';
import { bookingsOf, grouped, sumOf } from '../../src/report/bill-bookings.ts';
import { amount, fineUsd, percent } from '../../src/report/figures.ts';
import { align } from '../../src/report/text.ts';
import { costTable } from './cost-table.ts';
import { alone, type Piece, type Played, play, prices, readPiece } from './play.ts';
import { yardstick } from './yardstick.ts';

interface Out {
  write(text: string): unknown;
}

interface Measured {
  readonly name: string;
  readonly split: Played;
  readonly alone: Played;
}

const examples = ['cart', 'minutes', 'consolidate'];
/** Published figures for the smallest prefix that is cached run from 512 to 4,096 tokens. */
const smallPrefix = 1_024;
/** USD that ten small stories may cost. */
const yardstickGoal = 0.13;

/**
 * Measures the examples that are there and the yardstick; exit 1 where a goal is
 * missed. `--table <example>` prints its table for the README instead, at the catalog's prices.
 */
export async function benchCost(argv: readonly string[], out: Out): Promise<number> {
  const [first, example] = argv;
  if (first === '--table' && example !== undefined) {
    out.write(`${costTable(await play(await readPiece(`examples/${example}`), { models: {} }))}\n`);
    return 0;
  }
  const wanted = argv.length > 0 ? argv : [...examples, 'yardstick'];
  const says = Object.entries(prices).map(([name, price]) => `${name} ${price.in}/${price.out}`);
  out.write(`prices per million tokens: ${says.join(', ')}; a token is four characters; the models are scripted\n\n`);
  const missed: string[] = [];
  for (const name of wanted.filter((one) => existsSync(`examples/${one}/script`))) {
    const measured = await measure(name, await readPiece(`examples/${name}`));
    out.write(`${measuredText(measured)}\n`);
    missed.push(...shortfalls(measured));
  }
  if (wanted.includes('yardstick')) missed.push(...(await measureYardstick(out)));
  for (const line of missed) out.write(`missed: ${line}\n`);
  return missed.length === 0 ? 0 : 1;
}

async function measure(name: string, piece: Piece, minCacheablePrefix = smallPrefix): Promise<Measured> {
  const options = { minCacheablePrefix };
  return { name, split: await play(piece, options), alone: await play(alone(piece), options) };
}

function shareOf({ split, alone }: Measured): number {
  return (split.bill.total.costUsd ?? 0) / (alone.bill.total.costUsd ?? 0);
}

/** The same for the stories that were delegated: what is left when the decisions are made once. */
function delegatedShare({ split, alone }: Measured): number {
  const delegated = new Set(
    split.records.flatMap(({ type, data }) =>
      type === 'story.started' && data.role === 'delegate' ? [data.story] : [],
    ),
  );
  const cost = ({ bill }: Played): number =>
    bill.byStory.reduce((sum, { story, costUsd }) => sum + (delegated.has(story ?? '') ? (costUsd ?? 0) : 0), 0);
  return cost(split) / cost(alone);
}

function shortfalls(measured: Measured): readonly string[] {
  const { name, split, alone } = measured;
  const share = shareOf(measured);
  const repetitive = delegatedShare(measured);
  return [
    ...([split, alone].some(({ exit }) => exit !== 0) ? [`${name}: not every story landed`] : []),
    ...(share > 1 ? [`${name}: ${share.toFixed(2)} of the orchestrator alone, at most 1`] : []),
    ...(name === 'consolidate' && repetitive > 0.25
      ? [`${name}: its repetitive stories cost ${repetitive.toFixed(2)} of the orchestrator alone, at most 0.25`]
      : []),
  ];
}

async function measureYardstick(out: Out): Promise<readonly string[]> {
  const measured = await measure('yardstick', yardstick());
  const cost = measured.split.bill.total.costUsd ?? 0;
  out.write(`${measuredText(measured)}\n`);
  const cold = await play(yardstick(), { minCacheablePrefix: 4_096 });
  const coldUsd = fineUsd(cold.bill.total.costUsd);
  out.write(`  where only prefixes from 4,096 tokens on are cached: ${coldUsd}\n\n`);
  const over = cost > yardstickGoal ? [`yardstick: ${fineUsd(cost)}, at most ${fineUsd(yardstickGoal)}`] : [];
  return [...shortfalls(measured), ...over];
}

function measuredText(measured: Measured): string {
  const { name, split, alone } = measured;
  const share = `${shareOf(measured).toFixed(2)} of the orchestrator alone, ${delegatedShare(measured).toFixed(2)} in the delegated stories`;
  const sums = `${fineUsd(split.bill.total.costUsd)} against ${fineUsd(alone.bill.total.costUsd)}`;
  return [
    `${name}: ${share} (${sums})`,
    ...align([head, ...rows('split', split), ...rows('alone', alone)]).map(indent),
    '',
  ].join('\n');
}

const head = ['', '', 'calls', 'in', 'cached', 'out', 'prompt', 'reply', 'cost'];

/** Where each cent goes: by role, model and step, prompt and reply apart. */
function rows(way: string, { records, bill }: Played): readonly (readonly string[])[] {
  const bookings = bookingsOf(records);
  const groups = grouped(bookings, ({ role, model, step }) => `${role} ${nameOf(model)} ${step}`);
  const lines = [...groups].map(([key, own]) => [key, own[0]?.model ?? '', sumOf(own)] as const);
  return [...lines, ['all', '', bill.total] as const].map(([key, model, sum]) => {
    const { cached, all } = inputOf(sum);
    const reply = replyUsd(model, sum.usage.output);
    const cost = sum.costUsd ?? 0;
    const parts = reply === null ? ['', ''] : [fineUsd(cost - reply), fineUsd(reply)];
    const tokens = [amount(all), percent(cached, all), amount(sum.usage.output)];
    return [way, key, String(sum.requests), ...tokens, ...parts, fineUsd(cost)];
  });
}

/** The alias of a model id. */
function nameOf(model: string): string {
  return Object.keys(prices).find((name) => model.includes(name)) ?? model;
}

function replyUsd(model: string, output: number): number | null {
  const price = Object.entries(prices).find(([name]) => model.includes(name))?.[1];
  return price === undefined ? null : (output * price.out) / 1e6;
}

function indent(line: string): string {
  return `  ${line}`;
}
