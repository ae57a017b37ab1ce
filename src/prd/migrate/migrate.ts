import type { Problem } from '../../problem.ts';
import { storyDigest } from '../digest.ts';
import type { DocumentEdit } from '../edit/document-edit.ts';
import { editText } from '../edit.ts';
import { type PrdDocument, parsePrd } from '../parse.ts';
import type { Criterion, Prd, Story } from '../prd.ts';
import { flattenStories } from './flatten.ts';
import { storyEdits } from './story-edits.ts';
import { topEdits } from './top-edits.ts';

export type Migrated =
  | {
      readonly kind: 'migrated';
      readonly text: string;
      readonly before: Prd;
      /** Stories that would not read the same with canonical criteria: those stay as they were written. */
      readonly kept: readonly string[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface MigrateOptions {
  /** What `$schema` shall say where the document has none; null adds none. */
  readonly schema: string | null;
  readonly storiesPointer?: string;
}

/** The edits of one step; those that take away come after all others, because their paths are those of the text before. */
export interface Edits {
  readonly change: readonly DocumentEdit[];
  readonly remove: readonly DocumentEdit[];
}

/**
 * Writes a document of any dialect in canonical form: keys renamed, words turned into ranks and `passes`, one flat list of
 * stories. Keys nobody knows stay; what a canonical field cannot hold stays under its old name with `Original` behind it. Every
 * story reads as before, or it is left as it was.
 */
export function migrate(text: string, file: string, options: MigrateOptions): Migrated {
  const pointer = options.storiesPointer;
  const parsed = parsePrd(text, file, pointer === undefined ? {} : { storiesPointer: pointer });
  if (parsed.kind === 'refused') return parsed;
  const flat = flattenStories(parsed.document);
  if (flat.kind === 'refused') return { kind: 'refused', problems: [flat.problem] };
  return migrateFlat(flat.text, parsed.document, options);
}

/** What stays as it was, by position: the criteria of a story, or all of it. */
export interface Kept {
  readonly criteria: ReadonlySet<number>;
  readonly whole: ReadonlySet<number>;
}

/** First everything; then without the criteria of the stories that changed; then without these stories. */
function migrateFlat(text: string, { file, prd }: PrdDocument, options: MigrateOptions): Migrated {
  let kept: Kept = { criteria: new Set(), whole: new Set() };
  for (let round = 0; round < 3; round += 1) {
    const now = canonical(text, file, options, kept);
    if (now.kind === 'refused') return now;
    const changed = differing(prd, now.document.prd);
    if (changed.size === 0) return { kind: 'migrated', text: now.document.text, before: prd, kept: namesOf(prd, kept) };
    kept = { criteria: new Set([...kept.criteria, ...changed]), whole: round === 0 ? kept.whole : changed };
  }
  return refused({ code: 'edit-refused', file, why: 'its stories would not read as before' });
}

function namesOf({ stories }: Prd, { criteria }: Kept): readonly string[] {
  return stories.filter(({ index }) => criteria.has(index)).map(({ id }) => id);
}

type Canonical =
  | { readonly kind: 'read'; readonly document: PrdDocument }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The flat text with its fields in canonical form, but for the stories that are kept. */
function canonical(text: string, file: string, options: MigrateOptions, kept: Kept): Canonical {
  let now = parsePrd(text, file);
  for (const step of [
    (document: PrdDocument) => storyEdits(document, kept),
    (document: PrdDocument) => topEdits(document, options.schema),
  ]) {
    if (now.kind === 'refused') return now;
    const next = apply(now.document, step(now.document));
    if (typeof next !== 'string') return refused(next);
    now = parsePrd(next, file);
  }
  return now;
}

function apply({ text, file }: PrdDocument, { change, remove }: Edits): string | Problem {
  const changed = editText(text, file, change);
  if (changed.kind === 'refused') return changed.problem;
  const removed = editText(changed.text, file, remove);
  return removed.kind === 'refused' ? removed.problem : removed.text;
}

function refused(problem: Problem): { readonly kind: 'refused'; readonly problems: readonly Problem[] } {
  return { kind: 'refused', problems: [problem] };
}

/** Stories that read otherwise than before, by position. */
function differing(before: Prd, after: Prd): ReadonlySet<number> {
  const now = after.stories.map(factsOf);
  const same = before.stories.length === after.stories.length;
  const different = before.stories.filter((story) => !same || factsOf(story) !== now[story.index]);
  return new Set(different.map(({ index }) => index));
}

/** Everything the program knows of a story but where it stands. Evidence of a pass stays valid only while its digest does. */
function factsOf(story: Story): string {
  const { path: _, criteria, disables, ...facts } = story;
  return JSON.stringify([
    facts,
    criteria.map(criterionFacts),
    disables.map(({ rule, criterion, reason }) => [rule, criterion, reason]),
    story.passes ? storyDigest(story) : null,
  ]);
}

function criterionFacts({ text, reading }: Criterion): unknown {
  return [text, reading];
}
