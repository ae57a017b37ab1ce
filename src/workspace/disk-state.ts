import { createHash } from 'node:crypto';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Git, gitOk } from './git.ts';
import type { Change } from './workspace.ts';
import type { Worktree } from './worktrees.ts';

/** What a checkout holds for a changed path: one of its two versions, nothing, or something else. */
export type DiskState = 'old' | 'new' | 'missing' | 'other';

/** Compares files of a checkout with both versions of a change, through the user's own filters. */
export async function readDiskStates(
  git: Git,
  worktree: Worktree,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, DiskState>> {
  const seen = await Promise.all(changes.map(async (change) => ({ change, ...(await look(worktree.root, change)) })));
  const files = seen.filter(({ kind }) => kind === 'file');
  const hashes = await hashFiles(
    git,
    worktree,
    files.map(({ change }) => change.path),
  );
  const blobs = new Map(files.map(({ change }, place) => [change.path, hashes[place] ?? '']));
  return new Map(
    seen.map(({ change, kind, mode, link }) => {
      if (kind === 'missing') return [change.path, 'missing'];
      return [change.path, stateOf(change, mode, link ?? blobs.get(change.path) ?? '')];
    }),
  );
}

async function look(root: string, { path, newBlob, oldBlob }: Change) {
  const file = join(root, path);
  const facts = await lstat(file).catch(() => null);
  if (facts === null) return { kind: 'missing', mode: '', link: null };
  if (facts.isSymbolicLink()) {
    const length = (newBlob ?? oldBlob ?? '').length;
    return { kind: 'link', mode: '120000', link: blobId(await readlink(file, 'buffer'), length) };
  }
  // A line of input is a path, so a path with a line end cannot be asked about.
  if (!facts.isFile() || path.includes('\n')) return { kind: 'other', mode: '', link: null };
  return { kind: 'file', mode: (facts.mode & 0o100) === 0 ? '100644' : '100755', link: null };
}

function stateOf(change: Change, mode: string, blob: string): DiskState {
  if (mode === change.newMode && blob === change.newBlob) return 'new';
  return mode === change.oldMode && blob === change.oldBlob ? 'old' : 'other';
}

async function hashFiles(git: Git, { root, gitDir }: Worktree, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const output = await gitOk(git, {
    gitDir,
    workTree: root,
    config: 'user',
    args: ['hash-object', '--stdin-paths'],
    input: paths.map((path) => `${path}\n`).join(''),
  });
  return output.toString('utf8').trim().split('\n');
}

/** The id that git gives to these bytes. */
function blobId(bytes: Buffer, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
