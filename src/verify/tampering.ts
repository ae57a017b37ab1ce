import { parsePrd } from '../prd/parse.ts';
import type { Change, Refusal } from '../workspace/workspace.ts';
import { foldedPath } from './globs.ts';

/** A claim that only `prd` may make, made by the one who is judged. */
export interface Tampering {
  readonly what: 'prd-file' | 'evidence' | 'prd-folder' | 'nested-git';
  readonly path: string;
}

/** Where texts of changed files come from; null for what is not there or is not text. */
export interface Texts {
  base(path: string): string | null;
  attempt(path: string): string | null;
}

/** Flips in the PRD, content in `.prd/`, nested git data. Deleting and reformatting forge nothing and are only left out. */
export function tamperingOf(
  changes: readonly Change[],
  refused: readonly Refusal[],
  prdPaths: (path: string) => boolean,
  texts: Texts,
): readonly Tampering[] {
  const nested = refused
    .filter(({ kind }) => kind === 'nested-git')
    .map(({ path }) => ({ what: 'nested-git', path }) as const);
  return [...changes.flatMap((change) => tamperedFile(change, prdPaths, texts)), ...nested];
}

function tamperedFile({ path, status }: Change, isPrd: (path: string) => boolean, texts: Texts): readonly Tampering[] {
  const [base, attempt] = [texts.base(path), texts.attempt(path)];
  if (status === 'deleted' || sameWords(base, attempt)) return [];
  const folded = foldedPath(path);
  if (folded.startsWith('.prd/evidence/')) return [{ what: 'evidence', path }];
  if (folded.startsWith('.prd/')) return [{ what: 'prd-folder', path }];
  return isPrd(path) && flips(base, attempt, path) ? [{ what: 'prd-file', path }] : [];
}

function sameWords(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
}

/** Does a story say that it passes which did not say so before? */
function flips(base: string | null, attempt: string | null, path: string): boolean {
  const before = new Set(passing(base, path));
  return passing(attempt, path).some((story) => !before.has(story));
}

function passing(text: string | null, path: string): readonly string[] {
  const parsed = text === null ? null : parsePrd(text, path);
  return parsed?.kind === 'read' ? parsed.document.prd.stories.filter(({ passes }) => passes).map(({ id }) => id) : [];
}
