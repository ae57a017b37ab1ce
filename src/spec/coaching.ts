import { createHash } from 'node:crypto';

/** One lesson: "do X (not Y) when Z". */
export interface CoachingNote {
  readonly id: string;
  /** At most 240 characters, one line. */
  readonly text: string;
  /** Glob of the files it is about; `**` heads every spec. */
  readonly scope: string;
  /** Story that taught it; null when a person wrote it. */
  readonly story: string | null;
  /** ISO date on which it was last learned again. */
  readonly lastHit: string | null;
  readonly pinned: boolean;
}

/** The file as its lines: what is no note (headings, a person's prose) stays where it is. */
export interface CoachingFile {
  readonly lines: readonly (string | CoachingNote)[];
}

export const coachingPath = '.prd/coaching.md';
/** Lists that rewrite themselves collapse; a bounded list changed by one item at a time does not (ACE, 2025). */
export const maxNotes = 20;
export const maxNoteLength = 240;

const heading = [
  '# Coaching notes',
  '',
  'Learned in reviews; they head every later spec. Edit freely: one list item per note, the comment keeps its id.',
  '',
];
const item = /^[-*] (.{1,2000}?)(?: ?<!-- prd ([^<>]{0,300}) -->)?$/;

/** Reads the file as it stands. A list item without our comment is a person's note: general and pinned. */
export function parseCoaching(text: string): CoachingFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return { lines: lines.map(parseLine) };
}

export function formatCoaching(file: CoachingFile): string {
  const lines = file.lines.length === 0 ? heading : file.lines;
  return `${lines.map((line) => (typeof line === 'string' ? line : formatNote(line))).join('\n')}\n`;
}

export function notesOf(file: CoachingFile): readonly CoachingNote[] {
  return file.lines.filter((line): line is CoachingNote => typeof line !== 'string');
}

/**
 * Adds lessons one by one: a known text is marked as learned again and keeps its older wording; when the list is full the
 * note that was learned least recently leaves. Pinned notes stay.
 */
export function learn(file: CoachingFile, lessons: readonly Omit<CoachingNote, 'id' | 'pinned'>[]): CoachingFile {
  return lessons.reduce(learnOne, file.lines.length === 0 ? { lines: heading } : file);
}

export function noteId(text: string): string {
  return `n-${createHash('sha256').update(normal(text)).digest('hex').slice(0, 8)}`;
}

function learnOne(file: CoachingFile, lesson: Omit<CoachingNote, 'id' | 'pinned'>): CoachingFile {
  const known = notesOf(file).find((note) => normal(note.text) === normal(lesson.text));
  if (known !== undefined) return replace(file, known.id, { ...known, lastHit: lesson.lastHit });
  const added = { lines: [...file.lines, { ...lesson, id: noteId(lesson.text), pinned: false }] };
  return evict(added);
}

function evict(file: CoachingFile): CoachingFile {
  const notes = notesOf(file);
  if (notes.length <= maxNotes) return file;
  const loose = notes.filter((note) => !note.pinned);
  const [oldest] = [...loose].sort((a, b) => (a.lastHit ?? '').localeCompare(b.lastHit ?? ''));
  return oldest === undefined ? file : remove(file, oldest.id);
}

export function remove(file: CoachingFile, id: string): CoachingFile {
  return { lines: file.lines.filter((line) => typeof line === 'string' || line.id !== id) };
}

export function pin(file: CoachingFile, id: string, pinned: boolean): CoachingFile {
  const note = notesOf(file).find((one) => one.id === id);
  return note === undefined ? file : replace(file, id, { ...note, pinned });
}

function replace(file: CoachingFile, id: string, note: CoachingNote): CoachingFile {
  return { lines: file.lines.map((line) => (typeof line !== 'string' && line.id === id ? note : line)) };
}

function parseLine(line: string): string | CoachingNote {
  const match = item.exec(line);
  if (match === null) return line;
  const text = (match[1] ?? '').trim();
  const fields = new Map((match[2] ?? '').split(/\s+/).map(fieldOf));
  const ours = match[2] !== undefined;
  return {
    id: fields.get('id') ?? noteId(text),
    text,
    scope: fields.get('scope') ?? '**',
    story: fields.get('story') ?? null,
    lastHit: fields.get('hit') ?? null,
    pinned: !ours || fields.has('pinned'),
  };
}

function fieldOf(word: string): [string, string] {
  const at = word.indexOf('=');
  return at === -1 ? [word, ''] : [word.slice(0, at), decoded(word.slice(at + 1))];
}

/** A person may have typed a lone percent sign: then the text means itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function formatNote(note: CoachingNote): string {
  const fields = [
    `id=${note.id}`,
    ...(note.scope === '**' ? [] : [`scope=${encodeURIComponent(note.scope)}`]),
    ...(note.story === null ? [] : [`story=${encodeURIComponent(note.story)}`]),
    ...(note.lastHit === null ? [] : [`hit=${note.lastHit}`]),
    ...(note.pinned ? ['pinned'] : []),
  ];
  return `- ${note.text} <!-- prd ${fields.join(' ')} -->`;
}

/** Case, punctuation and white space do not make a lesson new. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
