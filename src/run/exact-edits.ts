import { applyRefinedEdits } from '../spec/apply-edits.ts';
import { readTexts } from '../spec/read-texts.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { StoryRun } from './story-run.ts';

/**
 * Makes the exact edits of a refinement, for a first attempt to start from: where they are the whole work, nobody has to be
 * paid for repetition. Null when there are none, or when one of them no longer fits.
 */
export async function withExactEdits({ deps, refinement, base, planned }: StoryRun): Promise<Oid | null> {
  const edits = refinement?.edits ?? [];
  if (edits.length === 0) return null;
  const texts = await readTexts(
    deps.vault,
    base,
    edits.map(({ path }) => path),
  );
  const applied = applyRefinedEdits((path) => texts.get(path) ?? null, edits);
  if (applied.kind === 'refused') {
    const message = `edit ${applied.edit} of the refinement does not fit ${applied.path}: ${applied.why}`;
    await deps.emit({ type: 'warning', data: { code: 'edit-refused', message, story: planned.story.id } });
    return null;
  }
  return deps.vault.commit({
    tree: base,
    edits: applied.files.map(({ path, text }) => ({ path, kind: 'text', text })),
    parents: [base],
    message: `${planned.story.id}: exact edits`,
  });
}
