import { crashPoint } from '../host/crash-point.ts';
import type { Check, CheckResult } from '../verify/check.ts';
import type { Oid, SetupResult, Tree } from '../workspace/workspace.ts';
import type { RunDeps } from './deps.ts';
import type { EventData } from './events.ts';

/** A commit whose checks are asked for, with what is needed to run them there. */
export interface Place {
  readonly story: string;
  readonly where: EventData<'check.started'>['where'];
  readonly commit: Oid;
  readonly setup: SetupResult | null;
}

/** Runs a check until `enough` says so: all its results on these files, oldest first. `story`: whose it is, if not the place's. */
export type RunCheck = (
  check: Check,
  enough: (results: readonly CheckResult[]) => boolean,
  story?: string,
) => Promise<readonly CheckResult[]>;

/**
 * Lends a way to run checks on a fresh clone of the commit. The clone is made when the first check has to run, is used for
 * this place alone, and goes when `use` ends. What is already known of the same files is not run again.
 */
export async function inVerifyTree<T>(place: Place, deps: RunDeps, use: (run: RunCheck) => Promise<T>): Promise<T> {
  const code = await deps.codeOf(place.commit);
  let opened: Promise<Opened> | null = null;
  const open = async (): Promise<Tree> => {
    opened ??= openTree(place, deps);
    return (await opened).tree;
  };
  try {
    return await use((check, enough, story = place.story) =>
      runCheck({ place: { ...place, story }, deps, code, open }, check, enough),
    );
  } finally {
    // A clone that could not be made has nothing to remove; its error has been thrown above.
    const made = await (opened as Promise<Opened> | null)?.catch(() => null);
    made?.leave();
    // Not waited for: the next step needs nothing of it, and `trees.close` comes last.
    made?.tree.remove().catch(() => {});
  }
}

interface Opened {
  readonly tree: Tree;
  /** Gives back the place at work. */
  readonly leave: () => void;
}

/** What is about to land goes first: everybody else waits for the branch. */
async function openTree({ story, where, commit, setup }: Place, deps: RunDeps): Promise<Opened> {
  const leave = await deps.verifying.enter(where === 'candidate');
  try {
    return { tree: await deps.trees.open(commit, `${where}-${story}`, { setup }), leave };
  } catch (error) {
    leave();
    throw error;
  }
}

interface Bench {
  readonly place: Place;
  readonly deps: RunDeps;
  readonly code: string;
  readonly open: () => Promise<Tree>;
}

async function runCheck(
  { place, deps, code, open }: Bench,
  check: Check,
  enough: (results: readonly CheckResult[]) => boolean,
): Promise<readonly CheckResult[]> {
  const key = { check: check.id, code, setup: place.setup?.digest ?? '', sandbox: deps.sandbox };
  const known = deps.results.get(key);
  const last = known.at(-1);
  if (last !== undefined) await emitResult(place, deps, { ...last, cached: true });
  const results = [...known];
  while (!enough(results)) {
    deps.stop.throwIfAborted();
    await deps.emit({
      type: 'check.started',
      data: { story: place.story, check: check.id, run: check.run, where: place.where },
    });
    const clone = await open();
    crashPoint('land.after-clone');
    const result = await deps.checker.run(clone, check, { signal: deps.stop });
    // What ended because we end says nothing about the work.
    if (result.outcome !== 'green') deps.stop.throwIfAborted();
    if (result.reason !== 'cancelled') deps.results.add(key, result);
    await emitResult(place, deps, result);
    results.push(result);
  }
  return results;
}

async function emitResult(place: Place, deps: RunDeps, result: CheckResult): Promise<void> {
  const { check, outcome, reason, exitCode, durationMs, counts, cached, log } = result;
  const executed = counts?.executed ?? null;
  const { story, where } = place;
  const data = {
    story,
    where,
    check: check.id,
    run: check.run,
    outcome,
    reason,
    exitCode,
    durationMs,
    executed,
    cached,
    log,
  };
  await deps.emit({ type: 'check.finished', data });
}
