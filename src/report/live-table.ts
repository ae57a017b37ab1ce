import { elapsed, usd } from './figures.ts';
import type { ActiveStory, Progress } from './progress.ts';
import type { Out } from './reporter.ts';
import { cut, pad, printable, width } from './text.ts';

/** Lines with the same columns, wherever a story is in its work: what moves is only what changed. */
export interface LiveTable {
  /** Names of the columns. */
  readonly head: string;
  readonly line: (story: ActiveStory) => string;
}

type Look = Pick<Out, 'paint' | 'unicode'>;

interface Column {
  readonly name: string;
  readonly columns: number;
  readonly cell: (story: ActiveStory, mono: number) => string;
  readonly right?: boolean;
  readonly tone?: 'accent' | 'faint';
}

const gap = 2;
/** As much of a step as says something: "verify `npm…". */
const stepColumns = 12;
const widestStory = 24;
const widestModel = 16;
/** What goes where the terminal is narrow, first to last. */
const expendable = ['turns', 'role', 'model', 'cost', 'time', 'step'] as const;

/** The table for so many columns. Its layout depends on the plan of the run alone, so it holds still. */
export function liveTable(progress: Progress, mono: number, columns: number, look: Look): LiveTable {
  const layout = fitted(allColumns(progress, columns), columns);
  const head = layout.map((column) => look.paint.faint(placed(column.name, column, look)));
  const line = (story: ActiveStory): string =>
    layout.map((column) => painted(placed(column.cell(story, mono), column, look), column, look)).join(spaces);
  return { head: head.join(spaces), line };
}

const spaces = ' '.repeat(gap);

function allColumns({ stories }: Progress, columns: number): readonly Column[] {
  const story = Math.max(5, ...stories.map(({ story }) => width(printable(story))));
  const model = Math.max(5, ...stories.map(({ model }) => width(printable(model))));
  return [
    { name: 'story', columns: Math.min(story, widestStory, columns), cell: ({ story }) => story, tone: 'accent' },
    { name: 'role', columns: 12, cell: ({ doing }) => doing.role },
    { name: 'model', columns: Math.min(model, widestModel), cell: ({ doing }) => doing.model },
    { name: 'step', columns: stepColumns, cell: ({ doing }) => doing.step },
    { name: 'turns', columns: 5, cell: ({ turns }) => (turns === 0 ? '' : String(turns)), right: true },
    { name: 'time', columns: 7, cell: ({ since }, mono) => elapsed(mono - since), right: true, tone: 'faint' },
    { name: 'cost', columns: 8, cell: cost, right: true },
  ];
}

/** `$0.02+?`: some calls have a price that nobody knows. */
function cost({ costUsd, unpriced }: ActiveStory): string {
  if (unpriced === 0) return usd(costUsd);
  return costUsd === 0 ? usd(null) : `${usd(costUsd)}+?`;
}

/** The columns there is room for; the step takes what is left. */
function fitted(all: readonly Column[], columns: number): readonly Column[] {
  let kept = all;
  for (const name of expendable) {
    if (taken(kept) <= columns) break;
    kept = kept.filter((column) => column.name !== name);
  }
  const left = columns - taken(kept);
  return kept.map((column) => (column.name === 'step' ? { ...column, columns: column.columns + left } : column));
}

function taken(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.columns + gap, -gap);
}

function placed(text: string, { columns, right }: Column, { unicode }: Look): string {
  const shown = cut(printable(text), columns, unicode ? '…' : '...');
  return right === true ? ' '.repeat(columns - width(shown)) + shown : pad(shown, columns);
}

function painted(text: string, { tone }: Column, { paint }: Look): string {
  return tone === undefined ? text : paint[tone](text);
}
