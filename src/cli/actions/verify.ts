import { nearest } from '../../prd/nearest.ts';
import type { Story } from '../../prd/prd.ts';
import { storyChecks } from '../../prd/story-checks.ts';
import { PrdError } from '../../problem.ts';
import { span } from '../../report/figures.ts';
import { align, printable } from '../../report/text.ts';
import { baselineOf, baselineRunsNeeded } from '../../verify/baseline.ts';
import type { Baseline, CheckResult } from '../../verify/check.ts';
import type { VerifyOptions } from '../commands/verify.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type Prepared, prepareRun } from '../prepare-run.ts';
import { openCheckBench } from '../run-checks.ts';
import { refuse } from '../show-failure.ts';
import { watchSignals } from '../signals.ts';

/** What a check said on the branch as it is now. */
interface Verified {
  readonly story: Story;
  readonly baseline: Baseline;
  readonly last: CheckResult;
}

/** Runs verify commands on a fresh clone of the target branch: what is green guards, what is red can prove. No model. */
export async function runVerify(options: VerifyOptions, context: Context): Promise<ExitCode> {
  const { file = null } = options;
  const preparation = await prepareRun({ ids: [], file, branch: null, override: {}, run: 'verify' }, context);
  if (preparation.kind === 'refused') return refuse(preparation.problems, context);
  const { prepared } = preparation;
  const stories = chosen(prepared, options.ids);
  const signals = watchSignals(context, () => prepared.open.commands.endAll());
  try {
    const verified = await verifyAll(prepared, stories, signals.stop, context);
    context.stdout.write(
      context.json ? `${JSON.stringify(verifyDocument(verified), null, 2)}\n` : table(verified, stories),
    );
    return signals.exit() ?? exitOf(verified);
  } finally {
    signals.close();
    await prepared.open.close();
  }
}

function chosen({ prd }: Prepared, ids: readonly string[]): readonly Story[] {
  const known = prd.stories.map((story) => story.id);
  const [unknown] = ids.filter((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new PrdError({ code: 'unknown-story', story: unknown, near: nearest(unknown, known), known: known.length });
  }
  return ids.length === 0 ? prd.stories : prd.stories.filter((story) => ids.includes(story.id));
}

async function verifyAll(
  prepared: Prepared,
  stories: readonly Story[],
  stop: AbortSignal,
  context: Context,
): Promise<readonly Verified[]> {
  const bench = await openCheckBench({ ...prepared, command: 'prd verify --trust' }, prepared.base, stop, context);
  const ran = await bench.run(stories, baselineRunsNeeded);
  return ran.flatMap(({ story, check, results }) => {
    const last = results.at(-1);
    return last === undefined ? [] : [{ story, baseline: baselineOf(check, results), last }];
  });
}

/** A story that passes must be green; of the others only a check that cannot judge is a no. */
function exitOf(verified: readonly Verified[]): ExitCode {
  const wrong = ({ story, baseline: { kind } }: Verified): boolean =>
    story.passes ? kind !== 'guard' : kind === 'invalid' || kind === 'flaky';
  return verified.some(wrong) ? 1 : 0;
}

const worth = {
  proof: 'red: can prove the work',
  guard: 'green',
  absent: 'absent: needs what the story will create',
  invalid: 'invalid',
  flaky: 'flaky: differs in two runs',
} as const;

function table(verified: readonly Verified[], stories: readonly Story[]): string {
  const rows = verified.map(({ story, baseline, last }) => [
    printable(story.id),
    story.passes ? 'passes' : 'open',
    baseline.kind === 'invalid' ? `invalid: ${baseline.reason}` : worth[baseline.kind],
    span(last.durationMs),
    printable(baseline.check.run),
  ]);
  const none = stories.filter((story) => storyChecks(story).length === 0).map((story) => printable(story.id));
  const without = none.length === 0 ? [] : [`no verify command: ${none.join(', ')}`];
  return [...align(rows), ...without].map((line) => `${line}\n`).join('');
}

function verifyDocument(verified: readonly Verified[]): object {
  const checks = verified.map(({ story, baseline, last }) => ({
    story: story.id,
    passes: story.passes,
    run: baseline.check.run,
    kind: baseline.kind,
    reason: baseline.reason,
    exitCode: baseline.exitCode,
    executed: baseline.counts?.executed ?? null,
    durationMs: Math.round(last.durationMs),
    log: last.log,
  }));
  return { version: 1, checks };
}
