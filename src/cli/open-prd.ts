import { type PrdDocument, parsePrd } from '../prd/parse.ts';
import type { Problem } from '../problem.ts';
import type { Context } from './context.ts';
import { type FoundPrd, findPrd, noteOthers } from './find-prd.ts';
import { readText } from './read-text.ts';

export type OpenedPrd =
  | { readonly kind: 'opened'; readonly found: FoundPrd; readonly document: PrdDocument }
  | { readonly kind: 'refused'; readonly found: FoundPrd; readonly problems: readonly Problem[] };

export interface PrdChoice {
  /** `--file`, or null to look. */
  readonly file: string | null;
  /** `--stories`: JSON pointer to the list of stories in a file of unknown shape. */
  readonly storiesPointer?: string | undefined;
}

/** Finds, reads and parses the PRD of a command; others that were found are named on stderr. Rejects if it cannot be read. */
export async function openPrd(context: Context, { file, storiesPointer }: PrdChoice): Promise<OpenedPrd> {
  const found = await findPrd(context.cwd, file);
  noteOthers(found, context);
  const text = await readText(found.path, found.shown);
  const parsed = parsePrd(text, found.shown, storiesPointer === undefined ? {} : { storiesPointer });
  if (parsed.kind === 'refused') return { kind: 'refused', found, problems: parsed.problems };
  return { kind: 'opened', found, document: parsed.document };
}
