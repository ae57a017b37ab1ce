import ora, { type Ora } from 'ora';
import type { JournalRecord } from '../run/events.ts';
import { type EventLine, eventLine, type SayProblem } from './event-line.ts';
import { span, spent } from './figures.ts';
import { type ActiveStory, noProgress, type Progress, progressAfter, selectedCount } from './progress.ts';
import type { Out, Reporter } from './reporter.ts';
import { symbols, typeset } from './symbols.ts';
import { cut, lineWidth, printable } from './text.ts';

const marks = { good: symbols.good, bad: symbols.bad, warn: symbols.warn, plain: symbols.dot } as const;

/**
 * A terminal: lines that last scroll by, below them one line per active story and the totals. Only for a stream that may
 * be drawn on (`animates` in `cli/terminal.ts`): at width 0 the spinner would never return.
 */
export function ttyReporter(out: Out, sayProblem: SayProblem): Reporter {
  const spinner = openSpinner(out);
  let progress = noProgress;

  const stop = (): void => {
    if (spinner.isSpinning) spinner.stop();
  };
  const draw = (mono: number): void => {
    if (progress.over) stop();
    else spinner.text = typeset(liveText(progress, mono, out), out);
  };
  const record = (record: JournalRecord): void => {
    progress = progressAfter(progress, record);
    const line = eventLine(record, sayProblem);
    // The spinner steps aside for every other write on the stream.
    if (line?.lasting) out.write(`${typeset(lastingLine(line, out), out)}\n`);
    draw(record.mono);
  };
  draw(0);
  spinner.start();
  return { record, tick: draw, close: stop };
}

function openSpinner(out: Out): Ora {
  return ora({
    ...(out.stream === undefined ? {} : { stream: out.stream }),
    color: out.color ? 'cyan' : false,
    spinner: out.unicode ? 'dots' : 'line',
    isEnabled: true,
    // Ctrl-C must reach the run, and what is typed belongs to the shell.
    discardStdin: false,
  });
}

function liveText(progress: Progress, mono: number, out: Out): string {
  const room = lineWidth(out.columns) - 3;
  const doing = progress.doing ?? { what: 'between stories', since: mono };
  const idle = `${printable(doing.what)} · ${span(mono - doing.since)}`;
  const lines = [...progress.active.values()].map((story) => activeLine(story, mono));
  const shown = (lines.length > 0 ? lines : [idle]).map((line) => cut(line, room));
  return [...shown, totals(progress, mono)].join('\n  ');
}

function activeLine({ story, doing, costUsd, unpriced }: ActiveStory, mono: number): string {
  return `${printable(story)}  ${printable(doing.what)} · ${span(mono - doing.since)} · ${spent(costUsd, unpriced)}`;
}

function totals(progress: Progress, mono: number): string {
  const { passes, costUsd, unpriced } = progress;
  return `${passes} of ${selectedCount(progress)} stories · ${span(mono)} · ${spent(costUsd, unpriced)}`;
}

function lastingLine({ story, moment, detail, tone }: EventLine, out: Out): string {
  const mark = tone === 'plain' ? marks.plain : out.paint[tone](marks[tone]);
  return `${mark} ${out.paint.accent(printable(story ?? 'run'))}  ${moment} ${detail}`;
}
