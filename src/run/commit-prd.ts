import { setPasses } from '../prd/edit.ts';
import { parsePrd } from '../prd/parse.ts';
import { PrdError } from '../problem.ts';
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
  const tree = await deps.vault.tree(head, [{ path: prdPath, kind: 'text', text }]);
  const author = await deps.checkout.identity();
  const message = `${before === null ? 'Add' : 'Update'} ${prdPath}\n`;
  const commit = await deps.vault.commit({ tree, parents: [head], message, ...(author === null ? {} : { author }) });
  await land(commit, head, request, deps, target);
}

async function land(commit: string, head: string, request: RunRequest, deps: RunDeps, target: Target): Promise<void> {
  const follows = await deps.checkout.canFollow(target.branch(), head, commit);
  const aside = await target.aside();
  const branch = follows || aside === null ? { name: target.branch(), tip: await target.tip() } : aside;
  const intent = { branch: branch.name, from: head, to: commit };
  await deps.emit({ type: 'follow.intent', data: intent });
  if ((await deps.checkout.moveBranch(branch.name, branch.tip, commit)) === 'lost') {
    throw new PrdError({
      code: 'edit-refused',
      file: request.prdPath,
      why: `${branch.name} moved while it was committed`,
    });
  }
  target.landedOn(branch.name);
  await deps.emit({ type: 'prd.committed', data: { commit, branch: branch.name } });
  const how = await deps.checkout.follow(branch.name, head, commit);
  await deps.emit({ type: 'follow.done', data: { branch: branch.name, to: commit, how } });
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
