import type { JournalRecord } from '../run/events.ts';
import { type EventLine, eventLine, type SayProblem } from './event-line.ts';
import { clock, span, spent } from './figures.ts';
import { type ActiveStory, noProgress, type Progress, progressAfter } from './progress.ts';
import type { Out, Reporter } from './reporter.ts';
import { typeset } from './symbols.ts';
import { cut, pad, printable, width } from './text.ts';

const silenceMs = 60_000;
const momentColumns = 10;

/**
 * One line per event, for logs and pipes, and one at least every minute in between. The lines in between are due at fixed
 * times of the run's clock, so a replay without ticks prints the same bytes as the live run did.
 */
export function plainReporter(out: Out, sayProblem: SayProblem): Reporter {
  let progress = noProgress;
  let spoke = 0;

  const write = (mono: number, line: EventLine): void => {
    out.write(`${typeset(renderLine(mono, line, progress, out), out)}\n`);
    spoke = mono;
  };
  const tick = (mono: number): void => {
    while (!progress.over && mono - spoke >= silenceMs) {
      const due = spoke + silenceMs;
      for (const line of waitingLines(progress, due)) write(due, line);
    }
  };
  const record = (record: JournalRecord): void => {
    tick(record.mono);
    progress = progressAfter(progress, record);
    const line = eventLine(record, sayProblem);
    if (line !== null) write(record.mono, line);
  };
  return { record, tick, close: () => {} };
}

function renderLine(mono: number, line: EventLine, progress: Progress, out: Out): string {
  const story = pad(printable(cut(line.story ?? 'run', 24)), storyColumns(progress));
  const moment = pad(line.moment, momentColumns);
  const toned = line.tone === 'plain' ? moment : out.paint[line.tone](moment);
  return `${out.paint.faint(clock(mono))}  ${out.paint.accent(story)}  ${toned} ${line.detail}`.trimEnd();
}

function storyColumns({ stories }: Progress): number {
  return Math.min(24, Math.max(6, ...stories.map(({ story }) => width(printable(story)))));
}

function waitingLines({ active, doing }: Progress, mono: number): readonly EventLine[] {
  if (active.size > 0) return [...active.values()].map((story) => waitingLine(story, mono));
  const what = doing === null ? 'between stories' : `${printable(doing.what)} · ${span(mono - doing.since)}`;
  return [{ story: null, moment: 'still', detail: what, tone: 'plain', lasting: false }];
}

function waitingLine({ story, doing, costUsd, unpriced }: ActiveStory, mono: number): EventLine {
  const detail = `${printable(doing.what)} · ${span(mono - doing.since)} · ${spent(costUsd, unpriced)}`;
  return { story, moment: 'still', detail, tone: 'plain', lasting: false };
}
