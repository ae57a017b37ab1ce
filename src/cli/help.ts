import type { Command } from 'commander';

const heading = 'Examples:';

/**
 * Description of a command: what it does, then lines to copy. Examples stand before the tables of options, and the test
 * suite feeds each of them to the real command tree.
 */
export function describe(text: string, examples: readonly string[]): string {
  return [text, '', heading, ...examples.map((line) => `  $ ${line}`)].join('\n');
}

/** The example lines of a command, without the prompt. */
export function examplesOf(command: Command): readonly string[] {
  const lines = command.description().split('\n');
  const start = lines.indexOf(heading);
  return start < 0 ? [] : lines.slice(start + 1).map((line) => line.replace(/^ {2}\$ /, ''));
}
