import type { BilledStep, Sum } from '../../src/report/bill-bookings.ts';
import { amount, fineUsd } from '../../src/report/figures.ts';
import type { Played } from './play.ts';

const steps: readonly BilledStep[] = ['refine', 'implement', 'review', 'diagnose'];

/** Tokens and simulated dollars of each story by step, as Markdown: what the README shows of an example. */
export function costTable({ bill, records }: Played): string {
  const models = new Map(
    records.flatMap((record) => (record.type === 'story.started' ? [[record.data.story, record.data.model]] : [])),
  );
  const rows = bill.byStory.map(({ story, steps: own, ...sum }) => [
    story ?? 'several',
    models.get(story ?? '') ?? '',
    ...steps.map((step) => cell(own.find((one) => one.step === step))),
    fineUsd(sum.costUsd),
  ]);
  const all = [
    'all',
    '',
    ...steps.map((step) => cell(bill.byStep.find((one) => one.step === step))),
    fineUsd(bill.total.costUsd),
  ];
  const heads = ['Story', 'Model', ...steps, 'together'];
  const rule = heads.map((_, index) => (index < 2 ? '---' : '---:'));
  return [heads, rule, ...rows, all].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `12.3k + 0.4k $0.034`: tokens in and out, and what they cost. */
function cell(sum: Sum | undefined): string {
  if (sum === undefined) return '';
  const { fresh, write5m, write1h, cacheRead, output } = sum.usage;
  return `${amount(fresh + write5m + write1h + cacheRead)} + ${amount(output)}, ${fineUsd(sum.costUsd)}`;
}
