import type { NotGreen } from '../land/gate.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';
import type { Problem } from '../problem.ts';
import { baselineRunsNeeded } from '../verify/baseline.ts';
import { sayResult } from '../verify/verdict-words.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { openConfigured } from './open-configured.ts';
import { openCheckBench, type RanCheck } from './run-checks.ts';
import { watchSignals } from './signals.ts';

export type Reverified =
  | { readonly kind: 'ran'; readonly notGreen: readonly NotGreen[]; readonly stories: ReadonlySet<string> }
  /** Ended by a signal: nobody knows about the rest. */
  | { readonly kind: 'stopped'; readonly exit: ExitCode }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Runs the checks of stories again at a commit, each story in a fresh clone of its own, and trusts nothing that is written.
 * Rejects with `privileged-fork` where commands of a fork would see secrets, with `approval-needed`, and with `setup-failed`.
 */
export async function reverify(
  document: PrdDocument,
  stories: readonly Story[],
  commit: Oid,
  context: Context,
): Promise<Reverified> {
  const opening = await openConfigured(context, {});
  if (opening.kind === 'refused') return opening;
  const { open } = opening.configured;
  const signals = watchSignals(context, () => open.commands.endAll());
  try {
    const bench = await openCheckBench(
      { ...opening.configured, document, command: 'prd check --reverify --trust' },
      commit,
      signals.stop,
      context,
    );
    const ran: RanCheck[] = [];
    for (const story of stories) ran.push(...(await bench.run([story], baselineRunsNeeded)));
    const exit = signals.exit();
    if (exit !== null) return { kind: 'stopped', exit };
    return { kind: 'ran', notGreen: ran.flatMap(notGreen), stories: new Set(ran.map(({ story }) => story.id)) };
  } finally {
    signals.close();
    await open.close();
  }
}

function notGreen({ story, check, results }: RanCheck): readonly NotGreen[] {
  const bad = results.find(({ outcome }) => outcome !== 'green');
  return bad === undefined ? [] : [{ story: story.id, run: check.run, why: sayResult(bad) }];
}
