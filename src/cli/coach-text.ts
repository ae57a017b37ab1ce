import type { Out } from '../report/reporter.ts';
import { typeset } from '../report/symbols.ts';
import { lineWidth, printable, wrap } from '../report/text.ts';
import { type CoachingFile, type CoachingNote, coachingPath, notesOf } from '../spec/coaching.ts';
import { troublesIn } from '../spec/coaching-troubles.ts';

/** Every note with its id and where it comes from. Ends with a line break. */
export function coachText(file: CoachingFile, out: Out): string {
  const notes = notesOf(file);
  if (notes.length === 0) return `${coachingPath} has no notes yet: reviews add them, and \`prd coach add\` does\n`;
  const lines = notes.flatMap((note) => noteLines(note, out));
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

/** What is wrong with the file, one line each with its place; empty when nothing is. */
export function troubleText(file: CoachingFile, { paint }: Out): string {
  return troublesIn(file)
    .map(({ line, what, left }) => {
      const where = paint.accent(`${coachingPath}:${line}`);
      return `${paint.warn('warning:')} ${where} ${what}${left ? '; no spec carries it' : ''}\n`;
    })
    .join('');
}

/** The same as one JSON document. */
export function coachDocument(file: CoachingFile): object {
  const notes = file.lines.flatMap((line, index) => (typeof line === 'string' ? [] : [{ ...line, line: index + 1 }]));
  return { version: 1, file: coachingPath, notes, troubles: troublesIn(file) };
}

function noteLines(note: CoachingNote, out: Out): readonly string[] {
  const text = wrap(printable(note.text), lineWidth(out.columns) - 2).map((line) => `  ${line}`);
  return [`${out.paint.accent(printable(note.id))} ${out.paint.faint(originOf(note))}`, ...text];
}

function originOf({ scope, story, lastHit, pinned }: CoachingNote): string {
  return [
    scope === '**' ? 'every story' : `for ${printable(scope)}`,
    story === null ? 'by a person' : `learned from ${printable(story)}`,
    ...(lastHit === null ? [] : [printable(lastHit)]),
    ...(pinned ? ['pinned'] : []),
  ].join(' · ');
}
