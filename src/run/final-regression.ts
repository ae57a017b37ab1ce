import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Check, CheckResult } from '../verify/check.ts';
import { sayResult } from '../verify/verdict-words.ts';
import type { Oid, SetupResult } from '../workspace/workspace.ts';
import type { StoryOutcome } from './deps.ts';
import type { SharedRun } from './story-run.ts';
import { type Broken, takeBack } from './take-back.ts';
import { inVerifyTree } from './verify-tree.ts';

/** What the checks of passing stories are asked on. */
interface History {
  readonly shared: SharedRun;
  /** Stories that landed in this run with the commits that they left on the branch, oldest first. */
  readonly landed: readonly { readonly story: string; readonly commit: Oid }[];
  /** Where the run began. */
  readonly start: Oid;
  /** A commit, made ready once for all that ask. */
  readonly at: (commit: Oid) => Promise<{ readonly code: string; readonly setup: SetupResult }>;
}

/**
 * At the end of a run: every story that passes must still be green on what the run leaves behind. One whose check says no
 * again and again goes back to false, with who broke it. Resolves with the ids of those; what could not be judged is a warning.
 */
export async function finalRegression(
  shared: SharedRun,
  outcomes: readonly StoryOutcome[],
  start: Oid,
): Promise<readonly string[]> {
  const stories = passing(shared);
  if (stories.length === 0) return [];
  const landed = outcomes.flatMap(({ story, commit }) => (commit === null ? [] : [{ story, commit }]));
  const broken = await brokenStories(stories, { shared, landed, start, at: openOnce(shared) });
  for (const one of broken) await takeBack(one, shared);
  return broken.map(({ story }) => story.id);
}

function passing({ request, passed }: SharedRun): readonly Story[] {
  return request.prd.stories.filter((story) => story.passes || passed.has(story.id));
}

function openOnce({ deps }: SharedRun): History['at'] {
  const known = new Map<Oid, ReturnType<History['at']>>();
  const open = async (commit: Oid) => ({
    code: await deps.codeOf(commit),
    setup: await deps.setup.prepare(commit, { signal: deps.stop }),
  });
  return (commit) => {
    const found = known.get(commit) ?? open(commit);
    known.set(commit, found);
    return found;
  };
}

async function brokenStories(stories: readonly Story[], history: History): Promise<readonly Broken[]> {
  const { deps, target } = history.shared;
  const head = await target.head();
  const { count } = history.shared.deps.verifying;
  const shares = Array.from({ length: count }, (_, share) => stories.filter((_story, at) => at % count === share));
  await Promise.all(shares.map((share) => askOnce(share, head, history)));
  const broken: Broken[] = [];
  for (const story of stories) {
    const red = await redResult(story, head, history);
    if (red === null) continue;
    if (red.outcome === 'invalid') {
      const message = `nobody knows whether ${story.id} still holds: ${sayResult(red)}`;
      await deps.emit({ type: 'warning', data: { code: 'not-judged', message, story: story.id } });
    } else {
      broken.push({ story, result: red, by: await breakerOf(story, red.check, history) });
    }
  }
  return broken;
}

/** One clone for each place at work: what is green there needs none of its own, and what says no there is asked alone once more. */
async function askOnce(stories: readonly Story[], commit: Oid, { shared: { deps }, at }: History): Promise<void> {
  const [first] = stories;
  if (first === undefined) return;
  const { setup } = await at(commit);
  await inVerifyTree({ story: first.id, where: 'regression', commit, setup }, deps, async (run) => {
    for (const story of stories) {
      for (const check of storyChecks(story)) await run(check, isClear, story.id);
    }
  });
}

function isClear(results: readonly CheckResult[]): boolean {
  return results.length >= 2 || results.some(isGreen);
}

/** The first check that is not green: it has said so twice beside others and once alone. */
async function redResult(story: Story, commit: Oid, history: History): Promise<CheckResult | null> {
  for (const check of storyChecks(story)) {
    const results = await resultsAt(story, check, commit, 3, history);
    if (results.every(({ outcome }) => outcome !== 'green')) return results.at(-1) ?? null;
  }
  return null;
}

/** A green result is enough; anything else is asked `most` times. */
async function resultsAt(
  story: Story,
  check: Check,
  commit: Oid,
  most: number,
  { shared: { deps }, at }: History,
): Promise<readonly CheckResult[]> {
  const { code, setup } = await at(commit);
  const known = deps.results.get({ check: check.id, code, setup: setup.digest, sandbox: deps.sandbox });
  if (known.some(isGreen)) return known;
  return inVerifyTree({ story: story.id, where: 'regression', commit, setup }, deps, (run) =>
    run(check, (results) => results.length >= most || results.some(isGreen)),
  );
}

function isGreen({ outcome }: CheckResult): boolean {
  return outcome === 'green';
}

/**
 * The story of this run with whose landing the check stopped being green; null when no landing of this run did it. Halves
 * the landings until one is left: between two known points a check turns once.
 */
async function breakerOf(story: Story, check: Check, history: History): Promise<string | null> {
  const { landed, start } = history;
  const greenAt = async (commit: Oid): Promise<boolean> =>
    (await resultsAt(story, check, commit, 1, history)).some(isGreen);
  let good = landed.findIndex((one) => one.story === story.id);
  let bad = landed.length - 1;
  const last = landed[bad];
  if (last === undefined || (await greenAt(last.commit))) return null;
  if (good < 0 && !(await greenAt(start))) return null;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await greenAt(landed[middle]?.commit ?? start)) good = middle;
    else bad = middle;
  }
  return bad > good ? (landed[bad]?.story ?? null) : null;
}
