import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../host/clock.ts';
import { remove } from '../../host/remove.ts';
import { acquireLock } from '../../journal/lock.ts';
import { count } from '../../report/figures.ts';
import { attemptRefs } from '../../run/attempt-ref.ts';
import { keepPrefix } from '../../workspace/keep.ts';
import type { GcOptions } from '../commands/gc.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type OpenRepository, openRepository } from '../open-repository.ts';

const defaultDays = 30;
const dayMs = 24 * 60 * 60 * 1_000;

/** One thing that may go, and how. */
interface Old {
  readonly kind: 'journal' | 'attempt' | 'setup' | 'log' | 'answer';
  readonly remove: () => Promise<void>;
}

/** Removes what is old of this repository's state and cache. Holds the lock, so that no run loses what it uses. */
export async function runGc(options: GcOptions, context: Context): Promise<ExitCode> {
  const open = await openRepository(context, { never: [] });
  const lock = await acquireLock(open.state.lock, systemClock);
  try {
    const before = systemClock.now().getTime() - (options.days ?? defaultDays) * dayMs;
    const old = [
      ...(await oldFiles(open.state.runs, before, 'journal')),
      ...(await oldFiles(open.state.logs, before, 'log')),
      ...(await oldFiles(open.state.texts, before, 'answer')),
      ...(await oldFiles(join(open.state.cache, 'setup'), before, 'setup')),
      ...(await oldAttempts(open, before)),
    ];
    if (options.dryRun !== true) {
      for (const one of old) await one.remove();
      await dropKeeps(open);
      await open.trees.sweep();
    }
    context.stdout.write(`${options.dryRun === true ? 'would remove' : 'removed'} ${words(old)}\n`);
    return 0;
  } finally {
    await lock.release();
  }
}

async function oldFiles(folder: string, before: number, kind: Old['kind']): Promise<readonly Old[]> {
  const names = await readdir(folder).catch(() => []);
  const old: Old[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs, isFile } = await stat(path).then((found) => ({ mtimeMs: found.mtimeMs, isFile: found.isFile() }));
    if (mtimeMs < before) old.push({ kind, remove: () => (isFile ? rm(path) : remove(path)) });
  }
  return old;
}

/** Attempts whose commit is older; git's own date tells, since a ref has none. */
async function oldAttempts({ vault, git }: OpenRepository, before: number): Promise<readonly Old[]> {
  const old: Old[] = [];
  for (const [ref, commit] of await vault.refs(attemptRefs)) {
    const said = await git.run({ gitDir: vault.dir, args: ['show', '-s', '--format=%ct', commit] });
    const made = Number(said.stdout.toString('utf8').trim()) * 1_000;
    if (made < before) old.push({ kind: 'attempt', remove: () => vault.setRef(ref, null) });
  }
  return old;
}

/** A base is pinned in the user's repository only while an attempt on it is kept. */
async function dropKeeps({ vault, git, repository }: OpenRepository): Promise<void> {
  const needed = new Set<string>();
  for (const commit of (await vault.refs(attemptRefs)).values()) {
    const parents = await git.run({ gitDir: vault.dir, args: ['show', '-s', '--format=%P', commit] });
    for (const parent of parents.stdout.toString('utf8').trim().split(' ')) needed.add(parent);
  }
  const { commonDir: gitDir } = repository;
  const kept = await git.run({ gitDir, args: ['for-each-ref', '--format=%(refname)', keepPrefix] });
  const refs = kept.stdout
    .toString('utf8')
    .split('\n')
    .filter((ref) => ref.startsWith(keepPrefix));
  for (const ref of refs) {
    if (!needed.has(ref.slice(keepPrefix.length))) await git.run({ gitDir, args: ['update-ref', '-d', ref] });
  }
}

function words(old: readonly Old[]): string {
  const kinds = ['journal', 'attempt', 'setup', 'log'] as const;
  return kinds.map((kind) => count(old.filter((one) => one.kind === kind).length, kind)).join(', ');
}
