import ora, { type Ora } from 'ora';
import type { JournalRecord } from '../run/events.ts';
import { type Canvas, openCanvas } from './canvas.ts';
import { type EventLine, eventLine, type SayProblem } from './event-line.ts';
import { liveView } from './live-view.ts';
import { noProgress, type Progress, progressAfter } from './progress.ts';
import type { Out, Reporter, Screen } from './reporter.ts';
import { symbols, typeset } from './symbols.ts';
import { printable, wrap } from './text.ts';

const marks = { good: symbols.good, bad: symbols.bad, warn: symbols.warn, plain: symbols.dot } as const;
/** The width of the spinner with the two spaces that ora puts behind it. */
const indent = '   ';
/** How often the terminal is drawn on, however much happens. */
const frameMs = 100;

/**
 * A terminal: lines that last scroll by, below them one line per active story and the totals. Only for a stream that may
 * be drawn on (`animates` in `cli/terminal.ts`).
 */
export function ttyReporter(out: Screen, sayProblem: SayProblem): Reporter {
  const canvas = openCanvas(out.stream);
  let progress = noProgress;
  let now = 0;
  // Asked for with each frame, so that it fits the terminal as it is then.
  const spinner = openSpinner(canvas, out, () => liveText(progress, now, out));

  const stop = (): void => {
    if (spinner.isSpinning) spinner.stop();
    canvas.flush();
  };
  const tick = (mono: number): void => {
    now = mono;
  };
  const record = (record: JournalRecord): void => {
    progress = progressAfter(progress, record);
    const line = eventLine(record, sayProblem);
    if (line?.lasting) canvas.above(`${typeset(lastingLine(line, out), out)}\n`);
    if (progress.over) stop();
  };
  spinner.start();
  return { record, tick, close: stop };
}

function openSpinner(canvas: Canvas, out: Out, text: () => string): Ora {
  return ora({
    suffixText: text,
    stream: canvas.stream,
    color: out.color ? 'cyan' : false,
    spinner: out.unicode ? 'dots' : 'line',
    interval: frameMs,
    isEnabled: true,
    // Ctrl-C must reach the run, and what is typed belongs to the shell.
    discardStdin: false,
  });
}

/** The spinner stands before the first line; the others begin below it. */
function liveText(progress: Progress, mono: number, out: Screen): string {
  const room = { columns: out.stream.columns, rows: out.stream.rows };
  return typeset(liveView(progress, mono, room, out).join(`\n${indent}`), out);
}

/** Broken at spaces where the terminal would break it anywhere. */
function lastingLine({ story, moment, detail, tone }: EventLine, out: Screen): string {
  const mark = tone === 'plain' ? marks.plain : out.paint[tone](marks[tone]);
  const line = `${mark} ${out.paint.accent(printable(story ?? 'run'))}  ${moment} ${detail}`;
  return wrap(line, (out.stream.columns || 80) - indent.length).join(`\n${indent}`);
}
