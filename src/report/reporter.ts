/** The face of `report/`: everything people see of a run is a listener to its events, live or replayed. */
import type { JournalRecord } from '../run/events.ts';

export interface Reporter {
  record(record: JournalRecord): void;
  /** Time passed without an event: milliseconds since the run started, on the clock of the records. */
  tick(mono: number): void;
  /** The stream is over (also after an interrupt). Restores the terminal. */
  close(): void;
}

/** Where a reporter writes. */
export interface Out {
  write(text: string): void;
  /** A terminal that may be drawn on. */
  readonly isTTY: boolean;
  /** Nobody reads it any more. */
  readonly closed?: boolean;
  /** Columns as the terminal says; 0 when unknown. */
  readonly columns: number;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly paint: Paint;
  /** The real stream, for the one reporter that draws on it. */
  readonly stream?: NodeJS.WriteStream;
}

/** A terminal that may be drawn on (`animates` in `cli/terminal.ts`). */
export interface Screen extends Out {
  readonly stream: NodeJS.WriteStream;
}

/** Marks words for a person. Without colour every function returns its text unchanged. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  /** Hints, paths and names. */
  accent(text: string): string;
  /** The one thing to look at. */
  strong(text: string): string;
  faint(text: string): string;
}
