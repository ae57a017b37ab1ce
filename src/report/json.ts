import type { Out, Reporter } from './reporter.ts';

/** The journal's own records, one per line. */
export function jsonReporter(out: Out): Reporter {
  return { record: (record) => out.write(`${JSON.stringify(record)}\n`), tick: () => {}, close: () => {} };
}
