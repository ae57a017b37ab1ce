import type { ChangedFile } from './changed-file.ts';

/** A piece of a changed file that is shown at once. */
export interface Piece {
  readonly path: string;
  /** `whole file`, or which lines of what is shown. */
  readonly label: string;
  readonly text: string;
}

export interface Parts {
  /** Each becomes one request; together they hold every piece but the unread ones. */
  readonly parts: readonly (readonly Piece[])[];
  /** Paths of which something was not shown to anybody, with the reason. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  readonly path: string;
  readonly why: string;
}

/** New files are shown in stretches of this many lines. */
const maxLines = 300;
const maxLineCharacters = 2_000;
/** A larger change is not reviewed in one go: what is left over is named, and cannot pass by review. */
export const maxParts = 4;

/** Cuts what is shown of the files into requests of at most `room` characters. Nothing is left out without being named. */
export function toParts(files: readonly ChangedFile[], room: number): Parts {
  const unread: Unread[] = [];
  const pieces = files.flatMap((file) => {
    if (file.shown.kind === 'unreadable') unread.push({ path: file.path, why: file.shown.why });
    if (file.shown.kind !== 'whole' && file.shown.kind !== 'hunks') return [];
    const long = file.shown.text.split('\n').some((line) => line.length > maxLineCharacters);
    if (long) unread.push({ path: file.path, why: `lines of more than ${maxLineCharacters} characters` });
    return piecesOf(file.path, file.shown.text, room);
  });
  const parts = packed(pieces, room);
  const left = parts.slice(maxParts).flat();
  return { parts: parts.slice(0, maxParts), unread: [...unread, ...overflow(left)] };
}

function overflow(pieces: readonly Piece[]): readonly Unread[] {
  const labels = new Map<string, string[]>();
  for (const { path, label } of pieces) labels.set(path, [...(labels.get(path) ?? []), label]);
  return [...labels].map(([path, all]) => ({ path, why: `too much for ${maxParts} requests: ${all.join(', ')}` }));
}

function piecesOf(path: string, text: string, room: number): readonly Piece[] {
  const lines = text.split('\n').map(cutLine);
  const stretches = stretchesOf(lines, room - path.length - 100);
  return stretches.map(({ from, to }) => ({
    path,
    label: stretches.length === 1 ? 'whole' : `lines ${from + 1}-${to} of the ${lines.length} shown`,
    text: lines.slice(from, to).join('\n'),
  }));
}

function cutLine(line: string): string {
  const more = line.length - maxLineCharacters;
  return more > 0 ? `${line.slice(0, maxLineCharacters)} [${more} more characters]` : line;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Breaks before a hunk where one begins in the second half of a stretch; else where the room ends. */
function stretchesOf(lines: readonly string[], room: number): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  while (from < lines.length) {
    const end = reach(lines, from, room);
    const hunk = end === lines.length ? -1 : lastHunk(lines, from, end);
    const to = hunk > from ? hunk : end;
    found.push({ from, to });
    from = to;
  }
  return found;
}

function reach(lines: readonly string[], from: number, room: number): number {
  let size = 0;
  let to = from;
  while (to < lines.length && to - from < maxLines) {
    size += (lines[to]?.length ?? 0) + 1;
    if (size > room && to > from) break;
    to += 1;
  }
  return to;
}

function lastHunk(lines: readonly string[], from: number, end: number): number {
  for (let at = end; at > (from + end) / 2; at--) if (lines[at]?.startsWith('@@ ')) return at;
  return -1;
}

function packed(pieces: readonly Piece[], room: number): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [];
  let left = 0;
  for (const piece of pieces) {
    const size = piece.text.length + piece.path.length + 100;
    const part = parts.at(-1);
    if (part !== undefined && size <= left) part.push(piece);
    else {
      parts.push([piece]);
      left = room;
    }
    left -= size;
  }
  return parts;
}
