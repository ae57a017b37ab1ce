import { includesPath } from './search-glob.ts';
import { compilePattern, type Pattern } from './search-pattern.ts';
import type { Narrow } from './search-programs.ts';
import { inClosedFolder, walkFiles } from './search-walk.ts';
import { searchLines } from './search-worker.ts';
import type { SearchQuery, SearchResult } from './workspace.ts';

export interface SearchPlace {
  readonly root: string;
  /** Tried in order; where none can help, every file is read. */
  readonly narrow: readonly Narrow[];
  /** Paths that nobody may see. */
  readonly isHidden: (path: string) => boolean;
  /** Larger files are passed over. */
  readonly maxBytes: number;
  /** For finding lines. */
  readonly timeoutMs: number;
}

const maxFiles = 100;

/** Searches the files of a folder. The answer does not depend on the program that helped. */
export async function searchFiles(query: SearchQuery, place: SearchPlace): Promise<SearchResult> {
  const pattern = compilePattern(query.pattern, query.literal);
  const files = await candidates(query, pattern, place);
  if (query.pattern === '') return listing(files, query);
  const context = Math.min(5, Math.max(0, Math.trunc(query.context)));
  const { root, maxBytes, timeoutMs } = place;
  const found = await searchLines({ root, files, pattern, mode: query.mode, context, maxBytes, timeoutMs });
  return { ...found, note: pattern.note };
}

async function candidates(query: SearchQuery, pattern: Pattern, place: SearchPlace): Promise<readonly string[]> {
  const files = (await narrowed(query, pattern, place)) ?? (await walkFiles(place.root));
  const { glob } = query;
  const isOpen = (path: string): boolean => !place.isHidden(path) && !inClosedFolder(path);
  const visible = files.filter((path) => isOpen(path) && (glob === null || includesPath(glob, path)));
  return [...new Set(visible)].sort();
}

async function narrowed(query: SearchQuery, pattern: Pattern, place: SearchPlace): Promise<readonly string[] | null> {
  if (query.pattern === '') return null;
  for (const narrow of place.narrow) {
    const files = await narrow(place.root, pattern);
    if (files !== null) return files;
  }
  return null;
}

/** An empty pattern asks for names alone. */
function listing(files: readonly string[], { mode }: SearchQuery): SearchResult {
  const shown = files.slice(0, maxFiles);
  const note = mode === 'lines' ? 'the pattern is empty: these are file names' : null;
  const named = shown.map((path) => ({ path, lines: [] }));
  return { files: named, hits: shown.length, more: files.length - shown.length, note, timedOut: false };
}
