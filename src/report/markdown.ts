import type { Bill, StoryBill } from './bill.ts';
import type { BilledStep, Sum } from './bill-bookings.ts';
import { costWords, sentences, shareWords } from './bill-text.ts';
import { count, shortOid, span, spent } from './figures.ts';
import type { RunSummary } from './summary.ts';
import { endWords, sayWaiting, scriptedWords } from './summary-text.ts';
import { printable } from './text.ts';

/** A run as Markdown, for a pull request or the summary of a CI job. Ends with a line break. */
export function renderMarkdown(summary: RunSummary): string {
  const { bill, scripted, end } = summary;
  const waiting = sayWaiting(summary).map(({ words, next }) => `- ${safe(words)}; go on with \`${next}\``);
  const notes = sentences(bill).map((line) => `- ${safe(line)}`);
  const blocks = [
    [`### ${safe(title(summary))}`],
    [safe(about(summary))],
    ...(scripted ? [[safe(scriptedWords)]] : []),
    ...(summary.stories.length === 0 ? [] : [storyTable(summary)]),
    ...(waiting.length === 0 ? [] : [waiting]),
    ...(bill.byModel.length === 0 ? [] : [modelTable(bill), stepTable(bill)]),
    ...(notes.length === 0 ? [] : [notes]),
    ...(end?.mergeBranch ? [[`To merge: \`git merge ${printable(end.mergeBranch)}\``]] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function title({ run, passes, selected }: RunSummary): string {
  return `prd run${run === null ? '' : ` ${run}`}: ${passes} of ${count(selected, 'story', 'stories')} ${passes === 1 ? 'passes' : 'pass'}`;
}

function about(summary: RunSummary): string {
  const { file, branch, base, durationMs, bill } = summary;
  const where = base === null ? [] : [`${file} on ${branch} from ${shortOid(base)}`];
  return [...where, span(durationMs), spent(bill.total.costUsd, bill.total.unpriced), ...endWords(summary)].join(' · ');
}

function storyTable({ stories, bill }: RunSummary): readonly string[] {
  const steps = bill.byStep.map(({ step }) => step);
  const rows = stories.map((story) => {
    const own = bill.byStory.find((one) => one.story === story.story);
    const how = story.outcome === 'passes' ? (story.strength ?? '') : story.reason;
    const commit = story.commit === null ? '' : shortOid(story.commit);
    const costs = own === undefined ? steps.map(() => '') : steps.map((step) => stepCost(own, step));
    return [story.story, story.outcome, how, String(story.attempts), ...costs, own ? costWords(own) : '', commit];
  });
  const right = [...steps, 'cost'];
  return table(
    ['Story', 'Outcome', 'How', 'Attempts', ...steps, 'cost', 'Commit'],
    rows,
    new Set(['Attempts', ...right]),
  );
}

function stepCost({ steps }: StoryBill, step: BilledStep): string {
  const found = steps.find((one) => one.step === step);
  return found === undefined ? '' : costWords(found);
}

const tokenHeads = ['Calls', 'Fresh', 'Written 5m', 'Written 1h', 'Read', 'Out', 'Cost'] as const;

function modelTable({ byModel }: Bill): readonly string[] {
  const rows = byModel.map((line) => [line.role, line.model, ...tokenCells(line)]);
  return table(['Role', 'Model', ...tokenHeads], rows, new Set(tokenHeads));
}

function stepTable({ byStep, total }: Bill): readonly string[] {
  const rows = byStep.map((line) => [line.step, ...tokenCells(line), shareWords(line, total)]);
  return table(['Step', ...tokenHeads, 'Share'], rows, new Set([...tokenHeads, 'Share']));
}

function tokenCells(sum: Sum): readonly string[] {
  const { fresh, write5m, write1h, cacheRead, output } = sum.usage;
  const calls = sum.requests === null ? '?' : String(sum.requests);
  return [calls, ...[fresh, write5m, write1h, cacheRead, output].map(String), costWords(sum)];
}

function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<string>,
): readonly string[] {
  const rule = heads.map((head) => (right.has(head) ? '---:' : '---'));
  return [heads, rule, ...rows.map((row) => row.map(safe))].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Text of models and repositories stays text: no markup, no links, no mentions, no second cell. */
function safe(text: string): string {
  return printable(text)
    .replace(/[\\|*_[\]<>#~]/g, (mark) => `\\${mark}`)
    .replaceAll('@', '&#64;');
}
