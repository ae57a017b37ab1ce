import { baselineOf, baselineRunsNeeded } from '../verify/baseline.ts';
import type { Baseline, Check, CheckResult } from '../verify/check.ts';
import type { RunDeps } from './deps.ts';
import { inVerifyTree, type Place } from './verify-tree.ts';

/** Runs the story's checks where nothing has been done yet: what is red now can tell done from not done. */
export async function measureBaseline(
  place: Omit<Place, 'where'>,
  checks: readonly Check[],
  deps: RunDeps,
): Promise<readonly Baseline[]> {
  const baselines = await inVerifyTree({ ...place, where: 'baseline' }, deps, async (run) => {
    const measured: Baseline[] = [];
    for (const check of checks) measured.push(baselineOf(check, await run(check, enough)));
    return measured;
  });
  await deps.emit({
    type: 'baseline.finished',
    data: {
      story: place.story,
      checks: baselines.map(({ check, kind, reason }) => ({ check: check.id, run: check.run, kind, reason })),
    },
  });
  return baselines;
}

function enough(results: readonly CheckResult[]): boolean {
  return baselineRunsNeeded(results) <= results.length;
}
