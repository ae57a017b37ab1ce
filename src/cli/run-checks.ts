import type { PrdDocument } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import { printable } from '../report/text.ts';
import type { Check, Checker, CheckResult, SandboxLevel } from '../verify/check.ts';
import { commandChecker } from '../verify/checker.ts';
import type { Oid, SetupResult, Tree } from '../workspace/workspace.ts';
import { asksOf } from './asks.ts';
import { requireConsent } from './consent.ts';
import type { Context } from './context.ts';
import type { Configured } from './open-configured.ts';
import { setupFor } from './open-setup.ts';

/** A check of a story with all its results on one commit, oldest first. */
export interface RanCheck {
  readonly story: Story;
  readonly check: Check;
  readonly results: readonly CheckResult[];
}

/** Where verify commands run at one commit, outside of a run. */
export interface CheckBench {
  readonly setup: SetupResult;
  readonly sandbox: SandboxLevel;
  /**
   * Runs the checks of these stories in a fresh clone of their own, each as often as `needed` says. Commands that ran for
   * other stories before are not run again. An abort ends it early, with what is known by then.
   */
  run(stories: readonly Story[], needed: (results: readonly CheckResult[]) => number): Promise<readonly RanCheck[]>;
}

export interface CheckBenchOrder extends Pick<Configured, 'open' | 'config'> {
  readonly document: PrdDocument;
  /** How the user repeats this with consent. */
  readonly command: string;
}

interface Bench {
  readonly open: () => Promise<Tree>;
  readonly checker: Checker;
  readonly known: Map<string, readonly CheckResult[]>;
  readonly stop: AbortSignal;
  readonly context: Context;
}

/**
 * Prepares the dependencies of a commit, so that the checks of this document can run. Rejects with `approval-needed` before
 * anything runs, and with `setup-failed`.
 */
export async function openCheckBench(
  { open, config, document, command }: CheckBenchOrder,
  commit: Oid,
  stop: AbortSignal,
  context: Context,
): Promise<CheckBench> {
  await open.vault.keep(commit);
  const onStart = (step: { command: string }): void => context.stderr.write(`setup: ${printable(step.command)}\n`);
  const installer = setupFor(open, config, context.env);
  const asks = asksOf(document, await installer.steps(commit));
  const { level, weaker } = await open.sandbox();
  if (weaker !== null && context.flags.quiet !== true)
    context.stderr.write(`sandbox: ${level}, ${printable(weaker)}\n`);
  await requireConsent({ asks, level, command }, open, context);
  const setup = await installer.prepare(commit, { onStart, signal: stop });
  const checker = commandChecker({ logDir: open.state.logs });
  const known = new Map<string, readonly CheckResult[]>();
  return {
    setup,
    sandbox: level,
    run: (stories, needed) =>
      withTree(
        () => open.trees.open(commit, 'verify', { setup }),
        (openTree) => runAll({ open: openTree, checker, known, stop, context }, stories, needed),
      ),
  };
}

/** Lends a clone that is made when it is first asked for and gone when `use` ends. */
async function withTree<T>(make: () => Promise<Tree>, use: (open: () => Promise<Tree>) => Promise<T>): Promise<T> {
  let made: Promise<Tree> | null = null;
  const open = (): Promise<Tree> => {
    made ??= make();
    return made;
  };
  try {
    return await use(open);
  } finally {
    // A clone that could not be made has nothing to remove; its error has been thrown above.
    await (made as Promise<Tree> | null)?.then((tree) => tree.remove()).catch(() => {});
  }
}

async function runAll(
  bench: Bench,
  stories: readonly Story[],
  needed: (results: readonly CheckResult[]) => number,
): Promise<readonly RanCheck[]> {
  const ran: RanCheck[] = [];
  for (const story of stories) {
    for (const check of storyChecks(story)) {
      if (bench.stop.aborted) return ran;
      ran.push({ story, check, results: await resultsOf(bench, story, check, needed) });
    }
  }
  return ran;
}

async function resultsOf(
  { open, checker, known, stop, context }: Bench,
  story: Story,
  check: Check,
  needed: (results: readonly CheckResult[]) => number,
): Promise<readonly CheckResult[]> {
  const before = known.get(check.id);
  if (before !== undefined) return before;
  if (context.flags.quiet !== true) context.stderr.write(`${printable(story.id)}: ${printable(check.run)}\n`);
  const tree = await open();
  const results: CheckResult[] = [];
  while (needed(results) > results.length && !stop.aborted) {
    results.push(await checker.run(tree, check, { signal: stop }));
  }
  known.set(check.id, results);
  return results;
}
