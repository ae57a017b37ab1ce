import { setPasses } from '../prd/edit.ts';
import { parsePrd } from '../prd/parse.ts';
import { PrdError } from '../problem.ts';
import { commitFile } from './commit-file.ts';
import type { RunDeps, RunRequest } from './deps.ts';
import type { Target } from './target.ts';

/**
 * The run's first commit, where the PRD is not on the branch as the user sees it: that file alone, so that landings can
 * flip it. What passes stays as the branch says; the user's other edits are not looked at.
 */
export async function commitPrd(request: RunRequest, deps: RunDeps, target: Target): Promise<void> {
  const { prdPath, document, uncommitted } = request;
  if (uncommitted === 'no' || uncommitted === 'ignored') return;
  const head = await target.head();
  const before = await deps.vault.read(head, prdPath);
  const text = before === null ? document.text : withProgressOf(before, document.text, prdPath);
  if (text === before) return;
  const message = `${before === null ? 'Add' : 'Update'} ${prdPath}\n`;
  const made = await commitFile({ path: prdPath, text, message }, deps, target, await target.aside());
  if (made.kind !== 'committed') {
    const why = made.kind === 'lost' ? `${made.branch} moved while it was committed` : 'your edits are in the way';
    throw new PrdError({ code: 'edit-refused', file: prdPath, why });
  }
  await deps.emit({ type: 'prd.committed', data: { commit: made.commit, branch: made.branch } });
}

/** The user's text with the progress that the branch has: a hand-made `passes: true` is never committed for them. */
function withProgressOf(before: string, text: string, file: string): string {
  const [old, now] = [parsePrd(before, file), parsePrd(text, file)];
  if (old.kind !== 'read' || now.kind !== 'read') return text;
  const passes = new Map(old.document.prd.stories.map((story) => [story.id, story.passes]));
  let edited = text;
  for (const { id, passes: claimed } of now.document.prd.stories) {
    if (claimed === (passes.get(id) ?? false)) continue;
    const flip = setPasses(edited, file, id, !claimed);
    if (flip.kind === 'refused') throw new PrdError(flip.problem);
    edited = flip.text;
  }
  return edited;
}
