import type { Branch } from '../land/land.ts';
import type { Oid, TreeEdit } from '../workspace/workspace.ts';
import type { RunDeps } from './deps.ts';
import type { Target } from './target.ts';

export interface FileCommit {
  readonly path: string;
  readonly text: string;
  readonly message: string;
}

export type CommittedFile =
  | { readonly kind: 'committed'; readonly commit: Oid; readonly branch: string }
  /** Somebody moved the branch; nothing changed. */
  | { readonly kind: 'lost'; readonly branch: string }
  /** The checkout holds an edit that would be in the way; nothing changed. */
  | { readonly kind: 'in-the-way' };

/** Puts one file of our own on the target branch as a commit of its own, by the same compare-and-swap as a landing. */
export function commitFile(
  { path, text, message }: FileCommit,
  deps: RunDeps,
  target: Target,
  elsewhere: Branch | null,
): Promise<CommittedFile> {
  return commitFiles({ edits: [{ path, kind: 'text', text }], message }, deps, target, elsewhere);
}

/** The same for several files of our own, or for one that goes. */
export async function commitFiles(
  { edits, message }: { readonly edits: readonly TreeEdit[]; readonly message: string },
  deps: RunDeps,
  target: Target,
  elsewhere: Branch | null,
): Promise<CommittedFile> {
  const { vault, checkout } = deps;
  const head = await target.head();
  const author = await target.author();
  const commit = await vault.commit({ tree: head, edits, parents: [head], message, author });
  const own = { name: target.branch(), tip: await target.tip() };
  const branch = (await checkout.canFollow(own.name, head, commit)) ? own : elsewhere;
  if (branch === null) return { kind: 'in-the-way' };
  const { name } = branch;
  await deps.emit({ type: 'follow.intent', data: { branch: name, from: head, to: commit } });
  if ((await checkout.moveBranch(name, branch.tip, commit)) === 'lost') return { kind: 'lost', branch: name };
  target.landedOn(name);
  const how = await checkout.follow(name, head, commit);
  await deps.emit({ type: 'follow.done', data: { branch: name, to: commit, how } });
  return { kind: 'committed', commit, branch: name };
}
