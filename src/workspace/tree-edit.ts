import { gitOk, gitText } from './git.ts';
import { withIndex } from './index-file.ts';
import { blobsAt, knowTree, type TreeEntry } from './objects.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid, TreeEdit, Vault } from './workspace.ts';

/** A tree like `from`'s with the edits applied. A text keeps the mode of the file it replaces. */
export async function editTree(vault: VaultFolder, from: Oid, edits: readonly TreeEdit[]): Promise<Oid> {
  return withIndex(vault.dir, async (indexFile) => {
    const call = { gitDir: vault.dir, indexFile };
    const [lines] = await Promise.all([
      indexLines(vault, from, edits),
      gitOk(vault.git, { ...call, args: ['read-tree', '--end-of-options', from] }),
    ]);
    // In this form a file may take the place of a folder, and the other way round.
    await gitOk(vault.git, { ...call, args: ['update-index', '-z', '--index-info'], input: lines.join('') });
    return gitText(vault.git, { ...call, args: ['write-tree'] });
  });
}

/** Writes a commit object; author and committer are the same person. */
export async function commitTree(vault: VaultFolder, commit: Parameters<Vault['commit']>[0]): Promise<Oid> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  const made = await gitText(vault.git, {
    gitDir: vault.dir,
    args: ['commit-tree', ...parents, '-F', '-', '--end-of-options', commit.tree],
    input: commit.message,
    ...(commit.author === undefined ? {} : { identity: commit.author }),
  });
  knowTree(vault, made, commit.tree);
  return made;
}

async function indexLines(vault: VaultFolder, from: Oid, edits: readonly TreeEdit[]): Promise<string[]> {
  const texts = edits.filter((edit) => edit.kind === 'text').map((edit) => edit.path);
  const [before, ...blobs] = await Promise.all([
    blobsAt(vault, from, texts),
    ...edits.map((edit) => (edit.kind === 'text' ? writeBlob(vault, edit.text) : null)),
  ]);
  return edits.map((edit, place) => {
    const mode = modeOf(edit, before.get(edit.path));
    const blob = edit.kind === 'blob' ? edit.blob : (blobs[place] ?? '0'.repeat(from.length));
    return `${mode} ${blob}\t${edit.path}\0`;
  });
}

function modeOf(edit: TreeEdit, before: TreeEntry | undefined): string {
  switch (edit.kind) {
    case 'delete':
      return '0';
    case 'blob':
      return edit.mode;
    case 'text':
      return before?.mode.startsWith('100') ? before.mode : '100644';
    default:
      return edit satisfies never;
  }
}

async function writeBlob(vault: VaultFolder, text: string): Promise<Oid> {
  return gitText(vault.git, { gitDir: vault.dir, args: ['hash-object', '-w', '--stdin'], input: text });
}
