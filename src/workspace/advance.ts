import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { readDiskStates } from './disk-state.ts';
import { exists } from './exists.ts';
import { type Git, gitOk } from './git.ts';
import { parentOf, selfAndAbove } from './listing.ts';
import type { Change, Oid } from './workspace.ts';
import type { Worktree } from './worktrees.ts';

/** One fast-forward of one checkout, on an index file of our own. */
export interface Advance {
  readonly git: Git;
  readonly worktree: Worktree;
  readonly indexFile: string;
  readonly from: Oid;
  readonly to: Oid;
  /** What differs between the two. */
  readonly changes: readonly Change[];
  /** Where objects are that the user's repository may not have yet. */
  readonly objects: string;
  /** `ask` changes no file. */
  readonly how: 'ask' | 'move';
}

/**
 * Two-tree `read-tree -m -u`: moves index and files if no edit is lost, else changes nothing and says no. Files that
 * already are what they shall become are no obstacle, tracked or not.
 */
export async function advance(step: Advance): Promise<boolean> {
  const inTheWay = await untrackedInTheWay(step);
  if (inTheWay.length === 0 && (await readTree(step))) return true;
  await refresh(step);
  const states = await readDiskStates(step.git, step.worktree, step.changes);
  const adopted = new Set(await adopt(step, (path) => states.get(path) === 'new'));
  return inTheWay.every((path) => adopted.has(path)) && (await readTree(step));
}

/**
 * Notes for paths that they already are at `to`, so that `read-tree` leaves their files alone. Paths for which somebody
 * staged something else are never noted. Returns the noted ones.
 */
export async function adopt(step: Advance, which: (path: string) => boolean): Promise<readonly string[]> {
  const foreign = await stagedByOthers(step);
  const adopted = step.changes.filter(({ path }) => which(path) && !foreign.has(path));
  if (adopted.length > 0) await stageNew(step, adopted);
  return adopted.map(({ path }) => path);
}

/** Changed paths whose index entry is neither the old nor the new one: the user staged something there. */
export async function stagedByOthers(step: Advance): Promise<ReadonlySet<string>> {
  const index = await readIndex(step);
  const foreign = step.changes.filter(({ path, oldMode, oldBlob, newMode, newBlob }) => {
    const known = [entryOf(oldMode, oldBlob), entryOf(newMode, newBlob)];
    return !known.includes(index.get(path) ?? '');
  });
  return new Set(foreign.map(({ path }) => path));
}

// `read-tree` takes the place of files that are ignored, as every checkout does. A run must not.
async function untrackedInTheWay({ worktree, changes }: Advance): Promise<string[]> {
  const leaving = new Set(changes.filter(({ status }) => status === 'deleted').map(({ path }) => path));
  const blocked = async (path: string) => {
    if (await exists(join(worktree.root, path))) return true;
    for (const folder of selfAndAbove(parentOf(path))) {
      const facts = await lstat(join(worktree.root, folder)).catch(() => null);
      if (facts !== null) return !facts.isDirectory() && !leaving.has(folder);
    }
    return false;
  };
  const added = changes.filter(({ status }) => status === 'added').map(({ path }) => path);
  const answers = await Promise.all(added.map(blocked));
  return added.filter((_, place) => answers[place]);
}

async function readTree(step: Advance): Promise<boolean> {
  const dry = step.how === 'ask' ? ['-n'] : [];
  const args = ['read-tree', ...dry, '-m', '-u', '--end-of-options', step.from, step.to];
  return (await step.git.run({ ...callOf(step), args })).exitCode === 0;
}

/** Touched files with the same content must not look like edits. */
async function refresh(step: Advance): Promise<void> {
  await step.git.run({ ...callOf(step), args: ['update-index', '-q', '--refresh'] });
}

/** `<mode> <id>` of every path in the index; a path in conflict has none that matches. */
async function readIndex(step: Advance): Promise<ReadonlyMap<string, string>> {
  const listing = await gitOk(step.git, { ...callOf(step), args: ['ls-files', '-z', '--stage'] });
  const entries = listing.toString('utf8').split('\0').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const tab = entry.indexOf('\t');
      return [entry.slice(tab + 1), entry.slice(0, tab).replace(/ 0$/, '')] as const;
    }),
  );
}

function entryOf(mode: string, blob: Oid | null): string {
  return blob === null ? '' : `${mode} ${blob}`;
}

async function stageNew(step: Advance, changes: readonly Change[]): Promise<void> {
  const lines = changes.map(({ path, newMode, newBlob }) => {
    return newBlob === null ? `0 ${'0'.repeat(step.to.length)}\t${path}\0` : `${newMode} ${newBlob}\t${path}\0`;
  });
  await gitOk(step.git, { ...callOf(step), args: ['update-index', '-z', '--index-info'], input: lines.join('') });
}

function callOf({ worktree, indexFile, objects }: Advance) {
  return {
    gitDir: worktree.gitDir,
    workTree: worktree.root,
    indexFile,
    objects,
    config: 'user',
    set: ['core.fsync=committed,index,reference'],
  } as const;
}
