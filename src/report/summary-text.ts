import type { EventData } from '../run/events.ts';
import { type Bill, type BillLine, inputOf } from './bill.ts';
import { amount, count, percent, shortOid, span, spent, usd } from './figures.ts';
import type { Out } from './reporter.ts';
import type { RunSummary } from './summary.ts';
import { typeset } from './symbols.ts';
import { align, printable } from './text.ts';

/** The closing text of a run, for stdout; the line that matters most comes last. Ends with a line break. */
export function renderSummary(summary: RunSummary, out: Out): string {
  const lines = [...storyLines(summary, out), ...billLines(summary), ...mergeLines(summary, out), totals(summary, out)];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function storyLines({ stories }: RunSummary, { paint }: Out): readonly string[] {
  const tones = { passes: paint.good, blocked: paint.bad, waits: paint.warn, stopped: paint.warn, skipped: paint.warn };
  const rows = stories.map((story) => [printable(story.story), story.outcome, storyWords(story)]);
  return align(rows).map((line, index) => {
    const outcome = stories[index]?.outcome;
    return outcome === undefined ? line : line.replace(`  ${outcome}`, `  ${tones[outcome](outcome)}`);
  });
}

function storyWords(story: EventData<'story.finished'>): string {
  if (story.outcome !== 'passes') return printable(story.reason);
  const commit = story.commit === null ? [] : [shortOid(story.commit)];
  const words = [story.strength ?? 'passes', count(story.attempts, 'attempt'), usd(story.costUsd), ...commit];
  return words.join(', ');
}

function billLines({ bill, split, scripted }: RunSummary): readonly string[] {
  const said = scripted ? ['models: scripted; nothing was spent, these are list prices for simulated tokens'] : [];
  const lines = align(bill.lines.map(billRow)).map((line) => `  ${line}`);
  return [...said, ...lines, ...unknownLine(bill), ...aloneLine(bill), ...splitLine(split)];
}

function billRow({ role, model, requests, usage, costUsd, unpriced }: BillLine): readonly string[] {
  const { cached, all } = inputOf(usage);
  const calls = requests === null ? 'requests unknown' : count(requests, 'request');
  const input = `${amount(all)} in (${percent(cached, all)} cached)`;
  return [role, printable(model), calls, input, `${amount(usage.output)} out`, spent(costUsd, unpriced)];
}

function unknownLine({ unknownOutcome: { requests, reservedUsd } }: Bill): readonly string[] {
  if (requests === 0) return [];
  return [`  ${count(requests, 'request')} without an answer, up to ${usd(reservedUsd)} more`];
}

function aloneLine({ orchestratorAloneUsd, lines }: Bill): readonly string[] {
  if (lines.length === 0) return [];
  if (orchestratorAloneUsd === null) return ['  the orchestrator alone: unknown'];
  return [`  the orchestrator alone: about ${usd(orchestratorAloneUsd)} (estimate)`];
}

function splitLine({ loses, escalated, delegated }: RunSummary['split']): readonly string[] {
  if (!loses) return [];
  const stories = count(delegated, 'delegated story', 'delegated stories');
  return [`  ${escalated} of ${stories} escalated; the orchestrator alone costs less`];
}

function mergeLines({ end }: RunSummary, { paint }: Out): readonly string[] {
  if (end === null || end.mergeBranch === null) return [];
  const command = paint.accent(`git merge ${printable(end.mergeBranch)}`);
  return [`your checkout could not follow; when it suits you: ${command}`];
}

function totals({ end, passes, selected, durationMs, bill }: RunSummary, { paint }: Out): string {
  const stories = `${passes} of ${count(selected, 'story', 'stories')} ${passes === 1 ? 'passes' : 'pass'}`;
  const parts = [paint.strong(stories), span(durationMs), spent(bill.costUsd, bill.unpriced), ...endWords(end)];
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

function endWords(end: RunSummary['end']): readonly string[] {
  if (end === null) return ['ended without a word: run again to go on'];
  const words = endings[end.reason];
  return words === null ? [] : [words];
}
