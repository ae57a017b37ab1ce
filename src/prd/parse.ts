import type { Position, Problem } from '../problem.ts';
import { openLedger } from './dialects/ledger.ts';
import { readDocument } from './document.ts';
import { namedStories } from './document-stories.ts';
import { locator } from './locate.ts';
import type { JsonPath, Prd } from './prd.ts';
import { readSyntax, type Source } from './syntax.ts';

/** A document that was read, with the text it came from. */
export interface PrdDocument {
  readonly file: string;
  readonly text: string;
  readonly prd: Prd;
  /** Where the value at a path stands; for a path the document lacks, the nearest thing around it. */
  locate(path: JsonPath): Position;
}

export type ParsedPrd =
  | { readonly kind: 'read'; readonly document: PrdDocument }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface ParseOptions {
  /** JSON pointer of the story array, for documents that call it something unknown. */
  readonly storiesPointer?: string;
  /** Programs, scripts and targets (`make lint`) of the project itself. */
  readonly programs?: ReadonlySet<string>;
}

/** Reads a PRD in any known dialect. Never throws: what cannot be read is refused with problems that name their place. */
export function parsePrd(text: string, file: string, options: ParseOptions = {}): ParsedPrd {
  const syntax = readSyntax(text, file);
  return syntax.kind === 'refused' ? syntax : parseSource(syntax.source, options);
}

/** Reads a PRD whose syntax was read before. */
export function parseSource(source: Source, options: ParseOptions = {}): ParsedPrd {
  const ledger = openLedger(source);
  const found = namedStories(ledger, options.storiesPointer ?? null);
  if (found.kind === 'refused') return found;
  const prd = readDocument(ledger, found, options.programs ?? new Set());
  if (ledger.problems.length > 0) return { kind: 'refused', problems: ledger.problems };
  const { file, text, root, at } = source;
  return { kind: 'read', document: { file, text, prd, locate: locator(root, at) } };
}
