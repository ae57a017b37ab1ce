import type { Refinement } from './refinement.ts';

type ExactEdit = Refinement['edits'][number];

export type AppliedEdits =
  /** New texts of the files that changed, in the order of their first edit. */
  | { readonly kind: 'applied'; readonly files: readonly { readonly path: string; readonly text: string }[] }
  /** Which edit (from 1) could not be made, and why. Nothing is applied then. */
  | { readonly kind: 'refused'; readonly edit: number; readonly path: string; readonly why: EditRefusal };

export type EditRefusal = 'no-such-file' | 'exists' | 'not-found' | 'ambiguous' | 'equal';

/**
 * Makes exact edits in texts, in order, all or none. `old` must stand in its file exactly once; an empty `old` creates a
 * file that is not there. Nothing is guessed: what does not match to the character is refused.
 */
export function applyRefinedEdits(read: (path: string) => string | null, edits: readonly ExactEdit[]): AppliedEdits {
  const texts = new Map<string, string>();
  for (const [index, { path, old, new: fresh }] of edits.entries()) {
    const next = edited(texts.get(path) ?? read(path), old, fresh);
    if (next.kind === 'refused') return { ...next, edit: index + 1, path };
    texts.set(path, next.text);
  }
  return { kind: 'applied', files: [...texts].map(([path, text]) => ({ path, text })) };
}

type Edited =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly why: EditRefusal };

function edited(text: string | null, old: string, fresh: string): Edited {
  if (old === fresh) return { kind: 'refused', why: 'equal' };
  if (old === '') return text === null ? { kind: 'text', text: fresh } : { kind: 'refused', why: 'exists' };
  if (text === null) return { kind: 'refused', why: 'no-such-file' };
  const at = text.indexOf(old);
  if (at < 0) return { kind: 'refused', why: 'not-found' };
  // From the next character on: places that overlap are two places.
  if (text.indexOf(old, at + 1) >= 0) return { kind: 'refused', why: 'ambiguous' };
  return { kind: 'text', text: text.slice(0, at) + fresh + text.slice(at + old.length) };
}
