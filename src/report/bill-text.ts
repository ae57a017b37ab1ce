import type { Bill } from './bill.ts';
import { inputOf } from './bill.ts';
import { type Advice, type Alone, noticeable } from './bill-alone.ts';
import type { Sum } from './bill-bookings.ts';
import { amount, count, fineUsd, percent, spent } from './figures.ts';
import { cut, pad, printable, width, wrap } from './text.ts';

/** The bill as lines that fit the columns: who and what for in a table, then what is worth a sentence. */
export function billLines(bill: Bill, columns: number): readonly string[] {
  if (bill.byModel.length === 0) return [];
  return [...table(bill, columns), ...sentences(bill).flatMap((line) => indented(line, columns))];
}

/** What does not fit a table, in sentences: for every format that people read. */
export function sentences(bill: Bill): readonly string[] {
  const { total } = bill;
  return [
    ...cacheSentence(bill),
    ...(total.flat === 0 ? [] : [`${count(total.flat, 'call')} at a flat price count as $0`]),
    ...doubtSentence(bill),
    ...bill.swaps.map(
      ({ asked, served, requests }) =>
        `${printable(served)} answered instead of ${printable(asked)}: ${count(requests, 'call')}`,
    ),
    ...aloneSentences(bill.alone),
  ];
}

/** What some calls cost, in a few words: `$0.012`, `$1.200 + 3 unpriced calls`, `$0 (flat)`. */
export function costWords(sum: Pick<Sum, 'costUsd' | 'unpriced' | 'flat'>): string {
  const flatOnly = sum.flat > 0 && sum.costUsd === 0 && sum.unpriced === 0;
  return flatOnly ? '$0 (flat)' : spent(sum.costUsd, sum.unpriced, fineUsd);
}

/** A step's part of all that is known to be spent, in whole percent. */
export function shareWords(part: Sum, total: Sum): string {
  return total.costUsd ? percent(part.costUsd ?? 0, total.costUsd) : '';
}

const advices: Readonly<Record<Advice, (alone: Alone) => string>> = {
  escalations: ({ delegated, escalated }) =>
    `${escalated} of ${count(delegated, 'delegated story', 'delegated stories')} escalated: give stories like these to the orchestrator`,
  overhead: () => 'refine and review cost more than delegating saved: try `prd run --refine never`',
  'delegate-price': () =>
    'delegating cost more than it saved: name a cheaper delegate, or give small stories to the orchestrator',
};

type Row = readonly [who: string, what: string, ...figures: string[]];

function table(bill: Bill, columns: number): readonly string[] {
  const head: Row = ['', '', 'calls', 'in', 'cached', 'out', 'cost', ''];
  const models = bill.byModel.map((line): Row => [line.role, printable(line.model), ...figures(line), '']);
  const steps = bill.byStep.map((line): Row => [line.step, '', ...figures(line), shareWords(line, bill.total)]);
  return laidOut([head, ...models, ...steps], columns);
}

function figures(sum: Sum): readonly string[] {
  const { cached, all } = inputOf(sum);
  const calls = sum.requests === null ? '?' : String(sum.requests);
  return [calls, amount(all), percent(cached, all), amount(sum.usage.output), costWords(sum).replace(/ calls?$/, '')];
}

/** Names to the left, figures to the right; a long model name gives way. */
function laidOut(rows: readonly Row[], columns: number): readonly string[] {
  const widths = columnWidths(rows);
  const fixed = widths.filter((_, index) => index !== 1).reduce((sum, one) => sum + one + 2, 2);
  const room = Math.max(8, Math.min(widths[1] ?? 0, columns - fixed));
  return rows.map(([who, what, ...rest]) => {
    const cells = rest.map((cell, index) => ' '.repeat((widths[index + 2] ?? 0) - width(cell)) + cell);
    return `  ${[pad(who, widths[0] ?? 0), pad(cut(what, room), room), ...cells].join('  ')}`.trimEnd();
  });
}

function columnWidths(rows: readonly Row[]): readonly number[] {
  return (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
}

function indented(line: string, columns: number): readonly string[] {
  return wrap(line, columns - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`);
}

function cacheSentence({ total, cacheHitShare }: Bill): readonly string[] {
  if (cacheHitShare === null) return [];
  const { fresh, write5m, write1h, cacheRead } = total.usage;
  const written = [`${amount(write5m)} written`, ...(write1h === 0 ? [] : [`${amount(write1h)} written for an hour`])];
  const parts = [`${amount(fresh)} fresh`, ...written, `${amount(cacheRead)} read`];
  return [`${percent(cacheHitShare, 1)} of the input came from the cache: ${parts.join(', ')}`];
}

function doubtSentence({ total: { inDoubt }, inDoubtUsd }: Bill): readonly string[] {
  if (inDoubt === 0) return [];
  const most =
    inDoubtUsd === null ? 'their price is unknown' : `booked at the most they may cost, ${fineUsd(inDoubtUsd)}`;
  return [`${count(inDoubt, 'call')} without a known outcome: ${most}`];
}

function aloneSentences(alone: Alone): readonly string[] {
  const { delegated, compared, splitUsd, sameTokensUsd, ownTokensUsd, ownStories, savedShare, advice } = alone;
  if (delegated === 0 || compared === 0) return [];
  if (sameTokensUsd === null || splitUsd === null)
    return ['the orchestrator alone: unknown, a price or a count is missing'];
  const landed = count(compared, 'story', 'stories');
  const same = `${landed} landed for ${fineUsd(splitUsd)}; the orchestrator alone, for the same tokens: about ${fineUsd(sameTokensUsd)}; ${savedWords(savedShare)}`;
  const own = `if each took what ${ownStories} of its own took: about ${fineUsd(ownTokensUsd)}; ${savedWords(shareOf(splitUsd, ownTokensUsd))}`;
  return [same, ...(ownTokensUsd === null ? [] : [own]), ...(advice === null ? [] : [advices[advice](alone)])];
}

function shareOf(splitUsd: number, aloneUsd: number | null): number | null {
  return aloneUsd === null || aloneUsd === 0 ? null : 1 - splitUsd / aloneUsd;
}

function savedWords(share: number | null): string {
  if (share === null) return 'both cost nothing extra';
  if (Math.abs(share) < noticeable) return 'about the same';
  return share < 0 ? `the split cost ${percent(-share, 1)} more` : `${percent(share, 1)} saved`;
}
