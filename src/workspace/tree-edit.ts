import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PrdError } from '../problem.ts';
import { knowBlob } from './blob-reader.ts';
import { type GitCall, gitProblem, gitText } from './git.ts';
import { ourselves } from './git-pins.ts';
import { blobsAt, knowTree, type TreeEntry, treeOf } from './objects.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { CommitOrder, Identity, Oid, TreeEdit } from './workspace.ts';

/** Writes a commit object; author and committer are the same person. */
export async function commitTree(vault: VaultFolder, commit: CommitOrder): Promise<Oid> {
  const { edits = [], author } = commit;
  if (edits.length > 0) return commitEdits(vault, commit, edits);
  const tree = await treeOf(vault, commit.tree);
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  const made = await gitText(vault.git, {
    gitDir: vault.dir,
    args: ['commit-tree', ...parents, '-F', '-', '--end-of-options', tree],
    input: commit.message,
    identity: author ?? ourselves,
  });
  knowTree(vault, made, tree);
  return made;
}

/** One process for blobs, trees and commit, where an index would take six. */
async function commitEdits(vault: VaultFolder, commit: CommitOrder, edits: readonly TreeEdit[]): Promise<Oid> {
  const texts = edits.filter((edit) => edit.kind === 'text').map(({ path }) => path);
  const [tree, before] = await Promise.all([treeOf(vault, commit.tree), blobsAt(vault, commit.tree, texts)]);
  const call = {
    gitDir: vault.dir,
    args: ['fast-import', '--quiet', '--force', '--date-format=now'],
    input: importStream({ ...commit, tree }, edits, before),
  };
  const [made = '', root = ''] = (await importText(vault, call)).split('\n');
  const madeTree = /^040000 tree ([0-9a-f]+)\t/.exec(root)?.[1];
  if (madeTree !== undefined) knowTree(vault, made, madeTree);
  for (const edit of edits) if (edit.kind === 'text') rememberText(vault, made, edit.text);
  return made;
}

/** As `gitText`. A failed import leaves a report beside the repository, which says what the error says. */
async function importText(vault: VaultFolder, call: GitCall): Promise<string> {
  const result = await vault.git.run(call);
  if (result.exitCode === 0) return result.stdout.toString('utf8');
  const reports = (await readdir(vault.dir)).filter((name) => name.startsWith('fast_import_crash_'));
  await Promise.all(reports.map((name) => rm(join(vault.dir, name), { force: true })));
  throw new PrdError(gitProblem(call, result));
}

// The import needs a ref to commit to; it is taken back before any is written. Deletions come first: a file may take the
// place of a folder, and the other way round.
function importStream(
  { tree, parents, message, author }: CommitOrder,
  edits: readonly TreeEdit[],
  before: ReadonlyMap<string, TreeEntry>,
): string {
  const ref = `refs/prd/made/${randomUUID()}`;
  const text = message.endsWith('\n') ? message : `${message}\n`;
  const [first, ...others] = parents;
  const isGone = (edit: TreeEdit): boolean => edit.kind === 'delete';
  const ordered = [...edits.filter(isGone), ...edits.filter((edit) => !isGone(edit))];
  return [
    'feature done\n',
    `commit ${ref}\nmark :1\ncommitter ${identLine(author ?? ourselves)} now\n${data(text)}`,
    first === undefined ? '' : `from ${first}\n`,
    ...others.map((parent) => `merge ${parent}\n`),
    `M 040000 ${tree} ""\n`,
    ...ordered.map((edit) => editLine(edit, before.get(edit.path))),
    `\nget-mark :1\nls :1 ""\nreset ${ref}\nfrom ${'0'.repeat(tree.length)}\n\ndone\n`,
  ].join('');
}

/** A text keeps the mode of the file it replaces. */
function editLine(edit: TreeEdit, before: TreeEntry | undefined): string {
  const path = quoted(edit.path);
  switch (edit.kind) {
    case 'delete':
      return `D ${path}\n`;
    case 'blob':
      return `M ${edit.mode} ${edit.blob} ${path}\n`;
    case 'text':
      return `M ${before?.mode.startsWith('100') ? before.mode : '100644'} inline ${path}\n${data(edit.text)}`;
    default:
      return edit satisfies never;
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** What git itself leaves out of names. */
function identLine({ name, email }: Identity): string {
  const plain = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
  return `${plain(name)} <${plain(email)}>`;
}

/** It is read again at the next step; its id says whether it has changed. */
function rememberText(vault: VaultFolder, commit: Oid, text: string): void {
  const bytes = Buffer.from(text);
  const hash = createHash(commit.length === 64 ? 'sha256' : 'sha1');
  knowBlob(vault, hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex'), bytes);
}
