import * as z from 'zod';
import type { FileRead } from '../../workspace/workspace.ts';
import { plainOutput } from '../command-text.ts';
import { decodeFile, endingsOf, linesOf, type TextFile } from '../text-file.ts';
import { fairShares } from './fair-shares.ts';
import { refusedPath } from './refused-path.ts';
import { isRecord, lineNumber, listOf, pathNames, wellFormed, withAliases } from './tolerance.ts';
import { defineTool, type ToolContext } from './tool.ts';

const maxLines = 2_000;
const maxLineCharacters = 2_000;
/** About 12k tokens: a quarter of what an attempt holds at its peak. */
const maxBytes = 48 * 1024;

const file = withAliases(
  { path: pathNames, start: ['start_line', 'from', 'offset'], end: ['end_line', 'to'] },
  z.object({ path: wellFormed, start: lineNumber, end: lineNumber }),
);
const input = z.preprocess(oneFile, z.object({ files: listOf(z.preprocess(namedFile, file), 12) }));

type Wanted = z.infer<typeof file>;

export const read = defineTool({
  name: 'read',
  kind: 'look',
  description:
    'Read up to 12 files, or list folders. Lines come numbered; long files in parts (start, end). Paths are relative.',
  input,
  label: ({ files }) => `read ${files.map(({ path, start, end }) => path + rangeLabel(start, end)).join(' ')}`,
  use: async ({ files }, context) => {
    const parts = await Promise.all(files.map((wanted) => readOne(wanted, context)));
    const shares = fairShares(
      parts.map(({ lines }) => sizeOf(lines)),
      maxBytes,
    );
    const shown = parts.map((part, index) => show(part, shares[index] ?? 0, context));
    return { content: shown.join('\n\n'), isError: parts.every(({ failed }) => failed) };
  },
});

/** What one entry of the call comes to, before the space is shared out. */
interface Part {
  /** Given the last line that is shown. */
  readonly header: (to: number) => string;
  readonly lines: readonly string[];
  /** Number of the first line; the rest follows. */
  readonly first: number;
  /** Lines that were asked for, shown or not. */
  readonly last: number;
  readonly found: { readonly path: string; readonly hash: string } | null;
  readonly failed: boolean;
}

async function readOne(wanted: Wanted, context: ToolContext): Promise<Part> {
  const found = await context.workspace.files.read(wanted.path);
  switch (found.kind) {
    case 'file':
      return filePart(wanted, found, context);
    case 'folder':
      return folderPart(found.path, context);
    case 'missing':
      return message(await missing(found.path, context), true);
    case 'refused':
      return message(refusedPath(found.path, found.why), true);
    default:
      return found satisfies never;
  }
}

type FoundFile = FileRead & { readonly kind: 'file' };
type Readable = Extract<TextFile, { readonly text: string }>;

function filePart(wanted: Wanted, found: FoundFile, context: ToolContext): Part {
  const decoded = decodeFile(found.bytes);
  const size = `${found.bytes.length} bytes`;
  switch (decoded.kind) {
    case 'utf-16':
      return message(`${found.path}: UTF-16 text, ${size}; convert it with \`run\` to read it`);
    case 'binary':
      return message(`${found.path}: ${decoded.what}, ${size}`);
    case 'text':
    case 'lossy':
      return linesPart(wanted, found, decoded, context);
    default:
      return decoded satisfies never;
  }
}

function linesPart({ start: first = 1, end }: Wanted, found: FoundFile, file: Readable, { seen }: ToolContext): Part {
  const { path, hash } = found;
  const lines = linesOf(path.startsWith('@logs/') ? plainOutput(file.text) : file.text);
  const last = Math.min(end ?? lines.length, lines.length);
  if (lines.length === 0) return { ...message(`${path} is empty`), found };
  if (first > last)
    return message(`${path} has ${lines.length} lines; lines ${first}-${end ?? '…'} are not there`, true);
  const to = Math.min(last, first + maxLines - 1);
  const turn = seen.shownIn(path, hash, { from: first, to });
  if (turn !== null) return message(`${path} lines ${first}-${to}: unchanged since turn ${turn}`);
  const header = (shown: number): string => `${path} lines ${first}-${shown} of ${lines.length}${marksOf(file)}`;
  return { header, lines: lines.slice(first - 1, to).map(numberedFrom(first)), first, last, found, failed: false };
}

/** What the lines do not show. */
function marksOf(file: Readable): string {
  const ending = endingsOf(file.text);
  const lossy = file.kind === 'lossy' ? ['not UTF-8: shown with losses, cannot be edited'] : [];
  const bom = file.kind === 'text' && file.bom ? ['bom'] : [];
  const marks = [...(ending === 'lf' ? [] : [ending]), ...lossy, ...bom];
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
}

function numberedFrom(first: number): (line: string, index: number) => string {
  return (line, index) => {
    const cut = line.length - maxLineCharacters;
    return `${first + index}\t${line.slice(0, maxLineCharacters)}${cut > 0 ? ` [${cut} more characters]` : ''}`;
  };
}

async function folderPart(path: string, { workspace }: ToolContext): Promise<Part> {
  const folder = await workspace.files.list(path);
  if (folder.kind === 'refused') return message(refusedPath(path, folder.why), true);
  if (folder.kind === 'missing') return message(`\`${path}\` is gone`, true);
  const more = folder.more > 0 ? [`[${folder.more} more entries; use search with mode files and a glob]`] : [];
  return message(
    [`${path}/ has ${folder.entries.length + folder.more} entries`, ...folder.entries, ...more].join('\n'),
  );
}

async function missing(path: string, { workspace }: ToolContext): Promise<string> {
  const near = await workspace.files.nearest(path);
  const hint = near.length === 0 ? 'find it with search, mode files' : `closest: ${near.join(', ')}`;
  return `no file \`${path}\`; ${hint}`;
}

function show({ header, lines, first, last, found }: Part, share: number, { seen, turn }: ToolContext): string {
  if (found === null) return header(0);
  const shown = fitting(lines, share);
  const to = first + shown.length - 1;
  if (shown.length > 0) seen.show(found.path, found.hash, { from: first, to }, turn);
  else seen.know(found.path, found.hash);
  const rest = to < last ? [`[lines ${to + 1}-${last} not shown; go on with start ${to + 1}]`] : [];
  return [header(to), ...shown, ...rest].join('\n');
}

/** At least one line, whatever the share. */
function fitting(lines: readonly string[], share: number): readonly string[] {
  let size = 0;
  const end = lines.findIndex((line) => {
    size += sizeOf([line]);
    return size > share;
  });
  return end < 0 ? lines : lines.slice(0, Math.max(1, end));
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + new TextEncoder().encode(line).length + 1, 0);
}

function message(text: string, failed = false): Part {
  return { header: () => text, lines: [], first: 1, last: 0, found: null, failed };
}

function rangeLabel(start: number | undefined, end: number | undefined): string {
  return start === undefined && end === undefined ? '' : ` ${start ?? 1}-${end ?? ''}`;
}

/** A call that names its file at the top, as many models do. */
function oneFile(value: unknown): unknown {
  return isRecord(value) && !('files' in value) ? { files: 'paths' in value ? value.paths : value } : value;
}

function namedFile(value: unknown): unknown {
  return typeof value === 'string' ? { path: value } : value;
}
