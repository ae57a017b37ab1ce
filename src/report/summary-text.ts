import type { EventData } from '../run/events.ts';
import type { Bill, StoryBill } from './bill.ts';
import { billLines, costWords } from './bill-text.ts';
import { count, fineUsd, shortOid, span, spent } from './figures.ts';
import type { Out } from './reporter.ts';
import type { RunSummary } from './summary.ts';
import { typeset } from './symbols.ts';
import { align, lineWidth, printable, width, wrap } from './text.ts';

/** The closing text of a run, for stdout; the line that matters most comes last. Ends with a line break. */
export function renderSummary(summary: RunSummary, out: Out): string {
  const columns = lineWidth(out.columns);
  const lines = [
    ...storyLines(summary, columns, out),
    ...sayWaiting(summary).flatMap(({ words, next }) => [...wrap(words, columns), `  ${out.paint.accent(next)}`]),
    ...(summary.scripted ? [scriptedWords] : []),
    ...billLines(summary.bill, columns),
    ...mergeLines(summary, out),
    ...wrap(totals(summary, out), columns),
  ];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

/** Stands before every figure of a run whose models were scripted. */
export const scriptedWords = 'models: scripted; nothing was spent, these are list prices for simulated tokens';

/** How a story ended, in words: `proven, 2 attempts, $0.080 (review $0.012), 3f9c2ab`. */
export function storyWords(story: EventData<'story.finished'>, bill: Bill): string {
  const booked = bill.byStory.find((one) => one.story === story.story);
  const cost = booked === undefined ? fineUsd(story.costUsd) : `${costWords(booked)}${aroundWords(booked)}`;
  if (story.outcome !== 'passes') return `${printable(story.reason)}${booked === undefined ? '' : ` (${cost})`}`;
  const commit = story.commit === null ? [] : [shortOid(story.commit)];
  return [story.strength ?? 'passes', count(story.attempts, 'attempt'), cost, ...commit].join(', ');
}

/** How the run ended, in a few words. */
export function endWords({ end }: Pick<RunSummary, 'end'>): readonly string[] {
  if (end === null) return ['ended without a word: run again to go on'];
  const words = endings[end.reason];
  return words === null ? [] : [words];
}

function storyLines({ stories, bill }: RunSummary, columns: number, { paint }: Out): readonly string[] {
  const tones = { passes: paint.good, blocked: paint.bad, waits: paint.warn, stopped: paint.warn, skipped: paint.warn };
  const heads = align(stories.map((story) => [printable(story.story), story.outcome, '|']));
  return stories.flatMap((story, index) => {
    const head = (heads[index] ?? '').slice(0, -1);
    const painted = head.replace(`  ${story.outcome}`, `  ${tones[story.outcome](story.outcome)}`);
    return hanging(painted, storyWords(story, bill), columns);
  });
}

/** More ids than this are a number. */
const namedIds = 6;

/** What was not tried and why, and the command that goes on with it. */
export function sayWaiting({ end }: RunSummary): readonly { readonly words: string; readonly next: string }[] {
  return (end?.waiting ?? []).map(({ stories, why, next }) => {
    const rest = stories.length - namedIds;
    const named = stories.slice(0, namedIds).map(printable).join(', ');
    const ids = rest > 0 ? `${named} and ${rest} more` : named;
    const verb = stories.length === 1 ? 'waits' : 'wait';
    const cause = printable(why);
    const words = cause.startsWith(`${ids} `) ? cause : `${ids} ${verb}: ${cause}`;
    return { words, next: printable(next) };
  });
}

/** Words beside a head, going on under themselves; under the head where it takes more than half of the line. */
function hanging(head: string, words: string, columns: number): readonly string[] {
  const beside = width(head) <= columns / 2;
  const indent = beside ? width(head) : 4;
  const [first = '', ...rest] = wrap(words, columns - indent);
  const under = rest.map((line) => ' '.repeat(indent) + line);
  return beside ? [head + first, ...under] : [head.trimEnd(), ' '.repeat(indent) + first, ...under];
}

/** What was spent on a story beside building it. */
function aroundWords({ steps }: StoryBill): string {
  const around = steps.filter(({ step }) => step !== 'implement').map((sum) => `${sum.step} ${costWords(sum)}`);
  return around.length === 0 ? '' : ` (${around.join(', ')})`;
}

function mergeLines({ end }: RunSummary, { paint }: Out): readonly string[] {
  if (end === null || end.mergeBranch === null) return [];
  const command = paint.accent(`git merge ${printable(end.mergeBranch)}`);
  return ['your checkout could not follow; when it suits you:', `  ${command}`];
}

function totals(summary: RunSummary, { paint }: Out): string {
  const { end, passes, selected, durationMs, bill } = summary;
  const stories = `${passes} of ${count(selected, 'story', 'stories')} ${passes === 1 ? 'passes' : 'pass'}`;
  const { costUsd, unpriced } = bill.total;
  // A refine builds nothing.
  const parts = [
    ...(selected === 0 ? [] : [paint.strong(stories)]),
    span(durationMs),
    spent(costUsd, unpriced),
    ...endWords(summary),
  ];
  const needsYou = end?.needsYou ?? [];
  if (needsYou.length > 0) parts.push(paint.warn(`needs you: ${needsYou.map(printable).join(', ')}`));
  return parts.join(' · ');
}

const endings = {
  done: null,
  'nothing-to-do': 'nothing to do',
  limit: 'stopped at a limit: run again to go on',
  interrupted: 'interrupted: run again to go on',
  problem: 'stopped by a problem',
  confirm: 'stopped by you',
} as const;
