import { createInterface } from 'node:readline/promises';
import { printable } from '../report/text.ts';
import type { LandingQuestion } from '../run/deps.ts';
import type { Context } from './context.ts';

const shownFiles = 10;

/** Asks before a landing. Anything but yes is no; so is the end of the input. */
export async function confirmLanding(question: LandingQuestion, context: Context): Promise<boolean> {
  const { story, title, branch, files } = question;
  const more = files.length > shownFiles ? [`  and ${files.length - shownFiles} more`] : [];
  const list = files.slice(0, shownFiles).map((file) => `  ${printable(file)}`);
  context.stderr.write(`${[`${printable(story)}: ${printable(title)}`, ...list, ...more].join('\n')}\n`);
  return /^y(es)?$/i.test(await askOne(`land it on ${printable(branch)}? [y/N] `, context));
}

/** Can a person be asked at all? */
export function canAsk({ stdin, stderr, flags }: Context): boolean {
  return stdin.isTTY === true && stderr.isTTY && flags.input !== false;
}

/** One line from a person; empty at the end of the input. */
export async function askOne(question: string, { stdin, stderr }: Context): Promise<string> {
  stderr.write(question);
  const lines = createInterface({ input: stdin as NodeJS.ReadStream });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return (await Promise.race([lines.question(''), ended])).trim();
  } finally {
    lines.close();
  }
}
