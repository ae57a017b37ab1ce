import { addedNotes, addToStories, type StoryAddition } from '../prd/edit-refined.ts';
import { parsePrd } from '../prd/parse.ts';
import type { Story as PrdStory } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import { type TextStore, writeOverlay } from '../spec/overlay.ts';
import { verifyText } from '../spec/refined-story.ts';
import type { Refinement } from '../spec/refinement.ts';
import type { Prepared } from './prepare-run.ts';
import type { Refined } from './refine-asking.ts';
import { replacePrd } from './replace-prd.ts';

/**
 * Puts what was added into the PRD of the working tree, and keeps the plan of each story for its new text, so that the next
 * run need not ask again. Returns the ids of the stories that were changed.
 */
export async function writeRefined(
  stories: readonly Refined[],
  { document, found, open, base }: Prepared,
  texts: TextStore,
): Promise<readonly string[]> {
  const clean = stories.flatMap((made) => (made.kind === 'refined' && made.open.length === 0 ? [made] : []));
  const additions = new Map<PrdStory, StoryAddition>();
  for (const { story, refinement } of clean) {
    const written = document.prd.stories[story.index];
    const addition = additionOf(refinement);
    if (written !== undefined && (addition.criteria.length > 0 || addition.notes !== ''))
      additions.set(written, addition);
  }
  if (additions.size === 0) return [];
  const edited = addToStories(document, additions);
  if (edited.kind === 'refused') throw new PrdError(edited.problem);
  await replacePrd(found, document.text, edited.text, open.repository.root);
  const now = parsePrd(edited.text, document.file);
  if (now.kind === 'refused') throw new Error('the PRD was read back when it was edited');
  for (const { story, refinement } of clean) {
    const changed = now.document.prd.stories[story.index];
    const rest = { ...refinement, extraCriteria: [], verify: [] };
    if (changed !== undefined) await writeOverlay(texts, changed, rest, { vault: open.vault, commit: base });
  }
  return [...additions.keys()].map(({ id }) => id);
}

function additionOf(refinement: Refinement): StoryAddition {
  return { criteria: [...refinement.extraCriteria, ...refinement.verify.map(verifyText)], notes: notesOf(refinement) };
}

/** The plan in words: notes are shown to whoever builds, and bind nobody. */
function notesOf({ files, signatures, steps, copyFrom, outOfScope }: Refinement): string {
  const parts = [
    files.map(({ path, action }) => `${action} ${path}`).join(', '),
    signatures.join('; '),
    steps.map((step, index) => `${index + 1}. ${step}`).join(' '),
    copyFrom.map(({ path, symbol }) => `like ${symbol} of ${path}`).join(', '),
    outOfScope.length === 0 ? '' : `not in scope: ${outOfScope.join('; ')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${addedNotes} ${parts.join('. ')}`;
}
