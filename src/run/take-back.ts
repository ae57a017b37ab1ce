import { evidencePath } from '../land/evidence.ts';
import { takeBackMessage } from '../land/landing-message.ts';
import { storyDigest } from '../prd/digest.ts';
import { setPasses } from '../prd/edit.ts';
import type { Story } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import type { CheckResult } from '../verify/check.ts';
import { sayResult } from '../verify/verdict-words.ts';
import type { Oid, TreeEdit } from '../workspace/workspace.ts';
import { commitFiles } from './commit-file.ts';
import type { SharedRun } from './story-run.ts';

/** A story that passes and whose check is not green any more. */
export interface Broken {
  readonly story: Story;
  readonly result: CheckResult;
  /** Story of this run that broke it; null when something else did. */
  readonly by: string | null;
}

/** Somebody else may move the branch meanwhile. */
const tries = 3;

/**
 * Sets a story back to false, as one commit with its evidence gone: put back by hand, the flag must not find its old proof.
 * Says so before and after. Rejects with `edit-refused` when the branch keeps moving or the PRD cannot be edited.
 */
export async function takeBack(broken: Broken, shared: SharedRun): Promise<void> {
  const { story, by } = broken;
  const { request, deps } = shared;
  const why = sayResult(broken.result);
  if (request.uncommitted === 'ignored') await deps.flipOnDisk(story.id, false);
  const commit = await commitTakeBack(broken, shared);
  shared.passed.delete(story.id);
  await deps.emit({ type: 'pass.revoked', data: { story: story.id, why, by, commit } });
}

/** Null when the branch has nothing to change: a PRD that git ignores, and no evidence. */
async function commitTakeBack({ story, result, by }: Broken, shared: SharedRun): Promise<Oid | null> {
  const { request, deps, target } = shared;
  const message = takeBackMessage({ story: story.id, title: story.title, why: sayResult(result), by });
  for (let left = tries; left > 0; left -= 1) {
    const edits = await editsAt(await target.head(), story, shared);
    if (edits.length === 0) return null;
    const made = await commitFiles({ edits, message }, deps, target, await target.aside());
    if (made.kind === 'committed') return made.commit;
  }
  const why = `${target.branch()} kept moving while ${story.id} was set back to false`;
  throw new PrdError({ code: 'edit-refused', file: request.prdPath, why });
}

async function editsAt(head: Oid, story: Story, { request, deps }: SharedRun): Promise<readonly TreeEdit[]> {
  const { prdPath: path } = request;
  const evidence = evidencePath(story.id, storyDigest(story));
  const [before, shown] = await Promise.all([deps.vault.read(head, path), deps.vault.read(head, evidence)]);
  const gone: readonly TreeEdit[] = shown === null ? [] : [{ path: evidence, kind: 'delete' }];
  if (before === null) return gone;
  const flip = setPasses(before, path, story.id, false);
  if (flip.kind === 'refused') throw new PrdError(flip.problem);
  return flip.text === before ? gone : [...gone, { path, kind: 'text', text: flip.text }];
}
