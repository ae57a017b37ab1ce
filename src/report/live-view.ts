import { count, elapsed, spent, usd } from './figures.ts';
import { liveTable } from './live-table.ts';
import { type ActiveStory, endedCount, type Progress, selectedCount } from './progress.ts';
import type { Out } from './reporter.ts';
import { cut, lineWidth, printable, width } from './text.ts';

/** What the live view may fill. */
export interface Room {
  /** Columns and rows as the terminal says; 0 when unknown. */
  readonly columns: number;
  readonly rows: number;
}

type Look = Pick<Out, 'paint' | 'unicode'>;

/** Beside the spinner on the left; on the right the `^C` that a terminal prints. */
const margin = 5;
const defaultRows = 24;
/** Below this, a row for the names of the columns is a row too many. */
const rowsForHead = 10;

/**
 * The lines below the history: one per active story as far as they fit, then the totals. Never more lines than the
 * terminal has rows but one, and never a wider line than the terminal.
 */
export function liveView(progress: Progress, mono: number, room: Room, look: Look): readonly string[] {
  const columns = Math.max(1, lineWidth(room.columns) - margin);
  const rows = Math.max(1, (room.rows || defaultRows) - 1);
  const closing = totals(progress, mono, columns, look);
  if (rows === 1) return [closing];
  const active = [...progress.active.values()];
  if (active.length === 0) return [idle(progress, mono, columns, look), closing];
  return [...stories(progress, mono, { columns, rows: rows - 1 }, look), closing];
}

function idle({ doing }: Progress, mono: number, columns: number, look: Look): string {
  const what = doing === null ? 'between stories' : `${printable(doing.what)} · ${elapsed(mono - doing.since)}`;
  return cut(what, columns, ellipsis(look));
}

function stories(progress: Progress, mono: number, { columns, rows }: Room, look: Look): readonly string[] {
  const active = [...progress.active.values()];
  const table = liveTable(progress, mono, columns, look);
  const head = rows >= rowsForHead ? [table.head] : [];
  const free = rows - head.length;
  if (active.length <= free) return [...head, ...active.map(table.line)];
  const shown = active.slice(0, free - 1);
  return [...head, ...shown.map(table.line), more(active.slice(free - 1), columns, look)];
}

/** `and 86 more: 60 implement, 26 verify` */
function more(hidden: readonly ActiveStory[], columns: number, look: Look): string {
  const steps = new Map<string, number>();
  for (const { doing } of hidden) {
    const [step = ''] = doing.step.split(' ');
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const words = [...steps].map(([step, stories]) => `${stories} ${printable(step)}`);
  return look.paint.faint(cut(`and ${hidden.length} more: ${words.join(', ')}`, columns, ellipsis(look)));
}

function totals(progress: Progress, mono: number, columns: number, look: Look): string {
  const words = totalWords(progress, mono).join(' · ');
  const bar = selectedCount(progress) === 0 ? 0 : barColumns(columns - width(words) - 2);
  return bar === 0 ? cut(words, columns, ellipsis(look)) : `${progressBar(progress, bar, look)}  ${words}`;
}

/** The words are worth more than the bar. */
function barColumns(free: number): number {
  if (free < 10) return 0;
  return free < 20 ? 10 : 20;
}

/** Stories that are done with, those that do not pass in another colour. The words beside it say the same. */
function progressBar(progress: Progress, columns: number, { paint }: Look): string {
  const all = selectedCount(progress);
  const done = Math.min(columns, Math.floor((columns * progress.ended.size) / all));
  const good = Math.min(done, Math.floor((columns * endedCount(progress, ['passes'])) / all));
  const bar = '━'.repeat(good);
  return paint.good(bar) + paint.bad('━'.repeat(done - good)) + paint.faint('─'.repeat(columns - done));
}

function totalWords(progress: Progress, mono: number): readonly string[] {
  const { limits, costUsd, unpriced } = progress;
  const selected = selectedCount(progress);
  const blocked = endedCount(progress, ['blocked']);
  const time = elapsed(mono) + ofLimit(limits?.wallMs ?? null, elapsed);
  const cost = spent(costUsd, unpriced) + ofLimit(limits?.maxCostUsd ?? null, usd);
  return [
    ...(selected === 0 ? [] : [`${endedCount(progress, ['passes'])} of ${count(selected, 'story', 'stories')}`]),
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
    time,
    cost,
  ];
}

function ofLimit(limit: number | null, words: (limit: number) => string): string {
  return limit === null ? '' : ` of ${words(limit)}`;
}

function ellipsis({ unicode }: Look): string {
  return unicode ? '…' : '...';
}
