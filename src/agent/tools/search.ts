import * as z from 'zod';
import type { SearchResult } from '../../workspace/workspace.ts';
import { boundedNumber, flag, wellFormed, withAliases } from './tolerance.ts';
import { defineTool } from './tool.ts';

const maxCharacters = 16_000;

const input = withAliases(
  { pattern: ['query', 'regex'], glob: ['include', 'path'] },
  z.object({
    pattern: wellFormed.max(1_000),
    literal: flag,
    glob: wellFormed.optional(),
    mode: z.enum(['lines', 'files']).optional(),
    context: boundedNumber(0, 5).optional(),
  }),
);

export const search = defineTool({
  name: 'search',
  kind: 'look',
  description:
    'Search files by regular expression (or literal text). mode files: names only; with an empty pattern, the names that match glob.',
  input,
  label: ({ pattern, glob }) => `search ${pattern}${glob === undefined ? '' : ` in ${glob}`}`,
  use: async ({ pattern, literal = false, glob = null, mode = 'lines', context = 0 }, { workspace }) => {
    const result = await workspace.files.search({ pattern, literal, glob, mode, context });
    return { content: formatSearch(result, glob) };
  },
});

/** The answer as text: grouped by file, at most 16,000 characters, and what was left out. */
export function formatSearch(result: SearchResult, glob: string | null): string {
  const total = result.hits + result.more;
  if (total === 0) return withNotes('no match', result, 0, glob);
  const lines = result.files.flatMap(fileLines);
  let size = 0;
  const fitting = lines.filter(({ text }) => {
    size += text.length + 1;
    return size <= maxCharacters;
  });
  const hidden = total - fitting.filter(({ hit }) => hit).length;
  const head = total === 1 ? '1 hit' : `${total} hits`;
  return withNotes([head, ...fitting.map(({ text }) => text)].join('\n'), result, hidden, glob);
}

interface Line {
  readonly text: string;
  readonly hit: boolean;
}

/** `12:` before a hit, `12-` before a line around it, as grep does. Without lines the file itself is the hit. */
function fileLines({ path, lines }: SearchResult['files'][number]): readonly Line[] {
  const shown = lines.map(({ line, text, hit }) => ({ text: `${line}${hit ? ':' : '-'}${text}`, hit }));
  return [{ text: path, hit: lines.length === 0 }, ...shown];
}

function withNotes(text: string, { note, timedOut }: SearchResult, hidden: number, glob: string | null): string {
  const narrower = glob === null ? 'narrow it down with a glob' : 'narrow it down';
  const notes = [
    note,
    timedOut ? 'stopped after 5 s, there may be more: use a simpler pattern or a narrower glob' : null,
    hidden > 0 ? `${hidden} more hits not shown: ${narrower}` : null,
  ];
  return [text, ...notes.flatMap((each) => (each === null ? [] : [`[${each}]`]))].join('\n');
}
