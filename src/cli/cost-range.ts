import type { ModelRoster } from '../models/catalog.ts';
import { costOf } from '../models/cost.ts';
import type { ModelEntry } from '../models/model.ts';
import type { Limits } from '../plan/limits.ts';
import type { PlannedStory } from '../plan/plan.ts';
import { count, usd } from '../report/figures.ts';
import type { ReviewMode } from '../review/when.ts';
import type { ReadinessOf } from '../run/deps.ts';
import type { JournalRecord } from '../run/events.ts';
import type { RefineMode } from '../spec/dispatch.ts';
import { refineWanted } from '../spec/dispatch.ts';
import {
  assumedAttempt,
  assumedCounts,
  attemptUsd,
  extraDelegateTurns,
  ratesOf,
  reviewPays,
  type SplitFigures,
  soloUsd,
  splitFigures,
  splitUsd,
} from '../spec/economics.ts';
import { type ObservedTokens, observedTokens } from '../spec/observed-tokens.ts';

export interface RangeFacts {
  readonly stories: readonly PlannedStory[];
  readonly roster: ModelRoster;
  readonly limits: Limits;
  readonly refine: RefineMode;
  readonly review: ReviewMode;
  readonly readiness: ReadinessOf;
  /** Records of earlier runs in this repository: what stories took here. */
  readonly past: readonly JournalRecord[];
}

/** USD, from every story passing at once to every story climbing the whole ladder. */
interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** What the ready stories will cost, in two lines: the range, and what it stands on. Nothing is asked for it. */
export function costRange(facts: RangeFacts): readonly string[] {
  const observed = observedTokens(facts.past.flatMap((one) => (one.type === 'request.settled' ? [one.data] : [])));
  const ready = facts.stories.filter(({ state }) => state.kind === 'ready');
  if (ready.length === 0) return [];
  const ranges = ready.map((planned) => rangeOf(planned, observed, facts));
  const unknown = ready.filter((_, index) => ranges[index] === null).map(({ model }) => model);
  if (unknown.length > 0) {
    const names = [...new Set(unknown)].join(', ');
    return [
      `cost: unknown, ${count(unknown.length, 'story', 'stories')} without a price for ${names} or the orchestrator`,
    ];
  }
  const sum = (of: keyof Range): number => ranges.reduce((all, range) => all + (range?.[of] ?? 0), 0);
  const high = capped(sum('high'), facts.limits);
  return [
    `cost: about ${usd(Math.min(sum('expected'), high))}, from ${usd(Math.min(sum('low'), high))} if each passes at once to ${usd(high)} if each climbs the whole ladder`,
    `basis: ${basisWords(observed)}`,
  ];
}

function rangeOf(planned: PlannedStory, observed: ObservedTokens, facts: RangeFacts): Range | null {
  const orchestrator = facts.roster.entry('orchestrator');
  const model = facts.roster.entry(planned.model);
  if (orchestrator === null || model === null) return null;
  return planned.role === 'orchestrator'
    ? ownRange(orchestrator, observed, facts.limits)
    : delegatedRange(planned, { orchestrator, delegate: model }, observed, facts);
}

function ownRange(orchestrator: ModelEntry, observed: ObservedTokens, { orchestratorAttempts }: Limits): Range | null {
  const rates = ratesOf(orchestrator);
  if (rates === null) return null;
  const seen = observed.orchestrator === null ? null : costOf(orchestrator, observed.orchestrator);
  const once = seen ?? attemptUsd(rates);
  return { low: once, expected: once * assumedCounts.soloAttempts, high: once * orchestratorAttempts.own };
}

function delegatedRange(
  { story, role }: PlannedStory,
  models: { readonly orchestrator: ModelEntry; readonly delegate: ModelEntry },
  observed: ObservedTokens,
  { refine, review, readiness, limits }: RangeFacts,
): Range | null {
  const figures = splitFigures(models, observed);
  if (figures === null) return null;
  const wanted = refineWanted({ mode: refine, role, readiness: readiness.of(story).verdict, figures });
  const refined = wanted.choice === 'refine';
  const reviewed = review === 'always' || (review === 'auto' && reviewPays(figures, refined));
  const paid: SplitFigures = {
    ...figures,
    refineUsd: refined ? figures.refineUsd : 0,
    reviewUsd: reviewed ? figures.reviewUsd : 0,
  };
  const once = paid.refineUsd + paid.delegateUsd;
  const { delegateAttempts, orchestratorAttempts } = limits;
  // A diagnosis reads about what a review reads.
  const climb =
    delegateAttempts * (paid.delegateUsd + figures.reviewUsd) + orchestratorAttempts.takeOver * soloUsd(paid);
  return { low: once, expected: splitUsd(paid), high: paid.refineUsd + climb };
}

/** No run costs more than its limit. */
function capped(value: number, { runCostUsd }: Limits): number {
  return runCostUsd === null ? value : Math.min(value, runCostUsd);
}

function basisWords({ orchestrator, delegate }: ObservedTokens): string {
  const { turns, output, results } = assumedAttempt;
  const assumed = `${turns} turns an attempt (a delegate ${turns + extraDelegateTurns}), each writing ${output} tokens and reading ${results}`;
  const seen = [...(orchestrator === null ? [] : ['orchestrator']), ...(delegate === null ? [] : ['delegate'])];
  if (seen.length === 0) return `assumed: ${assumed}; no run here has shown its tokens yet`;
  if (seen.length === 2) return 'tokens that attempts took in earlier runs here, at present prices';
  return `tokens that attempts of the ${seen.join()} took in earlier runs here; else assumed: ${assumed}`;
}
