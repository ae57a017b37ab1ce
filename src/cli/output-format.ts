import { CommanderError } from 'commander';

export const formats = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof formats)[number];

export interface FormatFlags {
  readonly json?: boolean;
  readonly format?: Format;
}

/** `--json` is short for `--format json`; beside another format it is a mistake. Commander can say neither by itself. */
export function outputFormat({ json, format }: FormatFlags): Format {
  if (json !== true) return format ?? 'pretty';
  if (format === undefined || format === 'json') return 'json';
  const message = `error: option '--json' cannot be used with '--format ${format}'`;
  throw new CommanderError(2, 'commander.conflictingOption', message);
}
