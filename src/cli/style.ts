import { Chalk } from 'chalk';
import type { Paint } from '../report/reporter.ts';

/** The one place that knows colours: green success, red error, yellow warning, cyan for hints, paths and names. */
export function openPaint(): Paint {
  // The default instance is never used: it ignores NO_COLOR. Whether there is colour at all is decided per stream.
  const chalk = new Chalk({ level: 1 });
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    accent: (text) => chalk.cyan(text),
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
  };
}
