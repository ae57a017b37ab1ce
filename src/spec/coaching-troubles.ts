import { type CoachingFile, type CoachingNote, maxNoteLength, maxNotes } from './coaching.ts';
import { weakensJudgment } from './lesson.ts';

/** What is wrong with an entry of the coaching file. */
export interface Trouble {
  /** From 1. */
  readonly line: number;
  readonly what: string;
  /** The note stands in no prompt. */
  readonly left: boolean;
}

/** Entries that are broken, too many, or ask to be judged less, in the order of the file. */
export function troublesIn({ lines }: CoachingFile): readonly Trouble[] {
  const seen = new Set<string>();
  let notes = 0;
  return lines.flatMap((line, index): readonly Trouble[] => {
    const at = (what: string, left: boolean): readonly Trouble[] => [{ line: index + 1, what, left }];
    if (typeof line === 'string') return brokenItem(line) ? at('this list item cannot be read as a note', true) : [];
    notes += 1;
    const known = seen.has(line.id);
    seen.add(line.id);
    if (weakensJudgment(line.text)) return at('it would loosen what judges the work', true);
    if (known) return at(`the id ${line.id} stands above already`, true);
    if (notes > maxNotes) return at(`more than ${maxNotes} notes: the specs carry the first ones only`, true);
    return line.text.length > maxNoteLength ? at(`longer than ${maxNoteLength} characters`, false) : [];
  });
}

/** The notes that specs may carry: nothing that asks to be judged less, whoever wrote it, and no more than the bound. */
export function usableNotes(file: CoachingFile): readonly CoachingNote[] {
  const left = new Set(troublesIn(file).flatMap((trouble) => (trouble.left ? [trouble.line] : [])));
  return file.lines.flatMap((line, index) => (typeof line === 'string' || left.has(index + 1) ? [] : [line]));
}

/** A list item, or our own comment, that is none of the notes: too long, or its comment was torn. */
function brokenItem(line: string): boolean {
  return /^[-*] \S/.test(line) || line.includes('<!-- prd ');
}
