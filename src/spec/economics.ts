import { costOf } from '../models/cost.ts';
import type { ModelEntry, Usage } from '../models/model.ts';
import type { ObservedTokens } from './observed-tokens.ts';

/** USD per million tokens; `write` is the five-minute cache class. */
export interface Rates {
  readonly in: number;
  readonly out: number;
  readonly cacheRead: number;
  readonly write: number;
}

/** What one attempt looks like, in tokens. */
export interface AttemptShape {
  /** Read from the cache by every turn. */
  readonly prefix: number;
  readonly story: number;
  readonly turns: number;
  /** Written and read per turn. */
  readonly output: number;
  readonly results: number;
}

/** Assumed until tokens were observed: a published eighteen-turn attempt of a small harness. */
export const assumedAttempt: AttemptShape = { prefix: 8_000, story: 2_500, turns: 18, output: 450, results: 1_600 };
/** Turns that a delegate needs more than the orchestrator. */
export const extraDelegateTurns = 4;

/** A one-shot request behind the orchestrator's cached prefix. */
interface OneShot {
  readonly fresh: number;
  readonly output: number;
}
const orchestratorPrefix = 14_000;
export const assumedRefine: OneShot = { fresh: 3_000, output: 1_200 };
export const assumedReview: OneShot = { fresh: 6_000, output: 800 };

/** What a story costs on either way, in USD, and how often each step happens. */
export interface SplitFigures {
  /** One attempt by the orchestrator, by the delegate. */
  readonly orchestratorUsd: number;
  readonly delegateUsd: number;
  readonly refineUsd: number;
  readonly reviewUsd: number;
  readonly soloAttempts: number;
  readonly delegateAttempts: number;
  readonly reviews: number;
  /** Share of delegated stories that the orchestrator takes over. */
  readonly escalation: number;
}

export const assumedCounts = { soloAttempts: 1.1, delegateAttempts: 1.5, reviews: 1.25, escalation: 0.12 } as const;

/** USD of one attempt: everything said is sent again in every turn, so the cost is quadratic in turns. */
export function attemptUsd(rates: Rates, shape: AttemptShape = assumedAttempt): number {
  const { prefix, story, turns, output, results } = shape;
  const perTurn = output + results;
  const later = turns - 1;
  const written = story + later * perTurn;
  const read = turns * prefix + later * story + (perTurn * later * (turns - 2)) / 2;
  return (rates.write * written + rates.cacheRead * read + rates.out * turns * output) / 1e6;
}

/** USD of one refine or review. */
export function oneShotUsd(rates: Rates, { fresh, output }: OneShot, prefix = orchestratorPrefix): number {
  return (rates.cacheRead * prefix + rates.in * fresh + rates.out * output) / 1e6;
}

/** USD of one story by the orchestrator alone. */
export function soloUsd({ soloAttempts, orchestratorUsd }: SplitFigures): number {
  return soloAttempts * orchestratorUsd;
}

/** USD of one story that is refined, delegated, reviewed, and sometimes taken over. */
export function splitUsd(figures: SplitFigures): number {
  const { delegateAttempts, delegateUsd, reviews, reviewUsd, escalation, orchestratorUsd, refineUsd } = figures;
  return refineUsd + delegateAttempts * delegateUsd + reviews * reviewUsd + escalation * orchestratorUsd;
}

/** What delegating saves before refine and review are paid; negative when it loses. */
export function savingUsd(figures: SplitFigures): number {
  const { soloAttempts, escalation, orchestratorUsd, delegateAttempts, delegateUsd } = figures;
  return (soloAttempts - escalation) * orchestratorUsd - delegateAttempts * delegateUsd;
}

/** Is a refine worth what it protects? What costs nothing always is. */
export function refinePays(figures: SplitFigures): boolean {
  return figures.refineUsd === 0 || figures.refineUsd <= savingUsd(figures);
}

/** Is reviewing worth what is left of the saving once the refine is paid? `refined`: it was, or will be. */
export function reviewPays(figures: SplitFigures, refined: boolean): boolean {
  const expected = figures.reviews * figures.reviewUsd;
  return expected === 0 || expected <= savingUsd(figures) - (refined ? figures.refineUsd : 0);
}

/**
 * The figures of a pair of models, from observed tokens where there are any. Null when a price is unknown: nothing can be
 * compared with it. A flat price counts 0.
 */
export function splitFigures(
  models: { readonly orchestrator: ModelEntry; readonly delegate: ModelEntry },
  observed: ObservedTokens,
): SplitFigures | null {
  const [strong, fast] = [ratesOf(models.orchestrator), ratesOf(models.delegate)];
  if (strong === null || fast === null) return null;
  const delegateShape = { ...assumedAttempt, turns: assumedAttempt.turns + extraDelegateTurns };
  const at = (entry: ModelEntry, usage: Usage | null, assumed: number): number =>
    usage === null ? assumed : (costOf(entry, usage) ?? assumed);
  // The same work at both prices: stories of one role are not comparable with those of the other.
  const work = observed.delegate ?? observed.orchestrator;
  return {
    ...assumedCounts,
    orchestratorUsd: at(models.orchestrator, work, attemptUsd(strong)),
    delegateUsd: at(models.delegate, work, attemptUsd(fast, delegateShape)),
    refineUsd: at(models.orchestrator, observed.refine, oneShotUsd(strong, assumedRefine)),
    reviewUsd: at(models.orchestrator, observed.review, oneShotUsd(strong, assumedReview)),
  };
}

/** Rates of a model; zeros when flat, null when unknown. */
export function ratesOf({ price }: ModelEntry): Rates | null {
  if (price === null) return null;
  if (price === 'flat') return { in: 0, out: 0, cacheRead: 0, write: 0 };
  return { in: price.in, out: price.out, cacheRead: price.cacheRead, write: price.write5m };
}
